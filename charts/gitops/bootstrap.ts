import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { appProject } from '../../imports/argo-cd';
import { argocdNamespace, inCluster } from './argo-cd';
import { applicationHealthScript } from './health';
import type { GitOpsFacts, GitOpsPolicy } from './policy';
import { distinct } from './project';
import { bootstrapProjectName, rootApplication } from './root';

/** What Argo CD's settings need for waves to wait; whatever renders the whole of `argocd-cm` must carry it too. */
export const argocdSettings: Readonly<Record<string, string>> = {
  'resource.customizations.health.argoproj.io_Application': applicationHealthScript,
};

/**
 * Adds the documents of a cluster's `bootstrap.yaml`: settings, the project `bootstrap`, and the two roots. The ConfigMap is a part of
 * Argo CD's own, so the file is for `kubectl apply --server-side`, which leaves the other settings alone.
 */
export function bootstrapDocuments(scope: Construct, facts: GitOpsFacts, policy: GitOpsPolicy): void {
  new ApiObject(scope, 'configmap-argocd-cm', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    // Argo CD reads its settings only from a ConfigMap with this label.
    metadata: { name: 'argocd-cm', namespace: argocdNamespace, labels: { 'app.kubernetes.io/part-of': 'argocd' } },
    data: argocdSettings,
  });
  appProject(scope, 'project-bootstrap', {
    metadata: { name: bootstrapProjectName, namespace: argocdNamespace },
    spec: {
      description: 'The roots: Applications and AppProjects, nothing else. No sync windows, or a freeze could not be lifted.',
      sourceRepos: distinct([facts.repositories.platform, facts.repositories.workloads]),
      destinations: [{ server: inCluster, namespace: argocdNamespace }],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: [
        { group: 'argoproj.io', kind: 'AppProject' },
        { group: 'argoproj.io', kind: 'Application' },
      ],
    },
  });
  rootApplication(scope, 'platform', facts, policy);
  rootApplication(scope, 'workloads', facts, policy);
}
