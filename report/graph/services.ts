import { listAt, mapAt, numberAt, textAt } from '../../checks/at';
import { lookup, namespaceOf } from '../../checks/lookup';
import type { ReachPods } from '../../checks/reachability/pods';
import { selects } from '../../checks/selectors';
import type { KubeObject, SourcedObject } from '../../synth/object';

/** The pods behind a port of a Service. */
export interface Backend {
  readonly pods: ReachPods;
  /** Number of the pods' port. @default - the Service names a port that the pods do not have */
  readonly port?: number;
}

/** Finds the pods behind Services. */
export interface Services {
  readonly all: readonly SourcedObject[];
  /** @param port name or number of the Service's port; all of its ports when left out */
  backends(namespace: string, name: string, port?: unknown): readonly Backend[];
}

/** The Services of a folder. */
export function servicesOf(objects: readonly SourcedObject[], pods: readonly ReachPods[]): Services {
  const index = lookup(objects);
  return {
    all: index.all('', 'Service'),
    backends(namespace, name, port) {
      const service = index.find('', 'Service', name, namespace)?.object;
      return service === undefined ? [] : backendsOf(service, pods, port);
    },
  };
}

function backendsOf(service: KubeObject, pods: readonly ReachPods[], wanted: unknown): readonly Backend[] {
  const matchLabels = mapAt(service, 'spec', 'selector') as Readonly<Record<string, string>>;
  // Without a selector, somebody else makes the endpoints.
  if (Object.keys(matchLabels).length === 0) return [];
  const selected = pods.filter(({ namespace, labels }) => namespace === namespaceOf(service) && selects({ matchLabels }, labels));
  const ports = listAt(service, 'spec', 'ports').filter(
    (port) => wanted === undefined || textAt(port, 'name') === wanted || numberAt(port, 'port') === wanted,
  );
  return selected.flatMap((group) =>
    ports.map((port) => {
      const target = textAt(port, 'targetPort') ?? numberAt(port, 'targetPort') ?? numberAt(port, 'port');
      const number = typeof target === 'number' ? target : group.ports.find(({ name }) => name === target)?.port;
      return { pods: group, ...(number === undefined ? {} : { port: number }) };
    }),
  );
}
