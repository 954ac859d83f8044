import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { crds, namespace, service, type Unit } from '../gitops';
import { argocdNamespace } from '../gitops/argo-cd';
import type { Delivery, PlatformComponent } from '../platform/component';
import { crdsUnit } from '../platform/crds-unit';
import { chartSource } from '../platform/pinned';
import { ArgoCdConfigChart, secretsOf } from './chart';
import { type ArgoCdChoices, checkArgoCdChoices } from './choices';
import { RELEASE } from './names';
import { argoCdNetwork } from './network';
import { argoCdValues } from './values';

export type { ArgoCdChoices, ArgoCdLogin, ArgoCdNotifications } from './choices';
export { type ArgoCdValues, argoCdValues } from './values';

/** What Argo CD may request, with room for a rollout of each program. */
const QUOTA = { cpu: '1500m', memory: '4Gi', pods: 20 } as const;
const RBAC = 'rbac.authorization.k8s.io';

function unit(cluster: Cluster, choices: ArgoCdChoices): Unit {
  return {
    name: RELEASE,
    tier: 'platform',
    project: 'platform',
    namespace: argocdNamespace,
    provides: [service('argo-cd')],
    needs: [namespace(argocdNamespace), crds('argoproj.io'), crds('monitoring.coreos.com')],
    source: chartSource(catalogue['argo-cd'], cluster, argoCdValues(cluster, choices)),
    objects: [],
    keepOnDelete: true,
    clusterKinds: [
      { group: RBAC, kind: 'ClusterRole' },
      { group: RBAC, kind: 'ClusterRoleBinding' },
    ],
    namespacedKinds: [
      { group: '', kind: 'ConfigMap' },
      { group: '', kind: 'Secret' },
      { group: '', kind: 'Service' },
      { group: '', kind: 'ServiceAccount' },
      { group: 'apps', kind: 'Deployment' },
      { group: 'apps', kind: 'StatefulSet' },
      { group: 'batch', kind: 'Job' },
      { group: 'monitoring.coreos.com', kind: 'ServiceMonitor' },
      { group: 'policy', kind: 'PodDisruptionBudget' },
      { group: RBAC, kind: 'Role' },
      { group: RBAC, kind: 'RoleBinding' },
    ],
  };
}

/**
 * Argo CD itself: installed by hand once, from then on an Application like any other.
 * @throws when a host is wanted without ingress-nginx
 */
export function argoCd(cluster: Cluster, choices: ArgoCdChoices = {}): PlatformComponent {
  checkArgoCdChoices(choices, cluster);
  const fetches = secretsOf(cluster, choices).length > 0;
  return {
    runs: [catalogue['argo-cd']],
    // It applies its own policies: cut off from the API server before its own is there, it could not apply that.
    namespaces: [{ name: argocdNamespace, meshed: false, quota: QUOTA, denyLast: true }],
    network: argoCdNetwork(cluster, choices),
    deliver: (app): readonly Delivery[] => [
      { unit: crdsUnit(catalogue['argo-cd'], cluster, ['argoproj.io']) },
      { unit: unit(cluster, choices) },
      ...(fetches || choices.host !== undefined
        ? [
            {
              chart: new ArgoCdConfigChart(app, 'argo-cd-config', cluster, choices),
              namespace: argocdNamespace,
              needs: [...(fetches ? [service('external-secrets')] : []), ...(choices.host === undefined ? [] : [service('cert-manager')])],
            },
          ]
        : []),
    ],
  };
}
