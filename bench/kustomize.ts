import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { s } from './table';
import { timed } from './timed';

/**
 * A row of the table: `kubectl kustomize` over the same files, a kustomization per service and one above them, a file per object out.
 * @param input folder of one rendered cluster; gets the kustomization files
 * @returns undefined where there is no kubectl
 */
export async function kustomize(input: string, folder: string, timeout: number): Promise<readonly string[] | undefined> {
  const probe = await timed(['kubectl', 'kustomize', '--help'], { cwd: folder, timeout: 60 });
  if (probe?.code !== 0) return undefined;
  const services = readdirSync(input);
  for (const service of services) writeKustomization(join(input, service), readdirSync(join(input, service)));
  writeKustomization(input, services);
  const output = join(folder, 'kustomize');
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output);
  const title = 'kubectl kustomize, all in one process';
  const result = await timed(['kubectl', 'kustomize', input, '--output', output], { cwd: folder, timeout });
  if (result === undefined) return [title, '', '', '', '', '', '', `> ${timeout}`];
  if (result.code !== 0) throw new Error(`kubectl kustomize failed:\n${result.errors}`);
  const { user, system, wall } = result;
  // It writes as it goes: only the whole is known, and the start of the process is in it.
  return [title, '', '', '', '', '', s(user + system), s(wall), '', String(readdirSync(output).length)];
}

function writeKustomization(folder: string, resources: readonly string[]): void {
  const lines = resources.filter((name) => name !== 'kustomization.yaml').map((name) => `  - ${name}\n`);
  writeFileSync(join(folder, 'kustomization.yaml'), `resources:\n${lines.join('')}`);
}
