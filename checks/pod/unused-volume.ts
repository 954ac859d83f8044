import { listAt, textAt } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { containersOf } from '../pods';
import { specField } from '../security/standard/control';

export const unusedVolume: Check = {
  id: 'unused-volume',
  title: 'Every volume of a pod is mounted by one of its containers.',
  severity: 'warning',
  why: 'The pod waits for a volume, ConfigMap or Secret that nobody reads; most often a mount was forgotten or its name mistyped.',
  mend: 'Mount the volume, or remove it.',
  *run(objects) {
    for (const template of podIndex(objects).templates) {
      const used = new Set(
        containersOf(template).flatMap(({ container }) =>
          [...listAt(container, 'volumeMounts'), ...listAt(container, 'volumeDevices')].map((mount) => textAt(mount, 'name')),
        ),
      );
      for (const [i, volume] of listAt(template.spec, 'volumes').entries()) {
        const name = textAt(volume, 'name');
        if (name === undefined || used.has(name)) continue;
        const message = `no container mounts the volume ${name}; expected one that does`;
        yield { subject: template.subject, field: `${specField(template)}.volumes[${i}]`, message };
      }
    }
  },
};
