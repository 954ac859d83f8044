import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/**
 * The text as the project's formatter writes it.
 * @param path path in the project, which decides the formatter's settings
 * @throws when the formatter is not installed or refuses the text.
 */
export function format(text: string, path: string): string {
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const args = [biome, 'check', '--write', `--stdin-file-path=${path}`];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, input: text, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${path}: the formatter failed: ${stderr}`);
  return stdout;
}
