import { k8s } from 'cdk8s-plus-28';
import { meshServiceAnnotations } from '../network/pod-annotations';
import type { Running, WorkloadContext } from './context';
import { headlessName } from './controller';
import { type Labels, labelsOf, selectorOf } from './labels';
import { partyOf } from './party';
import type { ResolvedWorkload } from './resolve';

/** The Service of a workload that others call, and the headless one of a StatefulSet. */
export function services({ scope, workload, cluster }: WorkloadContext<Running>): void {
  const { props, name } = workload;
  const labels = labelsOf(workload, cluster.platform);
  const selector = selectorOf(workload, cluster.platform);
  const ports = Object.entries(props.ports ?? {}).map(([portName, port]) => ({
    name: portName,
    port,
    targetPort: k8s.IntOrString.fromString(portName),
  }));
  if (workload.kind === 'service') {
    if (ports.length === 0) {
      throw new Error(`${scope.node.path}: ${workload.key}.ports: a service has a port that others call, and this one has none. Name it.`);
    }
    const annotations = !cluster.mesh
      ? workload.props.serviceAnnotations
      : {
          ...meshServiceAnnotations(partyOf(workload, cluster)),
          ...circuitBreaker(workload.props),
          ...workload.props.serviceAnnotations,
        };
    new k8s.KubeService(scope, 'service', {
      metadata: { name, namespace: cluster.namespace, labels, annotations },
      spec: { type: 'ClusterIP', selector, ports },
    });
  }
  if (props.claims !== undefined) {
    new k8s.KubeService(scope, 'headless-service', {
      metadata: { name: headlessName(name), namespace: cluster.namespace, labels },
      spec: { clusterIp: 'None', publishNotReadyAddresses: true, selector, ports: ports.length === 0 ? undefined : ports },
    });
  }
}

/** Linkerd reads a Service's circuit breaker from its annotations. */
function circuitBreaker({ circuitBreaker }: Extract<ResolvedWorkload, { kind: 'service' }>['props']): Labels {
  if (circuitBreaker === undefined) return {};
  const { failures, minPenalty = '1s', maxPenalty = '1m', jitter = 0.5 } = circuitBreaker;
  const consecutive = 'balancer.linkerd.io/failure-accrual-consecutive';
  return {
    'balancer.linkerd.io/failure-accrual': 'consecutive',
    [`${consecutive}-jitter-ratio`]: String(jitter),
    [`${consecutive}-max-failures`]: String(failures),
    [`${consecutive}-max-penalty`]: maxPenalty,
    [`${consecutive}-min-penalty`]: minPenalty,
  };
}
