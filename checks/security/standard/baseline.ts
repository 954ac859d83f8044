import { at, listAt, shown, textAt, textsAt } from '../../at';
import { containersOf } from '../../pods';
import { allowedAt, type Control, containerPlaces, podPlace, specField } from './control';

const unsetOrFalse = (value: unknown) => value === false;

/** Windows containers with the rights of the host. */
export const hostProcess: Control = (template) =>
  allowedAt([podPlace(template), ...containerPlaces(template)], ['windowsOptions', 'hostProcess'], unsetOrFalse, 'false or unset');

export const hostNamespaces: Control = function* (template) {
  for (const name of ['hostNetwork', 'hostPID', 'hostIPC']) {
    yield* allowedAt([{ field: specField(template), context: template.spec }], [name], unsetOrFalse, 'false or unset');
  }
};

export const privileged: Control = (template) => allowedAt(containerPlaces(template), ['privileged'], unsetOrFalse, 'false or unset');

/** What container runtimes give to every container anyway. */
const DEFAULT_CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

export const baselineCapabilities: Control = function* (template) {
  for (const { field, context } of containerPlaces(template)) {
    const more = textsAt(context, 'capabilities', 'add').filter((name) => !DEFAULT_CAPABILITIES.includes(name));
    if (more.length > 0) {
      yield { field: `${field}.capabilities.add`, found: shown(more), expected: 'none beyond those that runtimes give by default' };
    }
  }
};

export const hostPath: Control = function* (template) {
  for (const [i, volume] of listAt(template.spec, 'volumes').entries()) {
    const path = at(volume, 'hostPath');
    if (path === undefined) continue;
    yield { field: `${specField(template)}.volumes[${i}].hostPath`, found: shown(textAt(path, 'path')), expected: 'no hostPath volume' };
  }
};

export const hostPorts: Control = function* (template) {
  for (const { field, container } of containersOf(template)) {
    for (const [i, port] of listAt(container, 'ports').entries()) {
      const context = { field: `${field}.ports[${i}]`, context: port };
      yield* allowedAt([context], ['hostPort'], (value) => value === 0, 'unset');
    }
  }
};

const HANDLERS = [['livenessProbe'], ['readinessProbe'], ['startupProbe'], ['lifecycle', 'postStart'], ['lifecycle', 'preStop']];

/** A probe or hook with a host of its own makes the kubelet send requests anywhere. */
export const hostProbes: Control = function* (template) {
  const places = containersOf(template).map(({ field, container }) => ({ field, context: container }));
  for (const handler of HANDLERS) {
    for (const action of ['httpGet', 'tcpSocket']) {
      yield* allowedAt(places, [...handler, action, 'host'], (value) => value === '', 'unset: the kubelet asks the pod itself');
    }
  }
};

const APP_ARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

export const appArmor: Control = function* (template) {
  const expected = 'RuntimeDefault, Localhost or unset';
  const allowed = (value: unknown) => value === 'RuntimeDefault' || value === 'Localhost';
  yield* allowedAt([podPlace(template), ...containerPlaces(template)], ['appArmorProfile', 'type'], allowed, expected);
  for (const [key, value] of Object.entries(template.annotations)) {
    if (!key.startsWith(APP_ARMOR_ANNOTATION) || value === 'runtime/default' || String(value).startsWith('localhost/')) continue;
    const field = [...(template.field === '' ? [] : [template.field]), `metadata.annotations['${key}']`].join('.');
    yield { field, found: shown(value), expected: 'runtime/default or localhost/<profile>' };
  }
};

export const seLinux: Control = function* (template, minor = Number.POSITIVE_INFINITY) {
  const places = [podPlace(template), ...containerPlaces(template)];
  const types = ['', 'container_t', 'container_init_t', 'container_kvm_t', ...(minor >= 31 ? ['container_engine_t'] : [])];
  yield* allowedAt(
    places,
    ['seLinuxOptions', 'type'],
    (value) => types.includes(String(value)),
    `one of ${types.slice(1).join(', ')} or unset`,
  );
  yield* allowedAt(places, ['seLinuxOptions', 'user'], (value) => value === '', 'unset');
  yield* allowedAt(places, ['seLinuxOptions', 'role'], (value) => value === '', 'unset');
};

export const procMount: Control = (template) =>
  allowedAt(containerPlaces(template), ['procMount'], (value) => value === 'Default', 'Default or unset');

export const baselineSeccomp: Control = (template) =>
  allowedAt(
    [podPlace(template), ...containerPlaces(template)],
    ['seccompProfile', 'type'],
    (value) => value === 'RuntimeDefault' || value === 'Localhost',
    'RuntimeDefault or Localhost',
  );

/** Sysctls that a pod has to itself, with the minor since which the kubelet counts them as safe. */
const SAFE_SYSCTLS: ReadonlyMap<string, number> = new Map([
  ['kernel.shm_rmid_forced', 0],
  ['net.ipv4.ip_local_port_range', 0],
  ['net.ipv4.tcp_syncookies', 0],
  ['net.ipv4.ping_group_range', 0],
  ['net.ipv4.ip_unprivileged_port_start', 22],
  ['net.ipv4.ip_local_reserved_ports', 27],
  ['net.ipv4.tcp_keepalive_time', 29],
  ['net.ipv4.tcp_fin_timeout', 29],
  ['net.ipv4.tcp_keepalive_intvl', 29],
  ['net.ipv4.tcp_keepalive_probes', 29],
  ['net.ipv4.tcp_rmem', 32],
  ['net.ipv4.tcp_wmem', 32],
]);

export const sysctls: Control = function* (template, minor = Number.POSITIVE_INFINITY) {
  for (const [i, sysctl] of listAt(template.spec, 'securityContext', 'sysctls').entries()) {
    const name = textAt(sysctl, 'name');
    if (minor >= (SAFE_SYSCTLS.get(name ?? '') ?? Number.POSITIVE_INFINITY)) continue;
    const field = `${specField(template)}.securityContext.sysctls[${i}].name`;
    yield { field, found: shown(name), expected: 'a sysctl that Kubernetes counts as safe' };
  }
};
