import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readKinds } from '../../scripts/import/crd';
import { format } from '../../scripts/import/format';
import { renderGroup } from '../../scripts/import/render';

const fixtures = join(__dirname, 'fixtures');

/** A case is a folder: `crd.yaml` gives `expected.ts`, which `tsc` compiles with the project. `npx vitest run -u` writes it anew. */
async function generate(name: string): Promise<string> {
  const kinds = readKinds({ name: `fixtures/${name}/crd.yaml`, text: readFileSync(join(fixtures, name, 'crd.yaml'), 'utf8') });
  return renderGroup(kinds, '../../../../imports/custom-resource');
}

describe('npm run import', () => {
  for (const name of readdirSync(fixtures)) {
    it(`generates ${name}`, async () => {
      const text = format(await generate(name), `test/imports/fixtures/${name}/expected.ts`);
      await expect(text).toMatchFileSnapshot(join(fixtures, name, 'expected.ts'));
    });
  }

  it('gives the same text when the definitions come in another order', async () => {
    const text = readFileSync(join(fixtures, 'shared-types', 'crd.yaml'), 'utf8');
    const kinds = readKinds({ name: 'crd.yaml', text });
    expect(kinds.length).toBeGreaterThan(1);
    expect(await renderGroup([...kinds].reverse(), './x')).toBe(await renderGroup(kinds, './x'));
  });
});
