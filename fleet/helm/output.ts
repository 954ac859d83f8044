import { parseText } from '../../checks/parse';
import type { TemplatedObject } from './chart-render';

/**
 * Objects of what `helm template` prints, read as Kubernetes reads YAML.
 * @throws with the template, when something in it is no Kubernetes object
 */
export function objectsOf(output: string): readonly TemplatedObject[] {
  const parts = output.split(/^---\r?\n# Source: (.*)\r?\n/m);
  const objects: TemplatedObject[] = [];
  // Before the first source stands nothing; then source and text take turns.
  for (let i = 1; i + 1 < parts.length; i += 2) {
    const [template = '', text = ''] = [parts[i], parts[i + 1]];
    const parsed = parseText(template, text);
    const [problem] = parsed.problems;
    if (problem !== undefined) throw new Error(`${problem.source}: ${problem.message}.`);
    if (parsed.skipped > 0) throw new Error(`${template}: it renders something that is no Kubernetes object (no apiVersion or kind).`);
    objects.push(...parsed.objects.map(({ object }) => ({ template, object })));
  }
  return objects;
}
