import { describe, groupOf, type SourcedObject } from '../../synth/object';
import { at, listAt, mapAt, textAt } from '../at';
import { type LabelIndex, labelIndex } from '../label-index';
import { namespaceOf } from '../lookup';
import { portsOf } from '../network/ports';
import { podIndex } from '../pod-index';
import type { PodTemplate } from '../pods';
import type { LabelSelector } from '../selectors';

/** One way in which Prometheus finds the pods of a template. */
export interface Scrape {
  /** For a message: `annotation prometheus.io/scrape`, `ServiceMonitor a/web through Service a/web`. */
  readonly by: string;
  readonly annotation: boolean;
  /** What it reads, as `8080/metrics`. */
  readonly endpoints: ReadonlySet<string>;
}

const MONITORING = 'monitoring.coreos.com';

/** All ways in which the pods of each template are scraped, as far as they lead to ports that the template declares. */
export function scrapesOf(objects: readonly SourcedObject[]): ReadonlyMap<PodTemplate, readonly Scrape[]> {
  const pods = podIndex(objects);
  const services = labelIndex(
    objects.filter(({ object }) => object.kind === 'Service' && object.apiVersion === 'v1'),
    ({ object }) => ({ namespace: namespaceOf(object), labels: object.metadata.labels ?? {} }),
  );
  const found = new Map<PodTemplate, Scrape[]>();
  const add = (template: PodTemplate, scrape: Scrape) => {
    // The mesh's proxy, for one, is scraped by a port that no template declares.
    if (scrape.endpoints.size === 0) return;
    const list = found.get(template);
    if (list === undefined) found.set(template, [scrape]);
    else list.push(scrape);
  };

  for (const template of pods.templates) {
    if (template.annotations['prometheus.io/scrape'] !== 'true') continue;
    const port = template.annotations['prometheus.io/port'];
    const ports = port === undefined ? portsOf(template).map((declared) => declared.port) : [Number(port)];
    const path = template.annotations['prometheus.io/path'] ?? '/metrics';
    add(template, {
      by: 'annotation prometheus.io/scrape',
      annotation: true,
      endpoints: new Set(ports.map((number) => `${number}${path}`)),
    });
  }
  for (const { object } of objects) {
    if (groupOf(object) !== MONITORING) continue;
    if (object.kind === 'PodMonitor') {
      for (const template of selected(object, pods)) {
        const endpoints = listAt(object, 'spec', 'podMetricsEndpoints').flatMap((endpoint) =>
          reached(template, endpoint, podPort(endpoint)),
        );
        add(template, { by: describe(object), annotation: false, endpoints: new Set(endpoints) });
      }
    }
    if (object.kind !== 'ServiceMonitor') continue;
    for (const service of selected(object, services)) {
      const matchLabels = mapAt(service.object, 'spec', 'selector');
      if (Object.keys(matchLabels).length === 0) continue;
      for (const template of pods.select(namespaceOf(service.object), { matchLabels } as LabelSelector)) {
        const endpoints = listAt(object, 'spec', 'endpoints').flatMap((endpoint) =>
          reached(template, endpoint, servicePort(endpoint, service)),
        );
        add(template, { by: `${describe(object)} through ${describe(service.object)}`, annotation: false, endpoints: new Set(endpoints) });
      }
    }
  }
  return found;
}

/** Labelled things that a monitor selects, in the namespaces that it looks at. */
function selected<Item>(monitor: SourcedObject['object'], index: LabelIndex<Item>): readonly Item[] {
  const selector = at(monitor, 'spec', 'selector') as LabelSelector | undefined;
  if (at(monitor, 'spec', 'namespaceSelector', 'any') === true) return index.selectEverywhere(selector);
  const named = listAt(monitor, 'spec', 'namespaceSelector', 'matchNames').map(String);
  return (named.length > 0 ? named : [namespaceOf(monitor)]).flatMap((namespace) => index.select(namespace, selector));
}

/** Name or number of the container port that an endpoint of a PodMonitor means. */
function podPort(endpoint: unknown): unknown {
  return at(endpoint, 'port') ?? at(endpoint, 'portNumber') ?? at(endpoint, 'targetPort');
}

/** The same of a ServiceMonitor, whose `port` is the name of a port of the Service. */
function servicePort(endpoint: unknown, service: SourcedObject): unknown {
  const name = at(endpoint, 'port');
  if (name === undefined) return at(endpoint, 'targetPort');
  const port = listAt(service.object, 'spec', 'ports').find((candidate) => at(candidate, 'name') === name);
  return at(port, 'targetPort') ?? at(port, 'port');
}

function reached(template: PodTemplate, endpoint: unknown, port: unknown): readonly string[] {
  const path = textAt(endpoint, 'path') ?? '/metrics';
  return portsOf(template)
    .filter((declared) => declared.name === port || declared.port === port)
    .map((declared) => `${declared.port}${path}`);
}
