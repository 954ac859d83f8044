import type { SourcedObject } from '../../synth/object';
import { listAt, shown, textAt } from '../at';
import type { Check, Report } from '../check';
import { podIndex } from '../pod-index';
import { containersOf } from '../pods';
import { specField } from '../security/standard/control';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Volumes and the mounts that name them; where a mount leads is another check's. */
export const podVolumes: Check = {
  id: 'pod-volumes',
  title: 'Every mount names a volume of its pod, and every volume has a name of its own and one source.',
  severity: 'error',
  why: 'The API server refuses the pods.',
  mend: 'Declare the volume under the name that the mount uses, once, with one source.',
  *run(objects) {
    for (const template of podIndex(objects).templates) {
      const { subject } = template;
      const volumes = listAt(template.spec, 'volumes');
      yield* inVolumes(subject, volumes, `${specField(template)}.volumes`);
      const claims = listAt(subject.object, 'spec', 'volumeClaimTemplates').map((claim) => textAt(claim, 'metadata', 'name'));
      const names = [...volumes.map((volume) => textAt(volume, 'name')), ...claims];
      for (const { container, field } of containersOf(template)) {
        for (const list of ['volumeMounts', 'volumeDevices']) {
          for (const [i, mount] of listAt(container, list).entries()) {
            const name = textAt(mount, 'name');
            if (name !== undefined && names.includes(name)) continue;
            const message = `container ${container.name} mounts the volume ${shown(name)}; expected one of ${names.join(', ') || 'none, since the pod has no volumes'}`;
            yield { subject, field: `${field}.${list}[${i}].name`, message };
          }
        }
      }
    }
  },
};

function* inVolumes(subject: SourcedObject, volumes: readonly unknown[], path: string): Iterable<Report> {
  const seen = new Set<string>();
  for (const [i, volume] of volumes.entries()) {
    const name = textAt(volume, 'name') ?? '';
    const report = { subject, field: `${path}[${i}].name` };
    if (!DNS_LABEL.test(name)) yield { ...report, message: `the name of a volume is ${shown(name)}; expected a DNS label` };
    else if (seen.has(name)) yield { ...report, message: `another volume of the pod is named ${name}; expected a name of its own` };
    seen.add(name);
    const sources = Object.entries(volume ?? {}).flatMap(([key, source]) =>
      key === 'name' || source === undefined || source === null ? [] : [key],
    );
    if (sources.length > 1)
      yield { subject, field: `${path}[${i}]`, message: `the volume ${name} has the sources ${sources.join(', ')}; expected one` };
  }
}
