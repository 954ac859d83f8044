import { shown } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { containersOf } from '../pods';

/** Mount paths are places of their own. */
export const mountPaths: Check = {
  id: 'mount-paths',
  title: 'Mount paths are absolute and no two mounts of a container have the same one.',
  severity: 'error',
  why: 'The API server refuses the pod, or one volume hides the other.',
  mend: 'Give every mount an absolute path of its own, without a colon.',
  *run(objects) {
    for (const template of podIndex(objects).templates) {
      const { subject } = template;
      for (const { container, field } of containersOf(template)) {
        const taken = new Map<string, string>();
        for (const [i, mount] of (container.volumeMounts ?? []).entries()) {
          const place = `${field}.volumeMounts[${i}]`;
          const path = mount.mountPath;
          if (typeof path !== 'string' || !path.startsWith('/') || path.includes(':') || path.split('/').includes('..')) {
            const message = `mountPath is ${shown(path)}, expected an absolute path without : and ..`;
            yield { subject, field: `${place}.mountPath`, message };
            continue;
          }
          const normal = path.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
          const other = taken.get(normal);
          if (other !== undefined)
            yield { subject, field: `${place}.mountPath`, message: `volumes ${other} and ${mount.name} are both mounted at ${normal}` };
          taken.set(normal, mount.name ?? '');
          if (mount.subPath?.startsWith('/') || mount.subPath?.split('/').includes('..')) {
            const mend = 'Use a path inside the volume.';
            yield {
              subject,
              field: `${place}.subPath`,
              message: `subPath is ${shown(mount.subPath)}, expected a relative path without ..`,
              mend,
            };
          }
        }
      }
    }
  },
};
