import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { containersOf } from '../pods';
import { parseImage } from './image-name';

export const imageRegistry: Check = {
  id: 'image-registry',
  title: 'Every image names its registry.',
  severity: 'warning',
  why: 'Without one the runtime of the node chooses: Docker Hub, with its pull limits and anyone who takes the same name there.',
  mend: 'Write the registry before the repository, as docker.io/library/nginx or the ECR registry of the contract.',
  *run(objects) {
    for (const { template, container, field } of podIndex(objects).templates.flatMap(containersOf)) {
      const image = parseImage(String(container.image ?? ''));
      if (image === undefined || image.registry !== undefined) continue;
      yield {
        subject: template.subject,
        field: `${field}.image`,
        message: `${container.image} names no registry; expected registry/repository`,
      };
    }
  },
};
