import { at, shown } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { containersOf } from '../pods';
import { isFloatingTag, parseImage } from './image-name';

export const imagePullPolicy: Check = {
  id: 'image-pull-policy',
  title:
    'The pull policy fits the image: a moving tag is pulled always, a digest never needs to be, and nothing relies on the cache of a node.',
  severity: 'warning',
  why: 'With the wrong policy pods run an old image, or cannot start while the registry is away.',
  mend: 'Remove imagePullPolicy: the default is Always for latest and IfNotPresent for everything else.',
  *run(objects) {
    for (const { template, container, field } of podIndex(objects).templates.flatMap(containersOf)) {
      const policy = at(container, 'imagePullPolicy');
      const image = parseImage(String(container.image ?? ''));
      if (policy === undefined || image === undefined) continue;
      const report = { subject: template.subject, field: `${field}.imagePullPolicy` };
      const floating = image.digest === undefined && (image.tag === undefined || isFloatingTag(image.tag));
      if (policy !== 'Always' && policy !== 'IfNotPresent' && policy !== 'Never') {
        yield { ...report, severity: 'error', message: `the policy is ${shown(policy)}; expected Always, IfNotPresent or Never` };
      } else if (policy === 'Never') {
        yield {
          ...report,
          severity: 'error',
          message: 'the policy is Never, so the pod starts only where the image happens to be; expected IfNotPresent',
        };
      } else if (policy === 'Always' && image.digest !== undefined) {
        yield { ...report, message: 'the policy is Always, but the digest names one image for ever; expected IfNotPresent' };
      } else if (policy === 'IfNotPresent' && floating) {
        yield { ...report, message: `the policy is IfNotPresent, but the tag ${image.tag ?? 'latest'} moves; expected Always` };
      }
    }
  },
};
