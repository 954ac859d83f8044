import type { SourcedObject } from '../../synth/object';
import { listAt, mapAt, textAt } from '../at';
import type { Report } from '../check';
import type { LabelIndex } from '../label-index';
import { namespaceOf } from '../lookup';
import { describeSelector, type LabelSelector } from '../selectors';

/** What a monitor can select: labels, and the names of its ports. */
export interface Target {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly string[];
}

/** What is wrong with the selector and the ports of a ServiceMonitor or PodMonitor. */
export function* monitorReports(subject: SourcedObject, endpoints: string, targets: LabelIndex<Target>, noun: string): Iterable<Report> {
  const { spec } = subject.object;
  const selector = mapAt(spec, 'selector') as LabelSelector;
  const namespaces = namespacesOf(subject, targets);
  const found = namespaces.flatMap((namespace) => targets.select(namespace, selector));
  if (found.length === 0) {
    // A namespace that is named, but has nothing here, belongs to somebody else.
    const elsewhere = mapAt(spec, 'namespaceSelector').matchNames !== undefined && namespaces.length === 0;
    if (!elsewhere) yield { subject, field: 'spec.selector', message: `selects ${describeSelector(selector)}, which no ${noun} has` };
    return;
  }
  for (const [i, endpoint] of listAt(spec, endpoints).entries()) {
    const port = textAt(endpoint, 'port');
    // The mesh adds this port to pods when they start.
    if (port === undefined || port === 'linkerd-admin' || found.some(({ ports }) => ports.includes(port))) continue;
    const known = [...new Set(found.flatMap(({ ports }) => ports))].join(', ');
    yield {
      subject,
      field: `spec.${endpoints}[${i}].port`,
      message: `scrapes port ${port}, but what it selects has ${known === '' ? 'no named port' : known}`,
    };
  }
}

/** Namespaces that a monitor looks at and that have something it could select. */
function namespacesOf({ object }: SourcedObject, targets: LabelIndex<Target>): readonly string[] {
  const { any, matchNames } = mapAt(object, 'spec', 'namespaceSelector');
  if (any === true) return targets.namespaces;
  const names: readonly unknown[] = Array.isArray(matchNames) ? matchNames : [namespaceOf(object)];
  return targets.namespaces.filter((namespace) => names.includes(namespace));
}
