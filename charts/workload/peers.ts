import { k8s } from 'cdk8s-plus-28';
import type { Cluster } from '../cluster';

/** Port on which the mesh's proxy takes meshed connections, whatever port they are meant for. */
export const PROXY_PORT = 4143;
/** Port of the mesh proxy's own metrics and health. */
export const PROXY_ADMIN_PORT = 4191;

/** Ranges that are never the internet, whatever the VPC uses: link-local with the metadata service, and carrier-grade NAT, which EKS may give to pods. */
const NEVER_INTERNET = ['100.64.0.0/10', '169.254.0.0/16'];

/** A TCP port of a rule. */
export const tcp = (port: number): k8s.NetworkPolicyPort => ({ protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) });

/** Ports of a rule, with the proxy's where the connection may be meshed. */
export const ports = (numbers: readonly number[], meshed: boolean): k8s.NetworkPolicyPort[] =>
  [...numbers, ...(meshed ? [PROXY_PORT] : [])].map(tcp);

/** All pods of another namespace. */
export const namespace = (name: string): k8s.NetworkPolicyPeer => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});

/** Name resolution by the cluster's DNS, and by nothing else. */
export function dns(): k8s.NetworkPolicyEgressRule {
  return {
    to: [{ ...namespace('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
    ports: [{ protocol: 'UDP', port: k8s.IntOrString.fromNumber(53) }, tcp(53)],
  };
}

/** What a proxy needs of Linkerd's control plane: identity, destination and policy. */
export function meshControlPlane(): k8s.NetworkPolicyEgressRule[] {
  return [{ to: [namespace('linkerd')], ports: [tcp(8080), tcp(8086), tcp(8090)] }];
}

/** The Kubernetes API: by the address of its Service, and by those of the control plane's network interfaces in the VPC. */
export function kubernetesApi(cluster: Cluster): k8s.NetworkPolicyEgressRule {
  const { vpc, serviceCidr } = cluster.aws.data;
  return { to: [serviceCidr, ...Object.values(vpc.subnets.private).sort()].map((cidr) => ({ ipBlock: { cidr } })), ports: [tcp(443)] };
}

/** The subnets in which managed databases and caches live. */
export function databaseSubnets(cluster: Cluster): k8s.NetworkPolicyPeer[] {
  const cidrs = Object.values(cluster.aws.data.vpc.subnets.database).sort();
  if (cidrs.length === 0) {
    throw new Error(
      `${cluster.aws.file}: vpc.subnets.database: no subnets, but a workload uses a database or Redis. Add the subnets in which they live.`,
    );
  }
  return cidrs.map((cidr) => ({ ipBlock: { cidr } }));
}

/** AWS's APIs: on public addresses, or on those of interface endpoints in the VPC. */
export function awsApis(cluster: Cluster): k8s.NetworkPolicyPeer[] {
  const endpoints = [...cluster.aws.data.vpc.endpoints].sort();
  return [...internet(cluster), ...endpoints.map((cidr) => ({ ipBlock: { cidr } }))];
}

/** Every address outside the cluster and its VPC. */
export function internet(cluster: Cluster): k8s.NetworkPolicyPeer[] {
  const { vpc, serviceCidr } = cluster.aws.data;
  return [{ ipBlock: { cidr: '0.0.0.0/0', except: [...NEVER_INTERNET, serviceCidr, vpc.cidr].sort() } }];
}
