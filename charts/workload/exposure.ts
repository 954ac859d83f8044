import { k8s } from 'cdk8s-plus-28';
import { hostedZone } from '../aws/refs';
import type { WorkloadContext } from './context';
import { AFTER_MIGRATION } from './controller';
import { labelsOf } from './labels';
import type { ResolvedWorkload } from './resolve';

/** The Ingress of a workload that is reachable from outside, with TLS by cert-manager. */
export function exposure({ scope, workload, cluster }: WorkloadContext<Extract<ResolvedWorkload, { kind: 'service' }>>): void {
  const { expose, ports } = workload.props;
  if (expose === undefined) return;
  const host = `${expose.host}.${hostedZone(cluster.aws, 'public').domain}`;
  const timeout = String(expose.readTimeoutSeconds ?? 60);
  new k8s.KubeIngress(scope, 'ingress', {
    metadata: {
      name: workload.name,
      namespace: cluster.namespace,
      labels: labelsOf(workload, cluster.platform),
      annotations: {
        // An Ingress counts as healthy only once its controller has taken it up: the migration must not wait for that.
        ...(workload.props.migration === undefined ? {} : AFTER_MIGRATION),
        'cert-manager.io/cluster-issuer': 'letsencrypt',
        'nginx.ingress.kubernetes.io/proxy-body-size': expose.maxBodySize ?? '1m',
        'nginx.ingress.kubernetes.io/proxy-read-timeout': timeout,
        'nginx.ingress.kubernetes.io/proxy-send-timeout': timeout,
        // To the Service, not to pod addresses: the mesh balances, and sees the name it authorizes.
        ...(cluster.mesh ? { 'nginx.ingress.kubernetes.io/service-upstream': 'true' } : {}),
      },
    },
    spec: {
      ingressClassName: 'nginx',
      tls: [{ hosts: [host], secretName: `${workload.name}-tls` }],
      rules: [
        {
          host,
          http: {
            paths: [
              {
                path: expose.path ?? '/',
                pathType: 'Prefix',
                backend: { service: { name: workload.name, port: { name: expose.port ?? firstPort(ports) } } },
              },
            ],
          },
        },
      ],
    },
  });
}

/** Port that a workload means where it names none. */
export function firstPort(ports: Readonly<Record<string, number>>): string {
  const [first] = Object.keys(ports);
  if (first === undefined) throw new Error('a service without ports; name at least one in `ports`');
  return first;
}
