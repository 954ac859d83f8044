import { at, listAt, numberAt, shown, textAt } from '../at';
import type { Check, Report } from '../check';
import { namespaceOf } from '../lookup';
import { type LabelSelector, selects } from '../selectors';
import { type Admission, HOST, ZONE } from './admission';
import { type Placed, placementModel } from './model';

/** Pods can be spread as they must be. */
export const spreadPossible: Check = {
  id: 'spread-possible',
  title: 'Required spread and anti-affinity can be met by the zones and nodes of the groups that a pod may use.',
  severity: 'error',
  needs: ['nodeGroups'],
  why: 'The pods that cannot be spread stay Pending.',
  mend: 'Use whenUnsatisfiable: ScheduleAnyway or preferred anti-affinity, ask for fewer pods, or give the group more zones or nodes.',
  *run(objects, facts) {
    for (const placed of placementModel(objects, facts).workloads) {
      // Where no pod fits at all, another check says so.
      if (placed.fits.length === 0) continue;
      yield* spread(placed);
      yield* antiAffinity(placed);
    }
  },
};

function* spread(placed: Placed): Iterable<Report> {
  const { subject, spec, labels } = placed.template;
  for (const [i, constraint] of listAt(spec, 'topologySpreadConstraints').entries()) {
    const field = `${pathOf(placed)}.topologySpreadConstraints[${i}]`;
    if (!selects(at(constraint, 'labelSelector') as LabelSelector | undefined, labels)) {
      yield {
        subject,
        field: `${field}.labelSelector`,
        severity: 'warning',
        message: 'the selector does not select the pods that it stands in',
        why: 'The constraint counts other pods, or none, and spreads nothing.',
        mend: 'Select the labels of the pod template.',
      };
      continue;
    }
    if (textAt(constraint, 'whenUnsatisfiable') === 'ScheduleAnyway') continue;
    const key = textAt(constraint, 'topologyKey') ?? '';
    const usable = domainsOf(
      key,
      placed.admissions.filter(({ group }) => placed.fits.includes(group)),
    );
    if (usable === undefined) {
      yield { subject, field: `${field}.topologyKey`, message: `no node that the pod may use has the label ${key}` };
      continue;
    }
    const skew = numberAt(constraint, 'maxSkew') ?? 1;
    const possible = usable * skew;
    const wanted = numberAt(constraint, 'minDomains') ?? 1;
    const pods = placed.replicas.max;
    if (wanted > usable) {
      const severity = pods > possible ? 'error' : 'warning';
      const message = `minDomains is ${wanted}, but the pod's groups have ${usable} values of ${key}: of ${pods} pods at most ${possible} are placed`;
      yield { subject, field: `${field}.minDomains`, severity, message };
    } else if (pods > possible && textAt(constraint, 'nodeTaintsPolicy') !== 'Honor') {
      // Nodes whose taints keep the pod out still count as places with none of its pods.
      const closed = closedDomains(key, placed);
      if (closed.length === 0) continue;
      const message = `nodes of ${closed.join(', ')} count although their taints keep the pod out: of ${pods} pods at most ${possible} are placed`;
      yield { subject, field, message, mend: 'Set nodeTaintsPolicy: Honor, or limit the pod to its group by node affinity.' };
    }
  }
}

function* antiAffinity(placed: Placed): Iterable<Report> {
  const { subject, spec, labels } = placed.template;
  const path = 'affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution';
  const own = namespaceOf(subject.object);
  for (const [i, term] of listAt(spec, ...path.split('.')).entries()) {
    const namespaces = listAt(term, 'namespaces');
    if (namespaces.length > 0 && !namespaces.includes(own)) continue;
    if (!selects(at(term, 'labelSelector') as LabelSelector | undefined, labels)) continue;
    const key = textAt(term, 'topologyKey') ?? '';
    const places = domainsOf(
      key,
      placed.admissions.filter(({ group }) => placed.fits.includes(group)),
    );
    const field = `${pathOf(placed)}.${path}[${i}]`;
    const { min, max } = placed.replicas;
    if (places === undefined) continue;
    if (max > places) {
      yield { subject, field, message: `${max} pods must each have a ${key} of their own, and the groups that take them have ${places}` };
    } else if (min === places && surges(placed)) {
      yield {
        subject,
        field,
        severity: 'warning',
        message: `${min} pods take all ${places} values of ${key}, and a rollout with maxUnavailable 0 needs one more`,
        why: 'The rollout never gets past its first new pod.',
        mend: 'Allow maxUnavailable: 1, or prefer the anti-affinity instead of requiring it.',
      };
    }
  }
}

/** How many values of a topology key there are at most; `undefined` when the nodes do not have it. */
function domainsOf(key: string, admissions: readonly Admission[]): number | undefined {
  if (key === HOST) return admissions.reduce((sum, { group }) => sum + group.size.max, 0);
  const values = new Set(admissions.flatMap((admission) => valuesOf(key, admission)));
  return values.size === 0 ? undefined : values.size;
}

function valuesOf(key: string, { group, zones }: Admission): readonly string[] {
  if (key === ZONE && zones.length > 0) return zones;
  const value = group.labels[key];
  return value === undefined ? [] : [value];
}

/** Groups that only taints close to the pod, and that have domains which no open group has. */
function closedDomains(key: string, { admissions, fits }: Placed): readonly string[] {
  const open = new Set(admissions.filter(({ group }) => fits.includes(group)).flatMap((admission) => valuesOf(key, admission)));
  return admissions
    .filter(({ refusal, group }) => refusal?.by === 'taint' && group.size.min > 0)
    .filter((admission) => key === HOST || valuesOf(key, admission).some((value) => !open.has(value)))
    .map(({ group }) => group.name);
}

function surges({ template }: Placed): boolean {
  const { object } = template.subject;
  const unavailable = at(object, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable');
  return object.kind === 'Deployment' && ['0', '0%'].includes(shown(unavailable).replaceAll('"', ''));
}

function pathOf({ template }: Placed): string {
  return template.field === '' ? 'spec' : `${template.field}.spec`;
}
