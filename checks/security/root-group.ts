import { at, listAt } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { containerPlaces, podPlace } from './standard/control';

/** Pod Security leaves groups alone; group 0 still owns much of an image and of volumes. */
export const rootGroup: Check = {
  id: 'root-group',
  title: 'No container asks for group id 0.',
  severity: 'warning',
  why: "Group 0 owns files of the image and of other pods' volumes that a program needs no access to.",
  mend: "Remove the group, or choose the one of the image's user.",
  *run(objects) {
    for (const template of podIndex(objects).templates) {
      const { subject } = template;
      for (const { field, context } of [podPlace(template), ...containerPlaces(template)]) {
        for (const name of ['runAsGroup', 'fsGroup']) {
          if (at(context, name) === 0)
            yield { subject, field: `${field}.${name}`, message: `${name} is 0, the group of root; expected another or unset` };
        }
        if (listAt(context, 'supplementalGroups').includes(0)) {
          yield {
            subject,
            field: `${field}.supplementalGroups`,
            message: 'supplementalGroups holds 0, the group of root; expected others or none',
          };
        }
      }
    }
  },
};
