import type { SourcedObject } from '../synth/object';
import { namespaceOf } from './lookup';
import type { PodTemplate } from './pods';

const INJECT = 'linkerd.io/inject';

/** Tells which pods get Linkerd's proxy: the template's annotation decides, else its Namespace's; pods on the host's network never do. */
export function meshOf(objects: readonly SourcedObject[]): (template: PodTemplate) => boolean {
  const namespaces = new Map<string, string>();
  for (const { object } of objects) {
    const value = object.kind === 'Namespace' ? object.metadata.annotations?.[INJECT] : undefined;
    if (value !== undefined) namespaces.set(object.metadata.name, value);
  }
  return (template) => {
    if (template.spec.hostNetwork === true) return false;
    const inject = template.annotations[INJECT] ?? namespaces.get(namespaceOf(template.subject.object));
    return inject === 'enabled' || inject === 'ingress';
  };
}
