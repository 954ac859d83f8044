import type { PodParty } from '../network/party';
import type { Resources } from '../workload/props';

/** What one client (by its address) may ask of one exposed host; more gets status 429. */
export interface ClientRateLimit {
  /** Requests per second, of each pod of the ingress controller. @default 50 */
  readonly requestsPerSecond?: number;
  /** How many times the requests of a second may come at once. @default 5 */
  readonly burstFactor?: number;
  /** Requests under way at one time; in HTTP/2 every request counts. @default 100 */
  readonly connections?: number;
}

/** `Strict-Transport-Security`: how long browsers remember to ask this host only over TLS. */
export interface Hsts {
  /** @default 31536000, a year */
  readonly maxAgeSeconds?: number;
  /** @default true */
  readonly includeSubdomains?: boolean;
}

/** What holds of TLS at the edge, whatever ends it there. */
interface PublicTls {
  /** Oldest version of TLS that clients may speak; 1.3 is preferred always. @default '1.2' */
  readonly minimumTls?: '1.2' | '1.3';
  /** @default - a year, with subdomains */
  readonly hsts?: Hsts;
}

/** The community's ingress controller behind an NLB: TLS ends in the cluster, with certificates of cert-manager. */
export interface NginxIngress extends PublicTls {
  readonly kind: 'nginx';
  /** For exposures that do not say. @default - the defaults of its fields */
  readonly rateLimit?: ClientRateLimit;
  /**
   * Who makes the NLB. The AWS Load Balancer Controller sends connections straight to the pods, with the client's address in the PROXY
   * protocol; the cloud provider that is part of EKS sends them to nodes, and they keep the client's address.
   * @default 'aws-load-balancer-controller'
   */
  readonly loadBalancer?: 'aws-load-balancer-controller' | 'in-tree';
  /** Pods of the controller. @default - two; in production three, by load up to nine */
  readonly scale?: number | { readonly min: number; readonly max: number };
  /** @default - 100m cpu, 256Mi memory, at most 512Mi */
  readonly resources?: Resources;
}

/** An ALB of the AWS Load Balancer Controller: TLS ends there, with certificates of ACM, and pods are its targets. */
export interface AlbIngress extends PublicTls {
  readonly kind: 'alb';
  /** Certificates by their names in the contract; the ALB chooses by the host that a client asks for. */
  readonly certificates: readonly [string, ...string[]];
  /** Where requests are logged: a bucket by its name in the contract. */
  readonly accessLogs: { readonly bucket: string; readonly prefix?: string };
  /** Whether the contract's WAF ACL stands in front; rate limits are its business. @default true */
  readonly webAcl?: boolean;
  /** Seconds that a connection may be idle, for all hosts of the ALB. @default 60 */
  readonly idleTimeoutSeconds?: number;
  /** @default 'alb' */
  readonly className?: string;
}

/** A Gateway of some GatewayClass: TLS ends in its pods, with certificates of cert-manager. */
export interface GatewayIngress extends PublicTls {
  readonly kind: 'gateway';
  /** GatewayClass that the cluster has. */
  readonly className: string;
  /** Pods that serve the Gateway: they call the workloads. */
  readonly pods: Pick<PodParty, 'name' | 'namespace' | 'selector' | 'serviceAccount' | 'meshed'>;
  /** Annotations of what the class makes for the Gateway, as those of its load balancer's Service. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Options of TLS that the class knows, as the one for the oldest version. @default - the class's own */
  readonly tlsOptions?: Readonly<Record<string, string>>;
}

/** How hosts of a cluster are reached from outside. Workloads say only what is exposed: see `expose`. */
export type IngressChoice = NginxIngress | AlbIngress | GatewayIngress;

/** The choice of a cluster. @default - nginx */
export const ingressOf = ({ ingress }: { readonly ingress?: IngressChoice }): IngressChoice => ingress ?? { kind: 'nginx' };

/** Value of the header. */
export const hstsHeader = ({ maxAgeSeconds = 31_536_000, includeSubdomains = true }: Hsts = {}): string =>
  `max-age=${maxAgeSeconds}${includeSubdomains ? '; includeSubDomains' : ''}`;
