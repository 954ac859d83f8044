import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readKinds } from '../../scripts/import/crd';
import { format } from '../../scripts/import/format';
import { kindsIn } from '../../scripts/import/index-file';
import { planGroups } from '../../scripts/import/plan';
import { renderGroup } from '../../scripts/import/render';
import { compareWithSchemas } from './agreement';

const fixtures = join(__dirname, 'fixtures');
const imports = join(__dirname, '..', '..', 'imports');
/** Collected definitions of the components; not part of this repository. */
const shared = join(__dirname, '..', '..', '..', 'shared', 'crds');

function readFiles(paths: readonly string[]) {
  return paths.flatMap((path) => readKinds({ name: path, text: readFileSync(path, 'utf8') }));
}

function sharedFiles(line: string): readonly string[] {
  return readdirSync(join(shared, line)).map((file) => join(shared, line, file));
}

/** Texts of the files by group, for all kinds. */
async function generate(paths: readonly string[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const [group, kinds] of planGroups(readFiles(paths), { sources: paths, kinds: [] }, [])) {
    texts.set(group, await renderGroup(kinds, './custom-resource'));
  }
  return texts;
}

describe('generated types agree with the schemas', () => {
  for (const name of readdirSync(fixtures)) {
    it(`fixture ${name}`, async () => {
      const paths = [join(fixtures, name, 'crd.yaml')];
      const { compared, differences } = compareWithSchemas(await generate(paths), readFiles(paths));
      expect(differences).toEqual([]);
      expect(compared).toBeGreaterThan(2);
    });
  }

  it('and a difference is found', async () => {
    const path = join(fixtures, 'field-types', 'crd.yaml');
    const kinds = readFiles([path]);
    const text = (await generate([path])).get('example.com') ?? '';
    const differencesAfter = (from: string, to: string): readonly string[] => {
      expect(text).toContain(from);
      return compareWithSchemas(new Map([['example.com', text.replace(from, to)]]), kinds).differences;
    };
    expect(differencesAfter('readonly count?: number', 'readonly count?: string')).toEqual([
      'Widget.count: is string, the schema says number',
    ]);
    expect(differencesAfter('readonly count?: number', 'readonly count: number')).toEqual(['Widget.count: is required']);
    expect(differencesAfter('readonly count?: number', 'count?: number')).toEqual(['Widget.count: is not readonly']);
    expect(differencesAfter('readonly count?: number;', '')).toEqual(['Widget.count: is missing']);
    expect(differencesAfter('readonly count?', 'readonly extra?: string; readonly count?')).toEqual(['Widget.extra: is not in the schema']);
    expect(differencesAfter('readonly string[]', 'string[]')).toEqual(['Widget.tags: is writable list, the schema says list']);
    expect(differencesAfter('Record<string, never>', '{}')).toEqual(['Widget.empty: is object, the schema says empty']);
    expect(differencesAfter('"Fast" | ', '')).toEqual(['Widget.mode: is "" | "Safe", the schema says "" | "Fast" | "Safe"']);
    expect(differencesAfter('readonly nullableText?: (string | null)', 'readonly nullableText?: string')).toEqual([
      'Widget.nullableText: is string, the schema says null | string',
    ]);
  });
});

// Skipped, and reported as skipped, where the collected definitions are not beside the repository.
describe.skipIf(!existsSync(shared))('with the collected definitions', () => {
  it('types of every kind agree with the schemas', async () => {
    const paths = sharedFiles('1.34');
    const { compared, differences } = compareWithSchemas(await generate(paths), readFiles(paths));
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(40_000);
  }, 120_000);

  it('imports/ is what the generator writes', async () => {
    const sources = ['1.28', '1.34']
      .flatMap(sharedFiles)
      .map((path) => ({ path, upstream: /^# upstream: ([^;]+);/.exec(readFileSync(path, 'utf8'))?.[1] }));
    let checked = 0;
    for (const file of readdirSync(imports)) {
      const text = readFileSync(join(imports, file), 'utf8');
      const used = sources.filter(({ upstream }) => upstream !== undefined && text.includes(` from ${upstream}\n`));
      // Both lines may hold one release: the first will do. A file that was imported from elsewhere cannot be checked here.
      const paths = used
        .filter(({ upstream }, index) => used.findIndex((other) => other.upstream === upstream) === index)
        .map(({ path }) => path);
      if (paths.length === 0) continue;
      const kinds = readFiles(paths).filter((each) => `${each.group}.ts` === file && kindsIn(text).includes(each.kind));
      expect(format(await renderGroup(kinds, './custom-resource'), `imports/${file}`)).toBe(text);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(0);
  });
});
