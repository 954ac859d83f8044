import { at, listAt, shown, textsAt } from '../../at';
import { allowedAt, type Control, containerPlaces, onWindows, podPlace, requiredAt, specField } from './control';

/** hostPath has a control of its own in baseline. */
const ALLOWED_VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
  'hostPath',
];

export const volumeTypes: Control = function* (template) {
  for (const [i, volume] of listAt(template.spec, 'volumes').entries()) {
    for (const type of Object.keys(volume ?? {})) {
      if (type === 'name' || ALLOWED_VOLUMES.includes(type)) continue;
      yield {
        field: `${specField(template)}.volumes[${i}].${type}`,
        found: `a volume of type ${type}`,
        expected: 'a volume type without host access',
      };
    }
  }
};

/** Unlike most fields, this one must be said: unset means true. */
export const privilegeEscalation: Control = function* (template) {
  if (onWindows(template)) return;
  for (const { field, context } of containerPlaces(template)) {
    const value = at(context, 'allowPrivilegeEscalation');
    if (value !== false) yield { field: `${field}.allowPrivilegeEscalation`, found: shown(value), expected: 'false' };
  }
};

export const runAsNonRoot: Control = (template) => requiredAt(template, ['runAsNonRoot'], (value) => value === true, 'true');

export const runAsUser: Control = (template) =>
  allowedAt([podPlace(template), ...containerPlaces(template)], ['runAsUser'], (value) => value !== 0, 'a user id other than 0, or unset');

export const restrictedSeccomp: Control = (template) =>
  onWindows(template)
    ? []
    : requiredAt(
        template,
        ['seccompProfile', 'type'],
        (value) => value === 'RuntimeDefault' || value === 'Localhost',
        'RuntimeDefault or Localhost',
      );

export const restrictedCapabilities: Control = function* (template) {
  if (onWindows(template)) return;
  for (const { field, context } of containerPlaces(template)) {
    const drop = textsAt(context, 'capabilities', 'drop');
    if (!drop.includes('ALL')) yield { field: `${field}.capabilities.drop`, found: shown(drop), expected: '["ALL"]' };
    const more = textsAt(context, 'capabilities', 'add').filter((name) => name !== 'NET_BIND_SERVICE');
    if (more.length > 0) yield { field: `${field}.capabilities.add`, found: shown(more), expected: 'NET_BIND_SERVICE at most' };
  }
};
