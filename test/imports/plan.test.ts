import { describe, expect, it } from 'vitest';
import type { ImportedKind } from '../../scripts/import/crd';
import type { ImportFile } from '../../scripts/import/index-file';
import { parseArguments, planGroups } from '../../scripts/import/plan';

const kind = (name: string, group = 'example.com'): ImportedKind => ({
  group,
  version: 'v1',
  kind: name,
  scope: 'Namespaced',
  schema: {},
  upstream: 'crd.yaml',
});

const file = (name: string, ...kinds: string[]): ImportFile => ({
  name,
  text: kinds.map((each) => `export const ${each}: CustomKind<${each}Spec> = {};`).join('\n'),
});

/** Names of the planned kinds by group. */
function plan(found: readonly ImportedKind[], kinds: readonly string[], files: readonly ImportFile[] = []): Record<string, string[]> {
  const groups = planGroups(found, { sources: ['crd.yaml'], kinds }, files);
  return Object.fromEntries([...groups].map(([group, planned]) => [group, planned.map((each) => each.kind)]));
}

describe('parseArguments', () => {
  it('tells paths and addresses from kinds', () => {
    expect(parseArguments(['crds/a.yaml', 'PodMonitor', 'https://example.com/b', './Kind', 'Probe'])).toEqual({
      sources: ['crds/a.yaml', 'https://example.com/b', './Kind'],
      kinds: ['PodMonitor', 'Probe'],
    });
  });
  it('refuses a word that is neither', () => {
    expect(() => parseArguments(['a.yaml', 'podmonitor'])).toThrow(/^podmonitor: is neither a kind .*usage: npm run import/);
  });
  it('refuses a command without a source', () => {
    expect(() => parseArguments(['PodMonitor'])).toThrow(/no file or URL .*usage: npm run import/);
    expect(() => parseArguments([])).toThrow(/usage: npm run import/);
  });
});

describe('planGroups', () => {
  it('takes all kinds when none is named, one file per group', () => {
    expect(plan([kind('A'), kind('B', 'other.io'), kind('C')], [])).toEqual({ 'example.com': ['A', 'C'], 'other.io': ['B'] });
  });
  it('takes only the named kinds', () => {
    expect(plan([kind('A'), kind('B', 'other.io'), kind('C')], ['C'])).toEqual({ 'example.com': ['C'] });
  });
  it('keeps the kinds that the file has already', () => {
    expect(plan([kind('A'), kind('B'), kind('C')], ['C'], [file('example.com', 'A')])).toEqual({ 'example.com': ['A', 'C'] });
  });
  it('takes a kind of two groups from both', () => {
    expect(plan([kind('A'), kind('A', 'other.io')], ['A'])).toEqual({ 'example.com': ['A'], 'other.io': ['A'] });
  });
  it('refuses a kind that no source defines, and lists those defined', () => {
    expect(() => plan([kind('B'), kind('A')], ['Aa'])).toThrow('crd.yaml: defines no kind Aa; it defines A, B');
  });
  it('refuses to drop a kind that the file has and the sources do not define', () => {
    expect(() => plan([kind('A')], ['A'], [file('example.com', 'Old')])).toThrow(
      /imports\/example\.com\.ts has Old, which crd\.yaml does not define; name/,
    );
  });
  it('does not mind files of other groups', () => {
    expect(plan([kind('A')], ['A'], [file('other.io', 'Old')])).toEqual({ 'example.com': ['A'] });
  });
  it('refuses a kind that is defined twice', () => {
    expect(() => plan([kind('A'), kind('A')], [])).toThrow(/defines A of example\.com twice/);
  });
});
