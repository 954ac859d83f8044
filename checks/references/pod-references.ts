import { listAt, mapAt, textAt } from '../at';
import { containersOf, type PodTemplate } from '../pods';

/** A mention of a ConfigMap or Secret in a pod template. */
export interface PodReference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Keys that the pod needs of it; empty when it takes whatever is there. */
  readonly keys: readonly string[];
  /** The pod starts without it. */
  readonly optional: boolean;
  readonly field: string;
}

/** Every ConfigMap and Secret that a pod template mentions: env, envFrom, volumes, projected volumes, imagePullSecrets. */
export function* podReferences(template: PodTemplate): Iterable<PodReference> {
  for (const { container, field } of containersOf(template)) {
    for (const [i] of listAt(container, 'env').entries()) {
      const from = mapAt(container, 'env', i, 'valueFrom');
      const path = `${field}.env[${i}].valueFrom`;
      yield* reference('ConfigMap', from.configMapKeyRef, 'name', `${path}.configMapKeyRef`, [from.configMapKeyRef]);
      yield* reference('Secret', from.secretKeyRef, 'name', `${path}.secretKeyRef`, [from.secretKeyRef]);
    }
    for (const [i, from] of listAt(container, 'envFrom').entries()) {
      const path = `${field}.envFrom[${i}]`;
      yield* reference('ConfigMap', mapAt(from).configMapRef, 'name', `${path}.configMapRef`);
      yield* reference('Secret', mapAt(from).secretRef, 'name', `${path}.secretRef`);
    }
  }
  const spec = template.field === '' ? 'spec' : `${template.field}.spec`;
  for (const [i, volume] of listAt(template.spec, 'volumes').entries()) {
    const path = `${spec}.volumes[${i}]`;
    const { configMap, secret } = mapAt(volume);
    yield* reference('ConfigMap', configMap, 'name', `${path}.configMap`, listAt(configMap, 'items'));
    yield* reference('Secret', secret, 'secretName', `${path}.secret`, listAt(secret, 'items'));
    for (const [j, source] of listAt(volume, 'projected', 'sources').entries()) {
      const part = mapAt(source);
      const at = `${path}.projected.sources[${j}]`;
      yield* reference('ConfigMap', part.configMap, 'name', `${at}.configMap`, listAt(part.configMap, 'items'));
      yield* reference('Secret', part.secret, 'name', `${at}.secret`, listAt(part.secret, 'items'));
    }
  }
  for (const [i, secret] of listAt(template.spec, 'imagePullSecrets').entries()) {
    yield* reference('Secret', secret, 'name', `${spec}.imagePullSecrets[${i}]`);
  }
}

function* reference(
  kind: PodReference['kind'],
  value: unknown,
  nameField: 'name' | 'secretName',
  field: string,
  items: readonly unknown[] = [],
): Iterable<PodReference> {
  const name = textAt(value, nameField);
  if (name === undefined) return;
  const keys = items.flatMap((item) => textAt(item, 'key') ?? []);
  yield { kind, name, keys, optional: mapAt(value).optional === true, field: `${field}.${nameField}` };
}
