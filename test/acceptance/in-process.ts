import type { ClusterDefinition } from '../../fleet/definition';
import { synth } from '../../fleet/synth';
import type { Outcome } from './project';

/** The program in this process, on a copy of its data. Only clusters and data can differ from the real run. */
export function synthIn(root: string, clusters: readonly ClusterDefinition[]): Outcome {
  const said: string[] = [];
  const code = synth({ root, cwd: root, clusters, print: (text) => said.push(text) });
  return { code, text: said.join('\n') };
}
