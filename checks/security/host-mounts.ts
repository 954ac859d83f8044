import { at, listAt, textAt } from '../at';
import { containersOf, type PodContainer, type PodTemplate } from '../pods';

/** A folder or file of the node that a container sees. */
export interface HostMount {
  readonly container: PodContainer;
  /** Path of the volumeMount inside the object. */
  readonly field: string;
  /** Path on the node, without a slash at its end; `/` for the root. */
  readonly hostPath: string;
  readonly readOnly: boolean;
}

export function hostMounts(template: PodTemplate): readonly HostMount[] {
  const paths = new Map<string | undefined, string>();
  for (const volume of listAt(template.spec, 'volumes')) {
    const path = textAt(volume, 'hostPath', 'path');
    if (path !== undefined) paths.set(textAt(volume, 'name'), path.replace(/\/+/g, '/').replace(/(?<=.)\/$/, ''));
  }
  return containersOf(template).flatMap((container) =>
    listAt(container.container, 'volumeMounts').flatMap((mount, i) => {
      const hostPath = paths.get(textAt(mount, 'name'));
      if (hostPath === undefined) return [];
      return [{ container, field: `${container.field}.volumeMounts[${i}]`, hostPath, readOnly: at(mount, 'readOnly') === true }];
    }),
  );
}
