import type { App } from 'cdk8s';
import { NamedChart } from '../../synth/collect';
import { type Component, catalogue, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { kustomization } from '../gitops';
import { componentLabels } from '../native/labels';
import { type Edge, policiesOf } from '../network';
import { PARTIES } from './network';
import { certManagerPrograms } from './programs';
import { certManagerRoles } from './roles';
import { certManagerWebhooks } from './webhooks';

/** cert-manager: its programs, roles, webhooks and network policies; one Argo CD Application. */
export class CertManagerChart extends NamedChart {
  constructor(scope: App, id: string, cluster: Cluster, edges: readonly Edge[]) {
    super(scope, id);
    certManagerPrograms(this, cluster);
    certManagerRoles(this, releaseFor(catalogue['cert-manager'], cluster).version);
    certManagerWebhooks(this);
    for (const [part, party] of Object.entries(PARTIES)) {
      policiesOf(this, `network-${part}`, party, edges, componentLabels('cert-manager', part));
    }
  }
}

/** Definitions of a component that upstream offers as a file: a kustomization that names it; one Argo CD Application. */
export class ReleaseCrdsChart extends NamedChart {
  /** @throws when the catalogue has no file of definitions for the release that the cluster runs */
  constructor(scope: App, id: string, cluster: Cluster, component: Component) {
    super(scope, id);
    const { crds, version } = releaseFor(component, cluster);
    if (crds === undefined || !('url' in crds)) {
      throw new Error(`charts/catalogue/components/${component.name}.ts: ${version} names no file of definitions. Add \`crds: { url }\`.`);
    }
    kustomization(this, id, [crds.url]);
  }
}
