import type { SourcedObject } from '../../synth/object';
import { at, listAt, numberAt, shown, textAt } from '../at';
import { scalingOf } from '../autoscalers';
import type { Check, Report } from '../check';

/** Scaling goes in steps that the service survives. */
export const hpaBehavior: Check = {
  id: 'hpa-behavior',
  title: 'Scaling policies are valid, and none takes an autoscaler from its maximum to its minimum in one step.',
  severity: 'warning',
  why: 'A short dip in load removes most pods at once, and the load that comes back meets too few of them.',
  mend: 'Give scaleDown a policy of some percent (for example 10 or 25) or of a few pods per period.',
  *run(objects) {
    for (const { subject, min, max } of scalingOf(objects).autoscalers) {
      const keda = subject.object.kind === 'ScaledObject';
      const path = keda ? ['spec', 'advanced', 'horizontalPodAutoscalerConfig', 'behavior'] : ['spec', 'behavior'];
      for (const direction of ['scaleUp', 'scaleDown']) {
        const field = [...path, direction].join('.');
        yield* rules(subject, field, at(subject.object, ...path, direction));
        if (direction === 'scaleDown') yield* cliff(subject, field, at(subject.object, ...path, direction), { min, max });
      }
    }
  },
};

/** What the API server would refuse, and what never scales. */
function* rules(subject: SourcedObject, field: string, behavior: unknown): Iterable<Report> {
  const refused = (path: string, found: unknown, expected: string): Report => ({
    subject,
    field: path,
    severity: 'error',
    message: `the value is ${shown(found)}, expected ${expected}`,
    why: 'The API server refuses the autoscaler.',
    mend: 'Set a value in that range.',
  });
  const within = (value: unknown, least: number, most: number) => typeof value === 'number' && value >= least && value <= most;
  const window = at(behavior, 'stabilizationWindowSeconds');
  if (window !== undefined && !within(window, 0, 3600)) {
    yield refused(`${field}.stabilizationWindowSeconds`, window, 'seconds between 0 and 3600');
  }
  for (const [i, policy] of listAt(behavior, 'policies').entries()) {
    const place = `${field}.policies[${i}]`;
    const type = textAt(policy, 'type');
    if (type !== 'Pods' && type !== 'Percent') yield refused(`${place}.type`, type, 'Pods or Percent');
    if (!within(at(policy, 'value'), 1, Number.MAX_SAFE_INTEGER)) yield refused(`${place}.value`, at(policy, 'value'), 'at least 1');
    const period = at(policy, 'periodSeconds');
    if (!within(period, 1, 1800)) yield refused(`${place}.periodSeconds`, period, 'seconds between 1 and 1800');
  }
  if (textAt(behavior, 'selectPolicy') === 'Disabled') {
    yield {
      subject,
      field: `${field}.selectPolicy`,
      message: 'selectPolicy is Disabled: the autoscaler never scales in this direction',
      why: 'Under load the pods stay as few, or after it as many, as they are.',
      mend: 'Remove selectPolicy, or give policies that are slow instead.',
    };
  }
}

/** A step that takes half of the pods or more, down to the minimum; below that a step of "all but the minimum" is an ordinary one. */
function* cliff(subject: SourcedObject, field: string, behavior: unknown, { min, max }: { min: number; max: number }): Iterable<Report> {
  const policies = listAt(behavior, 'policies');
  if (policies.length === 0 || textAt(behavior, 'selectPolicy') === 'Disabled' || max < 2 * min || max < 3) return;
  const steps = policies.map((policy) => {
    const value = numberAt(policy, 'value') ?? 0;
    return textAt(policy, 'type') === 'Percent' ? Math.ceil((max * value) / 100) : value;
  });
  const step = textAt(behavior, 'selectPolicy') === 'Min' ? Math.min(...steps) : Math.max(...steps);
  if (step < max - min) return;
  const policy = policies[steps.indexOf(step)];
  const unit = textAt(policy, 'type') === 'Percent' ? ' %' : ' pods';
  yield {
    subject,
    field: `${field}.policies[${steps.indexOf(step)}].value`,
    message: `one step of ${numberAt(policy, 'value')}${unit} takes all ${max} pods at the maximum down to the minimum ${min}`,
  };
}
