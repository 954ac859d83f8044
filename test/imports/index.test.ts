import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { customKinds } from '../../imports';
import { format } from '../../scripts/import/format';
import { type ImportFile, renderIndex } from '../../scripts/import/index-file';

const folder = join(__dirname, '..', '..', 'imports');
const files: readonly ImportFile[] = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ name: file.slice(0, -'.ts'.length), text: readFileSync(join(folder, file), 'utf8') }));

/** Whether an exported value is a kind, judged by the value and not by the text that the generator reads. */
function isKind(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'apiVersion' in value && 'kind' in value && 'scope' in value;
}

describe('customKinds', () => {
  it('has every kind that a file of imports/ exports', async () => {
    const exported = new Set<unknown>();
    for (const { name } of files.filter((file) => file.name !== 'index')) {
      const values: Record<string, unknown> = await import(join(folder, `${name}.ts`));
      for (const value of Object.values(values).filter(isKind)) exported.add(value);
    }
    expect(exported.size).toBeGreaterThan(0);
    expect(new Set(customKinds)).toEqual(exported);
  });
  it('has each kind of a group once', () => {
    const ids = customKinds.map(({ apiVersion, kind }) => `${apiVersion.split('/')[0]} ${kind}`);
    expect(ids).toEqual([...new Set(ids)]);
  });
});

describe('imports/index.ts', () => {
  it('is what the generator writes', () => {
    expect(files.find((file) => file.name === 'index')?.text).toBe(format(renderIndex(files), 'imports/index.ts'));
  });
  it('lists kinds that two groups name alike, but exports neither', () => {
    const file = (name: string, ...kinds: string[]): ImportFile => ({
      name,
      text: kinds.map((kind) => `export const ${kind}: CustomKind<${kind}Spec> = {};\nexport interface ${kind}Spec {}`).join('\n'),
    });
    const text = renderIndex([file('gateway.io', 'Gateway', 'HTTPRoute'), file('policy.io', 'HTTPRoute'), file('other.io', 'Other')]);
    expect(text).toContain('// HTTPRoute is a kind of several groups: import it from its file.');
    expect(text).toContain('gatewayIo.HTTPRoute,');
    expect(text).toContain('policyIo.HTTPRoute,');
    expect(text).toContain("export { Gateway, type GatewaySpec } from './gateway.io';");
    expect(text).toContain("export * from './other.io';");
    expect(text).not.toMatch(/export .*policy\.io/);
  });
});
