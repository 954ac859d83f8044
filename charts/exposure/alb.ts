import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { bucket, certificate, webAcl } from '../aws/refs';
import type { Labels } from '../workload/labels';
import { HttpCheck } from '../workload/probe';
import { type AlbIngress, hstsHeader } from './choice';
import { type Exposure, firstPort, metadataOf, notEnforced, rateText } from './host';

const PREFIX = 'alb.ingress.kubernetes.io';

/** Sets of versions and ciphers that AWS keeps, all with TLS 1.3, by the oldest version. */
const SSL_POLICIES = { '1.2': 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06', '1.3': 'ELBSecurityPolicy-TLS13-1-3-2021-06' } as const;

/** Seconds that a connection may be idle, where the cluster does not say. */
const IDLE_TIMEOUT = 60;

/** The Ingress of an exposure, for the AWS Load Balancer Controller. Its host has a certificate of ACM, and none of cert-manager. */
export function albExposure(scope: Construct, exposure: Exposure, choice: AlbIngress): void {
  const { workload, host, path, port } = exposure;
  new k8s.KubeIngress(scope, 'ingress', {
    metadata: metadataOf(exposure, albAnnotations(exposure, choice)),
    spec: {
      ingressClassName: choice.className ?? 'alb',
      rules: [
        { host, http: { paths: [{ path, pathType: 'Prefix', backend: { service: { name: workload.name, port: { name: port } } } }] } },
      ],
    },
  });
}

/** What the controller is told of one exposure: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/ */
function albAnnotations(exposure: Exposure, choice: AlbIngress): Labels {
  const { workload, cluster, expose, port } = exposure;
  const { aws } = cluster;
  const annotations: Record<string, string> = {
    // One load balancer for all hosts of the cluster: its Ingresses have to agree on what is the load balancer's.
    'group.name': cluster.aws.data.cluster.name,
    scheme: 'internet-facing',
    'target-type': 'ip',
    'listen-ports': '[{"HTTP": 80}, {"HTTPS": 443}]',
    'ssl-redirect': '443',
    'ssl-policy': SSL_POLICIES[choice.minimumTls ?? '1.2'],
    'certificate-arn': choice.certificates.map((name) => certificate(aws, name)).join(','),
    'load-balancer-attributes': loadBalancerAttributes(exposure, choice),
    'listener-attributes.HTTPS-443': `routing.http.response.strict_transport_security.header_value=${hstsHeader(choice.hsts)}`,
    // As long as a pod lives after it is told to end.
    'target-group-attributes': `deregistration_delay.timeout_seconds=${workload.props.termination?.graceSeconds ?? 30}`,
    'backend-protocol': 'HTTP',
    'backend-protocol-version': protocolVersion(workload.props.traffic?.[port]?.protocol),
    ...healthCheck(exposure),
  };
  if (choice.webAcl ?? true) annotations['wafv2-acl-arn'] = webAcl(aws);
  return {
    ...Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`${PREFIX}/${name}`, value])),
    ...notEnforced({ maxBodySize: expose.maxBodySize, rateLimit: rateText(expose) }),
  };
}

/** @throws when the workload keeps connections longer than the load balancer does */
function loadBalancerAttributes({ workload, cluster, expose }: Exposure, choice: AlbIngress): string {
  const { accessLogs, idleTimeoutSeconds: idle = IDLE_TIMEOUT } = choice;
  if (expose.readTimeoutSeconds !== undefined && expose.readTimeoutSeconds > idle) {
    throw new Error(
      `${workload.key}.expose.readTimeoutSeconds is ${expose.readTimeoutSeconds}, but the ALB of ${cluster.name} ends connections that are idle for ${idle} seconds. Raise \`ingress.idleTimeoutSeconds\` in overlays/${cluster.name}/cluster.ts: it holds for all hosts.`,
    );
  }
  const { name } = bucket(cluster.aws, accessLogs.bucket);
  return [
    'access_logs.s3.enabled=true',
    `access_logs.s3.bucket=${name}`,
    ...(accessLogs.prefix === undefined ? [] : [`access_logs.s3.prefix=${accessLogs.prefix}`]),
    `idle_timeout.timeout_seconds=${idle}`,
    'routing.http.drop_invalid_header_fields.enabled=true',
  ].join(',');
}

const protocolVersion = (protocol: string | undefined): string =>
  protocol === 'gRPC' ? 'GRPC' : protocol === 'HTTP/2' ? 'HTTP2' : 'HTTP1';

/** Port whose health the load balancer asks for: that of the readiness probe, if it asks over HTTP. */
export function healthPort({ workload, port }: Pick<Exposure, 'workload' | 'port'>): string {
  const { readiness, ports } = workload.props;
  return readiness?.check instanceof HttpCheck ? (readiness.port ?? firstPort(ports)) : port;
}

/**
 * What the load balancer asks its targets: what the kubelet asks in the readiness probe. Where that is no request over HTTP, any answer
 * that is no failure will do. Times are brought into the bounds that ALBs have.
 */
function healthCheck(exposure: Exposure): Labels {
  const { workload, port } = exposure;
  const { readiness, ports } = workload.props;
  const asked = healthPort(exposure);
  const interval = within(readiness?.periodSeconds ?? 10, 5, 300);
  const overHttp = readiness?.check instanceof HttpCheck;
  return {
    'healthcheck-path': overHttp ? readiness.check.httpPath : '/',
    'healthcheck-port': asked === port ? 'traffic-port' : String(ports[asked]),
    'healthcheck-protocol': 'HTTP',
    'healthcheck-interval-seconds': String(interval),
    'healthcheck-timeout-seconds': String(within(readiness?.timeoutSeconds ?? 1, 2, interval - 1)),
    'healthy-threshold-count': '2',
    'unhealthy-threshold-count': String(within(readiness?.failureThreshold ?? 3, 2, 10)),
    'success-codes': overHttp ? '200-399' : '200-499',
  };
}

const within = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
