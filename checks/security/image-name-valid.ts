import { at, shown } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { containersOf } from '../pods';
import { parseImage } from './image-name';

export const imageNameValid: Check = {
  id: 'image-name-valid',
  title: 'Every container has an image whose name container runtimes can read.',
  severity: 'error',
  why: 'The API server refuses a container without an image; one that cannot be read stays in InvalidImageName.',
  mend: 'Write it as registry/repository:tag or registry/repository@sha256:…, the repository in lower case.',
  *run(objects) {
    for (const { template, container, field } of podIndex(objects).templates.flatMap(containersOf)) {
      const image = at(container, 'image');
      if (typeof image === 'string' && parseImage(image) !== undefined) continue;
      const message = `the image of container ${container.name} is ${shown(image)}; expected registry/repository:tag`;
      yield { subject: template.subject, field: `${field}.image`, message };
    }
  },
};
