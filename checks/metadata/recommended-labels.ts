import { mapAt } from '../at';
import type { Check } from '../check';
import { podTemplates } from '../pods';

const LABELS = ['app.kubernetes.io/name', 'app.kubernetes.io/instance'];

/** Workloads and their pods carry the labels by which tools and people find them. */
export const recommendedLabels: Check = {
  id: 'recommended-labels',
  title: 'Every workload and its pods have the labels app.kubernetes.io/name and app.kubernetes.io/instance.',
  severity: 'warning',
  why: 'Dashboards, policies and people find what belongs together by these labels.',
  mend: 'Add the labels beside the existing ones; a selector need not change.',
  *run(objects) {
    for (const { subject, field, labels } of podTemplates(objects)) {
      const own = mapAt(subject.object, 'metadata', 'labels');
      const missing = LABELS.filter((label) => own[label] === undefined);
      if (missing.length > 0)
        yield { subject, field: 'metadata.labels', message: `the ${subject.object.kind} has no ${missing.join(', ')}` };
      if (field === '') continue;
      const missingInPods = LABELS.filter((label) => labels[label] === undefined);
      if (missingInPods.length > 0)
        yield { subject, field: `${field}.metadata.labels`, message: `its pods have no ${missingInPods.join(', ')}` };
    }
  },
};
