import { parseCidr } from '../aws/cidr';
import type { Cluster } from '../cluster';
import { type GatewayIngress, ingressOf } from '../exposure/choice';
import type { Edge } from './edge';
import { type AddressParty, type PodParty, PROXY_ADMIN } from './party';

/** What of a cluster decides where its well-known parties are. */
export type Place = Pick<Cluster, 'aws' | 'ingress' | 'mesh'>;

/** The cluster's DNS, as EKS runs it. */
export const dns: PodParty = {
  name: 'coredns',
  namespace: 'kube-system',
  selector: { 'k8s-app': 'kube-dns' },
  serviceAccount: 'coredns',
  meshed: false,
  ports: { dns: { number: 53, protocol: 'UDP' }, 'dns-tcp': { number: 53 } },
  service: 'kube-dns',
  foreign: true,
};

const controlPlane = (component: string, ports: PodParty['ports']): PodParty => ({
  name: `linkerd-${component}`,
  namespace: 'linkerd',
  selector: { 'linkerd.io/control-plane-component': component },
  serviceAccount: `linkerd-${component}`,
  // It has proxies of its own; but other proxies speak to it before they are of the mesh, so no policy of the mesh judges that.
  meshed: false,
  ports,
  foreign: true,
});

/** Tells proxies where callees are, and who may call. */
export const linkerdDestination: PodParty = controlPlane('destination', { destination: { number: 8086 }, policy: { number: 8090 } });
/** Gives proxies their certificates. */
export const linkerdIdentity: PodParty = controlPlane('identity', { identity: { number: 8080 } });

/** The ingress controller, whose pods call what is exposed. Its own callers are outside the mesh, but for Prometheus. */
export const ingressController = ({ mesh }: Pick<Cluster, 'mesh'>): PodParty<'http' | 'https' | 'metrics' | 'webhook'> => ({
  name: 'ingress-nginx-controller',
  namespace: 'ingress-nginx',
  selector: { 'app.kubernetes.io/component': 'controller', 'app.kubernetes.io/name': 'ingress-nginx' },
  serviceAccount: 'ingress-nginx',
  meshed: mesh,
  ports: {
    http: { number: 8080, mesh: 'outside' },
    https: { number: 8443, mesh: 'outside' },
    metrics: { number: 10254 },
    webhook: { number: 9443, mesh: 'outside' },
  },
  service: 'ingress-nginx-controller-admission',
  foreign: true,
});

/** Pods that serve a Gateway, and call what is exposed. */
export const gatewayPods = ({ pods }: Pick<GatewayIngress, 'pods'>): PodParty => ({ ...pods, ports: {}, foreign: true });

/** Prometheus, whose pods scrape. Its operator makes them, hence `foreign`; what asks it (dashboards, autoscalers) calls `web`. */
export const prometheus = ({ mesh }: Pick<Cluster, 'mesh'>): PodParty<'web' | 'reloader-web'> => ({
  name: 'prometheus',
  namespace: 'monitoring',
  selector: { 'app.kubernetes.io/name': 'prometheus' },
  serviceAccount: 'prometheus',
  meshed: mesh,
  ports: { web: { number: 9090 }, 'reloader-web': { number: 8080 } },
  foreign: true,
});

/** Ranges that are never the internet: private ones, so peered networks too; carrier-grade NAT, which EKS may give to pods; link-local with the metadata service. */
const NEVER_INTERNET = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'];

const blocks = (cidrs: readonly string[]): AddressParty['blocks'] => [...cidrs].sort().map((cidr) => ({ cidr }));

/** Ranges from which pods get their addresses: the private subnets, as the VPC CNI gives them out. */
export const podNetworks = ({ aws }: Pick<Cluster, 'aws'>): readonly string[] => Object.values(aws.data.vpc.subnets.private).sort();

/** Every public address: none of the cluster's, of its VPC, and of networks that are peered with it. */
export function internet({
  aws,
}: Pick<Cluster, 'aws'>): AddressParty & { readonly blocks: readonly [{ readonly cidr: string; readonly except: readonly string[] }] } {
  const { vpc, serviceCidr } = aws.data;
  const covered = NEVER_INTERNET.map(parseCidr).flatMap((range) => range ?? []);
  // A VPC may also have addresses that are private to it alone.
  const own = [serviceCidr, vpc.cidr].filter((cidr) => {
    const range = parseCidr(cidr);
    return range === undefined || !covered.some(({ first, last }) => first <= range.first && range.last <= last);
  });
  return { name: 'internet', blocks: [{ cidr: '0.0.0.0/0', except: [...NEVER_INTERNET, ...own].sort() }] };
}

