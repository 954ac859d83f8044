import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { containersOf } from '../pods';
import { isFloatingTag, parseImage } from './image-name';

/** The environment is not required: where it is not known, what holds for production does. */
export const imageTag: Check = {
  id: 'image-tag',
  title: 'Outside dev, an image has a tag that never moves, or a digest.',
  severity: 'error',
  why: 'Pods of one workload would run different programs depending on when their node pulled the image, and a rollback brings nothing back.',
  mend: "Name the release's tag or digest in releases.yaml.",
  *run(objects, facts) {
    if (facts.environment === 'dev') return;
    for (const { template, container, field } of podIndex(objects).templates.flatMap(containersOf)) {
      const image = parseImage(String(container.image ?? ''));
      if (image === undefined || image.digest !== undefined) continue;
      const report = { subject: template.subject, field: `${field}.image` };
      if (image.tag === undefined) {
        yield { ...report, message: `${container.image} has no tag, which means latest; expected the tag of a release` };
      } else if (isFloatingTag(image.tag)) {
        yield { ...report, message: `the tag ${image.tag} of ${container.image} moves; expected the tag of a release` };
      } else if (/^v?\d{1,2}$/.test(image.tag)) {
        yield {
          ...report,
          message: `the tag ${image.tag} of ${container.image} is a major version, which moves; expected the full version`,
          severity: 'warning',
        };
      }
    }
  },
};
