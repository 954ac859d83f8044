import type { SourcedObject } from '../../synth/object';
import { at, listAt, shown, textAt } from '../at';
import type { Check, Report } from '../check';
import { parseQuantity } from '../quantity';

const ACCESS_MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

/** Claims for volumes say how much and how. */
export const claimTemplates: Check = {
  id: 'claim-templates',
  title: 'Claims and claim templates ask for a size and an access mode, and a template is mounted.',
  severity: 'error',
  why: 'The API server refuses the claim, so the pod waits for its volume forever.',
  mend: 'Set resources.requests.storage and accessModes.',
  *run(objects) {
    for (const subject of objects) {
      const { object } = subject;
      if (object.kind === 'PersistentVolumeClaim') yield* claim(subject, 'spec', at(object, 'spec'));
      if (object.kind !== 'StatefulSet') continue;
      const names = new Set<string>();
      const containers = ['containers', 'initContainers'].flatMap((list) => listAt(object, 'spec', 'template', 'spec', list));
      const mounted = new Set(
        containers
          .flatMap((container) => [...listAt(container, 'volumeMounts'), ...listAt(container, 'volumeDevices')])
          .map((mount) => at(mount, 'name')),
      );
      for (const [i, template] of listAt(object, 'spec', 'volumeClaimTemplates').entries()) {
        const field = `spec.volumeClaimTemplates[${i}]`;
        yield* claim(subject, `${field}.spec`, at(template, 'spec'));
        const name = textAt(template, 'metadata', 'name') ?? '';
        if (names.has(name)) {
          yield {
            subject,
            field: `${field}.metadata.name`,
            message: `the name ${name} is already used by another claim template`,
            mend: 'Rename one.',
          };
        } else if (!mounted.has(name)) {
          const why = 'The API server refuses a template without a matching mount, and a volume that nothing mounts only costs.';
          const mend = 'Mount it under that name, or remove the template.';
          yield { subject, field: `${field}.metadata.name`, message: `no container mounts the claim ${shown(name)}`, why, mend };
        }
        names.add(name);
      }
    }
  },
};

function* claim(subject: SourcedObject, field: string, spec: unknown): Iterable<Report> {
  const size = at(spec, 'resources', 'requests', 'storage');
  const bytes = size === undefined ? undefined : parseQuantity(String(size));
  const place = `${field}.resources.requests.storage`;
  if (size === undefined) yield { subject, field: place, message: 'the claim asks for no size' };
  else if (bytes !== undefined && bytes <= 0) yield { subject, field: place, message: `the size is ${shown(size)}, expected more than 0` };
  const modes = listAt(spec, 'accessModes');
  const wrong = modes.find((mode) => !ACCESS_MODES.includes(String(mode)));
  if (modes.length === 0) yield { subject, field: `${field}.accessModes`, message: 'the claim has no access mode' };
  else if (wrong !== undefined) {
    yield { subject, field: `${field}.accessModes`, message: `${shown(wrong)} is no access mode, expected ${ACCESS_MODES.join(', ')}` };
  }
}
