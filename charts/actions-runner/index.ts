import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { crds, namespace, service, type Unit } from '../gitops';
import type { PlatformComponent } from '../platform/component';
import { crdsUnit } from '../platform/crds-unit';
import { chartSource } from '../platform/pinned';
import { RunnerConfigChart } from './chart';
import { type ActionsRunnerChoices, checkRunnerSets, type RunnerSet } from './choices';
import { ARC_NAMESPACE, CONTROLLER, RUNNERS_NAMESPACE } from './names';
import { actionsRunnerNetwork } from './network';
import { controllerValues, runnerSetValues } from './values';

export type { ActionsRunnerChoices, RunnerSet } from './choices';
export { ARC_NAMESPACE, RUNNERS_NAMESPACE } from './names';
export { type ControllerValues, controllerValues, type RunnerSetValues, runnerSetValues } from './values';

const GROUP = 'actions.github.com';
const RBAC = 'rbac.authorization.k8s.io';
const CONFIG = service('actions-runner-config');

function controller(cluster: Cluster): Unit {
  return {
    name: CONTROLLER,
    tier: 'platform',
    project: 'platform',
    namespace: ARC_NAMESPACE,
    provides: [service(CONTROLLER)],
    needs: [namespace(ARC_NAMESPACE), namespace(RUNNERS_NAMESPACE), crds(GROUP)],
    source: { ...chartSource(catalogue['arc-controller'], cluster, controllerValues(cluster)), skipCrds: true },
    objects: [],
    clusterKinds: [],
    namespacedKinds: [
      { group: '', kind: 'ServiceAccount' },
      { group: 'apps', kind: 'Deployment' },
      { group: RBAC, kind: 'Role' },
      { group: RBAC, kind: 'RoleBinding' },
    ],
    extraNamespaces: [RUNNERS_NAMESPACE],
  };
}

function runners(cluster: Cluster, set: RunnerSet): Unit {
  return {
    name: `runners-${set.name}`,
    tier: 'platform',
    project: 'platform',
    namespace: RUNNERS_NAMESPACE,
    provides: [],
    needs: [namespace(RUNNERS_NAMESPACE), service(CONTROLLER), crds(GROUP), CONFIG],
    source: { ...chartSource(catalogue['arc-runner-set'], cluster, runnerSetValues(cluster, set)), releaseName: set.name },
    objects: [],
    clusterKinds: [],
    namespacedKinds: [
      { group: '', kind: 'ServiceAccount' },
      { group: GROUP, kind: 'AutoscalingRunnerSet' },
      { group: RBAC, kind: 'Role' },
      { group: RBAC, kind: 'RoleBinding' },
    ],
  };
}

/**
 * GitHub Actions runners: a controller, a listener per set, and a pod for each job that is gone after it.
 * @throws when sets contradict each other
 */
export function actionsRunner(cluster: Cluster, choices: ActionsRunnerChoices): PlatformComponent {
  checkRunnerSets(choices, cluster.name);
  return {
    runs: [catalogue['arc-controller'], catalogue['arc-runner-set']],
    namespaces: [
      {
        name: ARC_NAMESPACE,
        meshed: false,
        quota: { cpu: '500m', memory: '1Gi', pods: 6 + 2 * choices.sets.length },
      },
      { name: RUNNERS_NAMESPACE, meshed: false, quota: choices.quota },
    ],
    network: actionsRunnerNetwork(cluster),
    deliver: (app) => [
      { unit: crdsUnit(catalogue['arc-controller'], cluster, [GROUP]) },
      { unit: controller(cluster) },
      {
        chart: new RunnerConfigChart(app, 'actions-runner-config', cluster, choices),
        namespace: RUNNERS_NAMESPACE,
        provides: [CONFIG],
        needs: [service('external-secrets')],
      },
      ...choices.sets.map((set) => ({ unit: runners(cluster, set) })),
    ],
  };
}
