import { describe, expect, it } from 'vitest';
import { chooseVersion, readKinds } from '../../scripts/import/crd';

const version = (name: string, served: boolean, storage = false) => ({ name, served, storage });

const definition = (versions: string): string => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec: { group: example.com, scope: Namespaced, names: { kind: Widget }, versions: [${versions}] }
`;

describe('chooseVersion', () => {
  it('takes a served stable version before the stored one', () => {
    expect(chooseVersion([version('v1beta2', true, true), version('v1', true)])?.name).toBe('v1');
  });
  it('takes the highest stable version, by number', () => {
    expect(chooseVersion([version('v9', true), version('v10', true), version('v2', true, true)])?.name).toBe('v10');
  });
  it('takes the stored version where none is stable', () => {
    expect(chooseVersion([version('v1alpha1', true), version('v1beta1', true, true), version('v1beta2', true)])?.name).toBe('v1beta1');
  });
  it('takes none that is not served', () => {
    expect(chooseVersion([version('v1', false, true), version('v1beta1', true)])?.name).toBe('v1beta1');
    expect(chooseVersion([version('v1', false, true)])).toBeUndefined();
  });
});

describe('readKinds', () => {
  const read = (text: string) => readKinds({ name: 'some/crd.yaml', text });

  it('reads group, version, kind, scope and the upstream line', () => {
    const text = `# upstream: example/widgets v1.2.3 config/crd; notes\n${definition('{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }')}`;
    expect(read(text)).toEqual([
      {
        group: 'example.com',
        version: 'v1',
        kind: 'Widget',
        scope: 'Namespaced',
        schema: { type: 'object' },
        upstream: 'example/widgets v1.2.3 config/crd',
      },
    ]);
  });
  it('says the file name, never the folder, where there is no upstream line', () => {
    const text = definition('{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: {} } }');
    expect(readKinds({ name: '/home/someone/crd.yaml', text })[0]?.upstream).toBe('crd.yaml');
    expect(readKinds({ name: 'https://example.com/v1/crd.yaml', text })[0]?.upstream).toBe('https://example.com/v1/crd.yaml');
  });
  it('refuses a text without definitions, with its name and the mend', () => {
    expect(() => read('apiVersion: v1\nkind: Namespace\n')).toThrow(
      /^some\/crd\.yaml: holds no CustomResourceDefinition; give the YAML file/,
    );
    expect(() => read('')).toThrow(/holds no CustomResourceDefinition/);
  });
  it('refuses a text that is not YAML', () => {
    expect(() => read('<!DOCTYPE html>\n<a href="x: y">: {')).toThrow(/^some\/crd\.yaml: (is not YAML|holds no)/);
    expect(() => read('a: {')).toThrow(/^some\/crd\.yaml: is not YAML \(/);
  });
  it('refuses a definition that it cannot read, with the field', () => {
    expect(() =>
      read('apiVersion: apiextensions.k8s.io/v1beta1\nkind: CustomResourceDefinition\nmetadata: { name: old.example.com }'),
    ).toThrow(/^some\/crd\.yaml: CustomResourceDefinition old\.example\.com: apiVersion: .*spec: /);
  });
  it('refuses a definition without a served version or without a schema', () => {
    expect(() => read(definition('{ name: v1, served: false, storage: true }'))).toThrow(
      /widgets\.example\.com: no served version with a schema among v1;/,
    );
    expect(() => read(definition('{ name: v1, served: true, storage: true }'))).toThrow(/no served version with a schema/);
  });
});
