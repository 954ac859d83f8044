import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClusterDefinition } from '../../fleet/definition';
import { readContract } from '../../fleet/read-data';
import type { KubeObject } from '../../synth/object';
import { casesOn, type Laid, lay } from './harness/cases';
import { missingControllers } from './harness/controllers';
import { crdsFolder } from './harness/crds';
import { runCronJobs } from './harness/cron';
import { warningEvents } from './harness/events';
import { unhealthy } from './harness/health';
import { deafServices, missedNodes, rigidBudgets, stuckPods } from './harness/judgement';
import { isMetricsApi } from './harness/metrics';
import { planOf } from './harness/plan';
import { type Ground, type RunningCluster, startRunning } from './harness/running';
import { settle } from './harness/settle';
import { standIns } from './harness/stand-ins';
import { sync } from './harness/sync';
import { open, ownTargets, REPOSITORY, type TestCluster } from './harness/targets';
import { waitAfter } from './harness/waits';

// Each cluster of dist with real controllers and a real scheduler, on nodes that are made from its node groups.

if (ownTargets().length === 0) test.skip('needs a control plane of our own', () => {});

describe.each(ownTargets())('Kubernetes $name', ({ binaries, ...target }) => {
  const missing = missingControllers(binaries);
  describe.skipIf(missing.length > 0)(`with controllers${missing.length > 0 ? ` (${binaries} lacks ${missing.join(', ')})` : ''}`, () => {
    describe.each(casesOn({ ...target, binaries }))('$title', (tried) => {
      const ground = groundOf(tried.definition);
      const late: string[] = [];
      let laid: Laid;
      let cluster: TestCluster;
      let running: RunningCluster;
      let refused: readonly string[];

      beforeAll(async () => {
        laid = lay(tried);
        cluster = await open({ ...target, binaries });
        if (cluster.own === undefined) throw new Error('not a control plane of our own');
        const { client } = cluster;
        running = await startRunning(cluster.own, binaries, cluster.line, ground);
        const plan = planOf(laid.root, tried.cluster);
        const brought = standIns(client);
        // Metrics are there when the API server is told where: by dist, or by whoever made the cluster.
        const isTold = plan.stages.some(({ documents }) => documents.some(({ object }) => isMetricsApi(object)));
        if (!isTold) await running.serveMetrics();
        const of = new Map<string, KubeObject[]>();
        const { applied } = await sync(client, plan, {
          crds: crdsFolder(cluster.line, REPOSITORY),
          afterStage: async (stage, applied) => {
            const stored = applied.flatMap((each) => each.stored ?? []);
            await brought.see(stored);
            if (stored.some(isMetricsApi)) await running.serveMetrics();
            of.set(stage.application, [...(of.get(stage.application) ?? []), ...stored]);
            const wait = waitAfter(plan, stage);
            // Argo CD stops at the first that stays unhealthy; here the rest is applied without waiting, for all findings at once.
            if (wait === 'none' || late.length > 0) return;
            const objects = wait === 'all' ? [...of.values()].flat() : of.get(stage.application);
            const look = async () => {
              if (brought.waiting().length > 0) await brought.see([]);
              return [...(await unhealthy(client, objects)), ...brought.waiting()];
            };
            const found = await settle(look, 60_000);
            late.push(...found.map((text) => `after wave ${stage.wave} of ${stage.application}: ${text}`));
          },
        });
        const judged = applied.filter(({ refusal }) => refusal !== undefined);
        refused = [...judged.map(({ document, refusal }) => `${document.source}: ${refusal}`), ...(await runCronJobs(client))];
        await settle(() => unhealthy(client), late.length > 0 ? 5_000 : 60_000);
        console.info(
          `nodes: ${ground.nodeGroups.map((group) => `${group.name} ${running.nodes.count(group)} of ${group.size.max}`).join(', ')}`,
        );
      }, 300_000);
      afterAll(async () => {
        laid?.remove();
        await running?.stop();
        await cluster?.stop();
      });

      test('every object is accepted, and so is a Job of every CronJob', () => {
        expect(refused).toEqual([]);
      });

      test('every wave becomes healthy before the next one', () => {
        expect(late).toEqual([]);
      });

      test('every Deployment, StatefulSet, DaemonSet, Job, claim and autoscaler does, and a Job of every CronJob', async () => {
        expect(await unhealthy(cluster.client)).toEqual([]);
      });

      test('every pod runs and is ready, or has ended well', async () => {
        expect(await stuckPods(cluster.client)).toEqual([]);
      });

      test('every node has its agents', async () => {
        expect(await settle(() => missedNodes(cluster.client), 5_000)).toEqual([]);
      });

      test('every named port of a Service has a ready endpoint', async () => {
        expect(await settle(() => deafServices(cluster.client), 5_000)).toEqual([]);
      });

      test('every PodDisruptionBudget allows a disruption', async () => {
        expect(await settle(() => rigidBudgets(cluster.client), 5_000)).toEqual([]);
      });

      test('no event warns, but of pods that a new node within the maximum helped', async () => {
        expect(await warningEvents(cluster.client, running.autoscaler.isAnswered)).toEqual([]);
      });
    });
  });
});

/** What a cluster's overlay and contract say of its nodes. */
function groundOf({ name, props }: ClusterDefinition): Ground {
  const { vpc } = readContract(`overlays/${name}/aws.yaml`, REPOSITORY).data;
  return { nodeGroups: props.nodeGroups, subnets: vpc.subnets.private };
}
