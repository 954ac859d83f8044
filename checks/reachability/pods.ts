import type { SourcedObject } from '../../synth/object';
import { at, mapAt, textAt } from '../at';
import { namespaceOf } from '../lookup';
import { meshOf } from '../mesh';
import { isPort, portsOf } from '../network/ports';
import { podTemplates } from '../pods';
import { type AddressSet, cidrSet, joined } from './address-set';
import type { ForeignPods, PodGroup, PodPort, Protocol } from './model';

/** Pods as an end of connections. */
export interface ReachPods extends Omit<PodGroup, 'addresses'> {
  /** Of the template; empty for pods that are not rendered here. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Addresses of which the pods may have any. @default - not known: no ipBlock is about them */
  readonly addresses?: AddressSet;
}

/** Name and number of the ports that Linkerd's injector gives to a meshed pod. */
const PROXY_PORTS: readonly PodPort[] = [
  { name: 'linkerd-proxy', port: 4143, protocol: 'TCP' },
  { name: 'linkerd-admin', port: 4191, protocol: 'TCP' },
];

/**
 * Pods of a set of objects and those beside them. Pods on the host's network are not among them: their traffic is that of the node, so no
 * policy selects them and no peer is about them.
 * @param podNetworks CIDRs that pods get their addresses from
 */
export function reachPods(
  objects: readonly SourcedObject[],
  foreign: readonly ForeignPods[] = [],
  podNetworks?: readonly string[],
): readonly ReachPods[] {
  const isMeshed = meshOf(objects);
  const addresses = podNetworks === undefined ? undefined : joined(...podNetworks.map(cidrSet));
  const known = addresses === undefined ? {} : { addresses };
  const taken = new Set<string>();
  const rendered = podTemplates(objects).flatMap((template): readonly ReachPods[] => {
    if (at(template.spec, 'hostNetwork') === true) return [];
    const { subject, labels, annotations, spec } = template;
    const namespace = namespaceOf(subject.object);
    const meshed = isMeshed(template);
    const ports = portsOf(template).flatMap(({ port, name, protocol }) =>
      isProtocol(protocol) && isPort(port) ? [{ port, protocol, ...(name === undefined ? {} : { name }) }] : [],
    );
    const plain = `${namespace}/${subject.object.metadata.name}`;
    // Two controllers of one name are two groups; the edges of the fleet mean the first.
    const id = taken.has(plain) ? `${plain} (${subject.object.kind})` : plain;
    taken.add(id);
    const serviceAccount = textAt(spec, 'serviceAccountName') ?? textAt(spec, 'serviceAccount') ?? 'default';
    return [
      {
        id,
        namespace,
        labels,
        annotations,
        serviceAccount,
        meshed,
        ports: meshed ? [...ports, ...PROXY_PORTS] : ports,
        subject,
        ...known,
      },
    ];
  });
  const others = foreign.map(({ addresses: own, ...pods }) => ({
    ...pods,
    annotations: {},
    ports: pods.meshed ? [...pods.ports, ...PROXY_PORTS] : pods.ports,
    ...(own === undefined ? known : { addresses: joined(...own.map(cidrSet)) }),
  }));
  return [...rendered, ...others];
}

/** Labels of a namespace as selectors see them: Kubernetes itself adds the name. */
export function namespaceLabels(objects: readonly SourcedObject[]): (namespace: string) => Readonly<Record<string, unknown>> {
  const found = new Map<string, Readonly<Record<string, unknown>>>();
  for (const { object } of objects) {
    if (object.kind === 'Namespace' && object.apiVersion === 'v1') found.set(object.metadata.name, mapAt(object, 'metadata', 'labels'));
  }
  return (namespace) => ({ ...found.get(namespace), 'kubernetes.io/metadata.name': namespace });
}

/** Is it a protocol that policies know? */
export function isProtocol(text: string): text is Protocol {
  return text === 'TCP' || text === 'UDP' || text === 'SCTP';
}
