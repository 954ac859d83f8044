import type { Cluster } from '../cluster';
import {
  apiServer,
  commonEdges,
  type Edge,
  linkerdDestination,
  linkerdIdentity,
  type NetworkPart,
  type PodParty,
  prometheus,
} from '../network';
import { PROXY_ADMIN, PROXY_ADMIN_PORT, PROXY_PORT } from '../network/party';
import { CNI_NAMESPACE } from './names';

/** Ports of the proxy beside each part: Prometheus' own proxy goes through the mesh's port, whichever port it means. */
const PROXY = { [PROXY_ADMIN]: { number: PROXY_ADMIN_PORT }, proxy: { number: PROXY_PORT } };

const destination: PodParty = {
  ...linkerdDestination,
  ports: {
    ...linkerdDestination.ports,
    ...PROXY,
    'sp-validator': { number: 8443 },
    'policy-validator': { number: 9443 },
    admin: { number: 9996 },
    'sp-admin': { number: 9997 },
    'policy-admin': { number: 9990 },
  },
};

const identity: PodParty = { ...linkerdIdentity, ports: { ...linkerdIdentity.ports, ...PROXY, admin: { number: 9990 } } };

const injector: PodParty = {
  name: 'linkerd-proxy-injector',
  namespace: linkerdDestination.namespace,
  selector: { 'linkerd.io/control-plane-component': 'proxy-injector' },
  serviceAccount: 'linkerd-proxy-injector',
  meshed: false,
  ports: { ...PROXY, 'proxy-injector': { number: 8443 }, admin: { number: 9995 } },
  foreign: true,
};

const cni: PodParty = {
  name: 'linkerd-cni',
  namespace: CNI_NAMESPACE,
  selector: { 'k8s-app': 'linkerd-cni' },
  serviceAccount: 'linkerd-cni',
  meshed: false,
  ports: { admin: { number: 9990 } },
  foreign: true,
};

/** Ports with metrics, of each part. */
const METRICS: readonly (readonly [PodParty, readonly string[]])[] = [
  [destination, ['admin', 'sp-admin', 'policy-admin', PROXY_ADMIN, 'proxy']],
  [identity, ['admin', PROXY_ADMIN, 'proxy']],
  [injector, ['admin', PROXY_ADMIN, 'proxy']],
];

/** What the control plane's pods do on the network. Meshed pods' own calls of it are among their common edges. */
export function linkerdNetwork(cluster: Cluster): NetworkPart {
  const { caller, callee } = apiServer(cluster);
  const scraper = prometheus(cluster);
  const plane = [destination, identity, injector];
  const parties = cluster.meshCni === true ? [...plane, cni] : plane;
  const proxied = (from: PodParty): readonly Edge[] => [
    ...(from === destination ? [] : ['destination', 'policy'].map((port) => ({ from, to: destination, port }))),
    ...(from === identity ? [] : [{ from, to: identity, port: 'identity' }]),
  ];
  return {
    parties,
    edges: [
      ...parties.flatMap((party): readonly Edge[] => [...commonEdges(party, cluster), { from: party, to: callee, port: 443 }]),
      ...plane.flatMap(proxied),
      { from: caller, to: destination, port: 'sp-validator' },
      { from: caller, to: destination, port: 'policy-validator' },
      { from: caller, to: injector, port: 'proxy-injector' },
      ...METRICS.flatMap(([to, ports]) => ports.map((port) => ({ from: scraper, to, port, direct: true }))),
      ...(cluster.meshCni === true ? [{ from: scraper, to: cni, port: 'admin', direct: true }] : []),
    ],
  };
}