/** AWS's APIs: on public addresses, or on those of interface endpoints in the VPC. */
export function awsApis(cluster: Pick<Cluster, 'aws'>): AddressParty {
  return { name: 'aws-apis', blocks: [...internet(cluster).blocks, ...blocks(cluster.aws.data.vpc.endpoints)] };
}

/**
 * The API server: as a callee by the address of its Service (the first of the range) and by those of the control plane's network
 * interfaces, as a caller of webhooks by the latter. Where the contract names no subnets of their own for them, they share the private
 * ones with pods.
 */
export function apiServer({ aws }: Pick<Cluster, 'aws'>): { readonly callee: AddressParty; readonly caller: AddressParty } {
  const own = Object.values(aws.data.vpc.subnets.controlPlane);
  const interfaces = own.length > 0 ? own : podNetworks({ aws });
  return {
    callee: { name: 'api-server', blocks: [...blocks(interfaces), { cidr: `${firstAddress(aws.data.serviceCidr)}/32` }] },
    caller: { name: 'api-server', blocks: blocks(interfaces) },
  };
}

/**
 * The subnets in which managed databases and caches live.
 * @throws when the contract names none
 */
export function databaseSubnets({ aws }: Pick<Cluster, 'aws'>): AddressParty {
  const cidrs = Object.values(aws.data.vpc.subnets.database);
  if (cidrs.length === 0) {
    throw new Error(
      `${aws.file}: vpc.subnets.database: no subnets, but a workload uses a database or Redis. Add the subnets in which they live.`,
    );
  }
  return { name: 'database-subnets', blocks: blocks(cidrs) };
}

/**
 * Load balancers that face the internet: their addresses are in the public subnets, where no pods are.
 * @throws when the contract names no such subnets
 */
export function loadBalancers({ aws }: Pick<Cluster, 'aws'>): AddressParty {
  const cidrs = Object.values(aws.data.vpc.subnets.public);
  if (cidrs.length === 0) {
    throw new Error(
      `${aws.file}: vpc.subnets.public: no subnets, but load balancers that face the internet send requests to pods. Add the subnets in which they live.`,
    );
  }
  return { name: 'load-balancers', blocks: blocks(cidrs) };
}

/** What all pods do: they resolve names and, in the mesh, ask its control plane and have their proxies scraped. */
export function commonEdges(party: PodParty, cluster: Pick<Cluster, 'mesh'>): readonly Edge[] {
  const resolves: readonly Edge[] = ['dns', 'dns-tcp'].map((port) => ({ from: party, to: dns, port }));
  if (!party.meshed) return resolves;
  return [
    ...resolves,
    { from: party, to: linkerdDestination, port: 'destination' },
    { from: party, to: linkerdDestination, port: 'policy' },
    { from: party, to: linkerdIdentity, port: 'identity' },
    { from: prometheus(cluster), to: party, port: PROXY_ADMIN, direct: true },
  ];
}

/** The pods that others run, in every cluster. */
export function foreignParties(cluster: Pick<Cluster, 'ingress' | 'mesh'>): readonly PodParty[] {
  return [dns, ...(cluster.mesh ? [linkerdDestination, linkerdIdentity] : []), ...edgeOfCluster(cluster), prometheus(cluster)];
}

/** The pods that take requests from outside; load balancers that are none have no pods. */
function edgeOfCluster(cluster: Pick<Cluster, 'ingress' | 'mesh'>): readonly PodParty[] {
  const choice = ingressOf(cluster);
  if (choice.kind === 'gateway') return [gatewayPods(choice)];
  return choice.kind === 'nginx' ? [ingressController(cluster)] : [];
}

/** The first usable address of a range: Kubernetes gives it to the Service `kubernetes`. */
function firstAddress(cidr: string): string {
  const first = (parseCidr(cidr)?.first ?? 0) + 1;
  return [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.');
}
