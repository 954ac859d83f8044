import { ApiObject } from 'cdk8s';
import type { Json, JsonObject, KubeObject } from './object';

/**
 * Two ways of writing a value that cdk8s accepts and renders wrongly, each reported with construct path and field:
 *
 * - `Quantity` or `IntOrString` in an object that is not of an L1 class: renders `{value: …}`;
 * - a bare number or string where an L1 class wants a `Quantity` or `IntOrString`, or a field that the class does not know: vanishes.
 *
 * Fields that a JSON patch or a lazy value produced are not looked at.
 */
export function misuseOf(apiObject: ApiObject, rendered: KubeObject): readonly string[] {
  // Both are private in cdk8s, but only there can be seen what was written.
  const { props, patches } = apiObject as unknown as { readonly props: object; readonly patches: readonly unknown[] };
  if (agrees(props, rendered)) return [];
  const problems: string[] = [];
  const typed = apiObject.toJson !== ApiObject.prototype.toJson;
  const where = apiObject.node.path;

  const compare = (written: unknown, found: Json | undefined, field: string): void => {
    if (written === undefined || written === null) return;
    if (typeof written !== 'object') {
      if (found !== undefined || patches.length > 0) return;
      problems.push(
        `${where}: ${field} is ${JSON.stringify(written)} in the code and missing from what ${apiObject.constructor.name} renders. ` +
          'Expected a field that this class knows, in its own type: write k8s.Quantity.fromString(…) or k8s.IntOrString.fromNumber(…) where it asks for one.',
      );
    } else if (Array.isArray(written)) {
      written.forEach((item, index) => {
        compare(item, Array.isArray(found) ? (found as readonly Json[])[index] : undefined, `${field}[${index}]`);
      });
    } else if (isPlain(written)) {
      const members = memberFinder(isObject(found) ? found : {});
      for (const [key, value] of Object.entries(written)) compare(value, members(key), field === '' ? key : `${field}.${key}`);
    } else if (!typed && 'value' in written && isObject(found) && found.value !== undefined) {
      problems.push(
        `${where}: ${field} renders as ${JSON.stringify(found)}, because a ${written.constructor.name} is only understood by the L1 classes (k8s.Kube…). ` +
          `Expected a bare value: write ${JSON.stringify(found.value)}.`,
      );
    }
  };
  compare(props, rendered, '');
  return problems;
}

/** A quick look that is right for nearly every object: each thing written is rendered under its own name, and typed values as bare ones. */
function agrees(written: unknown, found: Json | undefined): boolean {
  if (written === undefined || written === null) return true;
  if (typeof written !== 'object') return found !== undefined;
  if (Array.isArray(written))
    return Array.isArray(found) && written.every((item, index) => agrees(item, (found as readonly Json[])[index]));
  if (!isPlain(written)) return !isObject(found);
  const members = isObject(found) ? found : undefined;
  for (const key of Object.keys(written)) if (!agrees((written as Record<string, unknown>)[key], members?.[key])) return false;
  return true;
}

/** Finds a member under the name that the L1 classes give it: they drop signs and change case (`$ref` is `ref`, `clusterIP` may be `clusterIp`). */
function memberFinder(found: JsonObject): (key: string) => Json | undefined {
  let renamed: Map<string, Json | undefined> | undefined;
  return (key) => {
    if (found[key] !== undefined) return found[key];
    renamed ??= new Map(Object.entries(found).map(([name, value]) => [bare(name), value]));
    return renamed.get(bare(key));
  };
}

function bare(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
