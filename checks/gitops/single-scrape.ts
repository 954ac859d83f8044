import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { scrapesOf } from './scrapes';

const LONG_RUNNING = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout']);

/** Every workload is scraped, and once. */
export const singleScrape: Check = {
  id: 'single-scrape',
  title: 'A workload is scraped in exactly one way: by annotation, ServiceMonitor or PodMonitor.',
  severity: 'error',
  why: 'Every sample is stored twice, and sums and rates over all pods are twice as high.',
  mend: 'Keep one of them.',
  *run(objects) {
    const scrapes = scrapesOf(objects);
    for (const template of podIndex(objects).templates) {
      const { subject } = template;
      const ways = scrapes.get(template) ?? [];
      const by = ways.map((way) => way.by).join(' and by ');
      const all = ways.flatMap(({ endpoints }) => [...endpoints]);
      const twice = new Set(all.filter((endpoint, i) => all.indexOf(endpoint) !== i));
      if (twice.size > 0) {
        const among = ways.filter(({ endpoints }) => [...twice].some((endpoint) => endpoints.has(endpoint)));
        yield {
          subject,
          message: `${[...twice].join(', ')} is scraped ${among.length} times: by ${among.map((way) => way.by).join(' and by ')}`,
        };
      } else if (ways.length > 1 && ways.some(({ annotation }) => annotation)) {
        const why = 'Where the metrics come from is in two places, and one change in the annotation doubles them.';
        yield { subject, severity: 'warning', message: `is scraped in ${ways.length} ways: by ${by}`, why };
      } else if (ways.length === 0 && scrapes.size > 0 && LONG_RUNNING.has(subject.object.kind)) {
        yield {
          subject,
          severity: 'warning',
          message: 'nothing scrapes it: no annotation, ServiceMonitor or PodMonitor reaches a port that it declares',
          why: 'Its alerts and dashboards stay empty.',
          mend: 'Declare its metrics port, and a ServiceMonitor for it.',
        };
      }
    }
  },
};
