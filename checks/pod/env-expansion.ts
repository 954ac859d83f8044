import { listAt, textAt, textsAt } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { type Container, containersOf } from '../pods';

/** Variables that come with `envFrom` are not known, so such containers are left out; those of Services are known by their form. */
export const envExpansion: Check = {
  id: 'env-expansion',
  title: 'Each $(NAME) in variables and arguments refers to a variable that is set before it.',
  severity: 'warning',
  why: 'The kubelet leaves an unknown $(NAME) as it stands, and the program gets those characters as its value.',
  mend: 'Set the variable above the one that uses it, or write $$(NAME) where the characters are meant.',
  *run(objects) {
    for (const { template, container, field } of podIndex(objects).templates.flatMap(containersOf)) {
      if (listAt(container, 'envFrom').length > 0) continue;
      for (const [place, name] of unknownVariables(container)) {
        yield {
          subject: template.subject,
          field: `${field}.${place}`,
          message: `$(${name}) refers to no variable that is set before it; expected one`,
        };
      }
    }
  },
};

/** Places and names of references that nothing resolves. */
function* unknownVariables(container: Container): Iterable<readonly [string, string]> {
  const known = new Set<string>();
  const unknown = (text: string) =>
    references(text).filter((name) => !known.has(name) && !/_(?:SERVICE_(?:HOST|PORT)|PORT)(?:_|$)/.test(name));
  for (const [i, variable] of listAt(container, 'env').entries()) {
    for (const name of unknown(textAt(variable, 'value') ?? '')) yield [`env[${i}].value`, name];
    known.add(textAt(variable, 'name') ?? '');
  }
  for (const list of ['command', 'args'] as const) {
    for (const [i, text] of textsAt(container, list).entries()) {
      // A shell's command substitution looks the same; it resolves itself.
      const shell = /(?:^|\/)(?:ba|da|a|z)?sh$/.test(textsAt(container, 'command')[0] ?? '');
      if (!shell) for (const name of unknown(text)) yield [`${list}[${i}]`, name];
    }
  }
}

/** Names inside `$(…)`; `$$(…)` is an escape. */
function references(text: string): readonly string[] {
  return [...text.matchAll(/(\$+)\(([A-Za-z_][\w.-]*)\)/g)].flatMap(([, dollars = '', name = '']) =>
    dollars.length % 2 === 1 ? [name] : [],
  );
}
