import { describe, expect, test } from 'vitest';
import { environments } from '../../overlays/environments';
import { aCronJob, aService, migration } from './fixtures';
import { clusterWith, podOf, type Rendered, render } from './support';

describe('placement', () => {
  const database = { name: 'orders', poolSize: 5 };
  const rendered = render(aService({ nodeGroup: 'picky', database, migration }));

  test('requires all labels of the node group, and tolerates all its taints', () => {
    const { affinity, tolerations } = podOf(rendered).spec;
    expect(affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms).toEqual([
      {
        matchExpressions: [
          { key: 'pool', operator: 'In', values: ['picky'] },
          { key: 'tier', operator: 'In', values: ['application'] },
        ],
      },
    ]);
    expect(tolerations).toEqual([
      { key: 'pool', operator: 'Equal', value: 'picky', effect: 'NoSchedule' },
      { key: 'drained', operator: 'Exists', effect: 'NoExecute' },
    ]);
  });

  test('tolerates nothing where there are no taints', () => {
    expect(podOf(render(aService())).spec).not.toHaveProperty('tolerations');
  });

  test('holds for the migration and for cron jobs too', () => {
    const { affinity, tolerations } = podOf(rendered).spec;
    expect(podOf(rendered, 'Job').spec).toMatchObject({ affinity, tolerations });
    expect(podOf(render(aCronJob({ nodeGroup: 'picky' })), 'CronJob').spec).toMatchObject({ affinity, tolerations });
  });

  test('on a group that the cluster does not have is refused, with those it has', () => {
    expect(() => render(aService({ nodeGroup: 'gpu' }))).toThrow(
      /subject: nodeGroup of subject: no node group "gpu".*there are "plain", "picky"/,
    );
  });
});

describe('spread', () => {
  const constraints = (more = {}, cluster = {}): Rendered[] =>
    podOf(render(aService(more), { cluster }), 'claims' in more ? 'StatefulSet' : 'Deployment').spec.topologySpreadConstraints;

  test('is over zones and hosts', () => {
    expect(constraints().map(({ topologyKey }) => topologyKey)).toEqual(['topology.kubernetes.io/zone', 'kubernetes.io/hostname']);
    for (const { maxSkew } of constraints()) expect(maxSkew).toBe(1);
  });

  test('over zones is a must where the environment says so; over hosts never, or a small group would block a rollout', () => {
    const unsatisfiable = (environment: keyof typeof environments) =>
      constraints({}, { environment: environments[environment] }).map(({ whenUnsatisfiable }) => whenUnsatisfiable);
    expect(unsatisfiable('dev')).toEqual(['ScheduleAnyway', 'ScheduleAnyway']);
    expect(unsatisfiable('production')).toEqual(['DoNotSchedule', 'ScheduleAnyway']);
  });

  test('over zones is no must on spot nodes, which a zone may run out of', () => {
    const { nodeGroups } = clusterWith();
    const unsatisfiable = (spot: string) =>
      constraints(
        {},
        {
          environment: environments.production,
          nodeGroups: nodeGroups.map((group) => ({ ...group, spot: group.name === spot })),
        },
      ).map(({ whenUnsatisfiable }) => whenUnsatisfiable);
    expect(unsatisfiable('plain')).toEqual(['ScheduleAnyway', 'ScheduleAnyway']);
    expect(unsatisfiable('picky')).toEqual(['DoNotSchedule', 'ScheduleAnyway']);
  });

  test('leaves out nodes that take no pods', () => {
    for (const { nodeTaintsPolicy } of constraints()) expect(nodeTaintsPolicy).toBe('Honor');
  });

  test('counts the pods of one revision of a Deployment; those of a StatefulSet have no such label', () => {
    for (const { matchLabelKeys } of constraints()) expect(matchLabelKeys).toEqual(['pod-template-hash']);
    const claims = { data: { mountPath: '/data', size: '1Gi', storageClass: 'gp3' } };
    for (const constraint of constraints({ claims })) expect(constraint).not.toHaveProperty('matchLabelKeys');
  });
});
