import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { componentLabels, componentSelector } from '../native/labels';
import { CERT_MANAGER_NAMESPACE, PROGRAMS, WEBHOOK_CA_SECRET } from './names';

const NAME = PROGRAMS.webhook;
const GROUP = 'cert-manager.io';

/**
 * The webhook's Service, and what the API server asks of it: whether an object of cert-manager is sound, and who made a request. The
 * webhook makes its own CA; the CA injector writes it into both configurations, which Argo CD leaves alone because it is not rendered.
 */
export function certManagerWebhooks(scope: Construct): void {
  const labels = componentLabels('cert-manager', 'webhook');
  new k8s.KubeService(scope, 'service-webhook', {
    metadata: { name: NAME, namespace: CERT_MANAGER_NAMESPACE, labels },
    spec: {
      type: 'ClusterIP',
      selector: componentSelector('cert-manager', 'webhook'),
      ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: k8s.IntOrString.fromString('https') }],
    },
  });
  const metadata = {
    name: NAME,
    labels,
    annotations: { 'cert-manager.io/inject-ca-from-secret': `${CERT_MANAGER_NAMESPACE}/${WEBHOOK_CA_SECRET}` },
  };
  const common = (path: string) => ({
    name: 'webhook.cert-manager.io',
    admissionReviewVersions: ['v1'],
    clientConfig: { service: { name: NAME, namespace: CERT_MANAGER_NAMESPACE, path } },
    failurePolicy: 'Fail',
    matchPolicy: 'Equivalent',
    sideEffects: 'None',
    timeoutSeconds: 30,
  });
  new k8s.KubeValidatingWebhookConfiguration(scope, 'validating-webhook', {
    metadata,
    webhooks: [
      {
        ...common('/validate'),
        namespaceSelector: { matchExpressions: [{ key: 'cert-manager.io/disable-validation', operator: 'NotIn', values: ['true'] }] },
        rules: [{ apiGroups: [GROUP, `acme.${GROUP}`], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['*/*'] }],
      },
    ],
  });
  new k8s.KubeMutatingWebhookConfiguration(scope, 'mutating-webhook', {
    metadata,
    webhooks: [
      {
        ...common('/mutate'),
        rules: [{ apiGroups: [GROUP], apiVersions: ['v1'], operations: ['CREATE'], resources: ['certificaterequests'] }],
      },
    ],
  });
}
