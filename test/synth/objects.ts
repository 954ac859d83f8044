import type { Json, KubeObject, SourcedObject } from '../../synth/object';

/** An object for tests: `object('apps/v1', 'Deployment', 'shop/cart')`; without a slash it has no namespace. */
export function object(apiVersion: string, kind: string, name: string, rest: { readonly [member: string]: Json } = {}): KubeObject {
  const slash = name.indexOf('/');
  const metadata = slash === -1 ? { name } : { name: name.slice(slash + 1), namespace: name.slice(0, slash) };
  return { apiVersion, kind, metadata, ...rest };
}

/** The object as it comes from a chart. */
export function sourced(object: KubeObject, source = `chart/${object.metadata.name}`, application = 'cart'): SourcedObject {
  return { object, source, application };
}

/** The message of what a function throws, or a marker that it did not. */
export function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing was thrown';
}
