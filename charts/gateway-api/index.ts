import { catalogue, compareVersions, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { crds, type Unit } from '../gitops';
import type { PlatformComponent } from '../platform/component';

const GROUP = 'gateway.networking.k8s.io';
/** Version since which the folder has an admission policy too: it keeps definitions of older and of experimental releases out. */
const POLICY_SINCE = 'v1.5.0';

/** @throws when the catalogue has no folder of definitions for the release that the cluster runs */
function unit(cluster: Cluster): Unit {
  const { crds: source, version } = releaseFor(catalogue['gateway-api'], cluster);
  if (source === undefined || 'url' in source) {
    throw new Error(
      `charts/catalogue/components/gateway-api.ts: ${version} names no folder of definitions. Add \`crds\` with path and tag.`,
    );
  }
  return {
    name: 'gateway-api',
    tier: 'platform',
    project: 'platform',
    // CRDs have no namespace; Argo CD wants one all the same.
    namespace: 'default',
    stage: 'crds',
    provides: [crds(GROUP)],
    needs: [],
    source: { kind: 'git', repoURL: source.repository, path: source.path, tag: source.tag },
    objects: [],
    clusterKinds: [
      { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
      ...(compareVersions(version, POLICY_SINCE) < 0
        ? []
        : ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'].map((kind) => ({
            group: 'admissionregistration.k8s.io',
            kind,
          }))),
    ],
    namespacedKinds: [],
  };
}

/** Definitions of the Gateway API's standard channel, from upstream's repository: the mesh's routes are of its kinds. */
export function gatewayApi(cluster: Cluster): PlatformComponent {
  return {
    runs: [catalogue['gateway-api']],
    namespaces: [],
    network: { parties: [], edges: [] },
    deliver: () => [{ unit: unit(cluster) }],
  };
}
