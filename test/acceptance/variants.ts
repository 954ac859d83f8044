import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { contents, copyOfProject, edit, leftovers, run } from './project';

/** Two renders of one project that differ in every file. */
export type Variant = 'A' | 'B';

/** Variant B is the program with another `toYaml`, which adds a line below the header of every document. */
const PLAIN = "import { toYaml } from '../synth/yaml';\n";
const MARKED = `import { toYaml as plain } from '../synth/yaml';
const toYaml = (object: Parameters<typeof plain>[0]) => plain(object).replace('\\n', '\\n# variant B\\n');
`;

/** A copy of the project whose renders can be changed in every file at once, and what both renders are. */
export interface Project {
  readonly root: string;
  /** Makes the next run render this variant. */
  readonly become: (variant: Variant) => void;
  /** The variant that a folder holds, to the byte; undefined for no folder. Fails for anything else. */
  readonly variantIn: (folder: string) => Variant | undefined;
}

type Files = Readonly<Record<string, string>>;

/** A copy of the project whose dist is variant A, as committed. */
export function changingProject(at?: string): Project {
  const root = copyOfProject(at === undefined ? {} : { at });
  const a = contents(join(root, 'dist')) ?? {};
  const header = Object.values(a)[0]?.split('\n')[0] ?? '';
  const b: Files = Object.fromEntries(Object.entries(a).map(([path, text]) => [path, text.replaceAll(header, `${header}\n# variant B`)]));
  let current: Variant = 'A';
  return {
    root,
    become(variant) {
      if (variant !== current) edit(root, 'fleet/render.ts', variant === 'B' ? PLAIN : MARKED, variant === 'B' ? MARKED : PLAIN);
      current = variant;
    },
    variantIn(folder) {
      const found = contents(folder);
      if (found === undefined) return undefined;
      const variant = Object.values(found)[0]?.includes('# variant B') ? 'B' : 'A';
      // Counted: a list of 390 files helps nobody.
      const wanted = variant === 'A' ? a : b;
      const wrong = [...new Set([...Object.keys(found), ...Object.keys(wanted)])].filter((path) => found[path] !== wanted[path]);
      expect({ folder, variant, files: wrong.length, first: wrong[0] }).toEqual({ folder, variant, files: 0, first: undefined });
      return variant;
    },
  };
}

/** Runs to the end and expects exactly one variant, nothing left behind, and a word about what was repaired if there was something. */
export async function expectRepair({ root, become, variantIn }: Project, variant: Variant): Promise<void> {
  const unfinished = leftovers(root).filter((name) => !name.startsWith('.dist-lock-'));
  const locks = contents(join(root, 'overlays'));
  become(variant);
  const { code, text } = await run(root);
  expect({ code, text }).toMatchObject({ code: 0 });
  if (unfinished.length > 0) expect(text).toContain('was stopped in the middle');
  expect(variantIn(join(root, 'dist'))).toBe(variant);
  expect(leftovers(root)).toEqual([]);
  expect(contents(join(root, 'overlays'))).toEqual(locks);
}

/** Whether a small disk of our own can be had: root on Linux, where mounting is allowed. */
export function canMount(folder: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    mount(folder, '64k');
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  }
}

/** Mounts an empty disk of a size on a folder. */
export function mount(folder: string, size: string): void {
  mkdirSync(folder, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'pipe' });
}

/** Writes a file of that many bytes. */
export function fill(path: string, bytes: number): void {
  writeFileSync(path, Buffer.alloc(bytes));
  if (statSync(path).size !== bytes) throw new Error(`${path} was not written whole`);
}
