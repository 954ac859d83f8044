import type { App } from 'cdk8s';
import { Certificate, ClusterIssuer } from '../../imports/cert-manager.io';
import { customResource } from '../../imports/custom-resource';
import { PodMonitor } from '../../imports/monitoring.coreos.com';
import { Bundle } from '../../imports/trust.cert-manager.io';
import { NamedChart } from '../../synth/collect';
import { CERT_MANAGER_NAMESPACE } from '../cert-manager/names';
import { ISSUERS, ROOT_DURATION, ROOT_RENEW_BEFORE, serviceCertificate } from '../certificates';
import type { Cluster } from '../cluster';
import { standardLabels } from '../workload/labels';
import { anchorName, CLUSTER_DOMAIN, CNI_NAMESPACE, IDENTITY_ISSUER, LINKERD_NAMESPACE, TRUST_ROOTS, WEBHOOKS } from './names';
import { anchorsOf, type LinkerdProps } from './props';

const GROUP = 'cert-manager.io';
/** What Linkerd reads; other algorithms it refuses. */
const KEY = { algorithm: 'ECDSA', size: 256 } as const;

/**
 * Everything that the control plane needs before it starts: the mesh's roots, the issuer that they sign, the bundle of trusted roots, and
 * the certificates of the webhooks. One Argo CD Application. Keys are made in the cluster and stay in their Secrets.
 */
export class MeshIdentityChart extends NamedChart {
  /** @throws as `anchorsOf` does */
  constructor(scope: App, id: string, cluster: Cluster, props: LinkerdProps) {
    super(scope, id);
    const labels = { ...standardLabels(id, 'platform', cluster.platform) };
    const anchors = anchorsOf(props, `overlays/${cluster.name}/cluster.ts`);
    const [current] = anchors;
    for (const anchor of anchors) {
      const name = anchorName(anchor);
      customResource(this, `anchor-${anchor}`, Certificate, {
        metadata: { name, namespace: CERT_MANAGER_NAMESPACE, labels },
        spec: {
          isCA: true,
          commonName: `root.linkerd.${CLUSTER_DOMAIN}`,
          secretName: name,
          duration: ROOT_DURATION,
          renewBefore: ROOT_RENEW_BEFORE,
          // People change roots, in steps: a renewal that comes by itself must not make a new one.
          privateKey: { ...KEY, rotationPolicy: 'Never' },
          usages: ['cert sign', 'crl sign'],
          issuerRef: { group: GROUP, kind: 'ClusterIssuer', name: ISSUERS.selfSigned },
        },
      });
    }
    // Named after its root: with another root the issuer below has another signer, and cert-manager makes it anew at once.
    customResource(this, 'anchor-issuer', ClusterIssuer, {
      metadata: { name: anchorName(current), labels },
      spec: { ca: { secretName: anchorName(current) } },
    });
    customResource(this, 'identity-issuer', Certificate, {
      metadata: { name: IDENTITY_ISSUER, namespace: LINKERD_NAMESPACE, labels },
      spec: {
        isCA: true,
        commonName: `identity.linkerd.${CLUSTER_DOMAIN}`,
        dnsNames: [`identity.linkerd.${CLUSTER_DOMAIN}`],
        secretName: IDENTITY_ISSUER,
        duration: '48h',
        renewBefore: '25h',
        privateKey: { ...KEY, rotationPolicy: 'Always' },
        usages: ['cert sign', 'crl sign', 'server auth', 'client auth'],
        revisionHistoryLimit: 1,
        issuerRef: { group: GROUP, kind: 'ClusterIssuer', name: anchorName(current) },
      },
    });
    customResource(this, 'trust-roots', Bundle, {
      metadata: { name: TRUST_ROOTS, labels },
      spec: {
        sources: anchors.map((anchor) => ({ secret: { name: anchorName(anchor), key: 'tls.crt' } })),
        target: {
          configMap: { key: 'ca-bundle.crt' },
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': LINKERD_NAMESPACE } },
        },
      },
    });
    for (const service of Object.values(WEBHOOKS)) {
      serviceCertificate(this, `webhook-${service}`, {
        name: service,
        namespace: LINKERD_NAMESPACE,
        service,
        secretName: `${service}-k8s-tls`,
        labels,
      });
    }
    if (cluster.meshCni === true) this.cniMonitor(labels);
  }

  /** The plugin's chart has no monitor of its own. Its port has another name in each release. */
  private cniMonitor(labels: { readonly [label: string]: string }): void {
    customResource(this, 'cni-monitor', PodMonitor, {
      metadata: {
        name: 'linkerd-cni',
        namespace: CNI_NAMESPACE,
        labels,
        annotations: { 'ignore-check.fleet/pod-monitor-selects-pods': 'The pods come with a chart that is pinned.' },
      },
      spec: {
        selector: { matchLabels: { 'k8s-app': 'linkerd-cni' } },
        podMetricsEndpoints: [{ portNumber: 9990, path: '/metrics' }],
      },
    });
  }
}
