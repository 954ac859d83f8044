import { type AlertCases, cases } from './cases';

/** The cases of an alert. @throws when it has none */
export function caseOf(name: string, severity: string): AlertCases {
  const found = cases[`${name} ${severity}`] ?? cases[name];
  if (found === undefined)
    throw new Error(`test/alerts/cases.ts: no case for ${name}, ${severity}. Add one that fires and one that does not.`);
  return found;
}
