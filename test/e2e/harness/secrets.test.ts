import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../synth/object';
import { standInFor } from './secrets';

const made = (spec: object) => {
  const object = { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'x', namespace: 'n' }, spec };
  return standInFor(object as unknown as KubeObject);
};
const data = [{ secretKey: 'user' }, { secretKey: 'password' }];

describe('the Secret of an ExternalSecret', () => {
  test('has the name of the target, or else its own', () => {
    expect(made({ data, target: { name: 'y' } }).metadata).toEqual({ name: 'y', namespace: 'n' });
    expect(made({ data }).metadata.name).toBe('x');
  });

  test('has the keys of data; those of a template take their place, unless it merges', () => {
    const keys = (template?: object) => Object.keys(made({ data, target: { template } }).stringData);
    expect(keys()).toEqual(['user', 'password']);
    expect(keys({ engineVersion: 'v2' })).toEqual(['user', 'password']);
    expect(keys({ data: { file: '{{ .user }}' } })).toEqual(['file']);
    expect(keys({ data: { file: '{{ .user }}' }, mergePolicy: 'Merge' })).toEqual(['user', 'password', 'file']);
  });

  test('is not guessed where only the store knows its keys', () => {
    expect(() => made({ dataFrom: [{ extract: { key: 'all' } }] })).toThrow('ExternalSecret n/x has dataFrom');
  });
});
