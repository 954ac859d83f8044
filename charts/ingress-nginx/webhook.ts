import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { serviceCertificate } from '../certificates';
import type { Labels } from '../workload/labels';
import { INGRESS_NGINX_NAMESPACE, NAMES } from './names';

/** The admission webhook, which refuses Ingresses that would break nginx's configuration for everybody; with its Service and certificate. */
export function admissionWebhook(scope: Construct, port: number, selector: Labels, labels: Labels): void {
  const namespace = INGRESS_NGINX_NAMESPACE;
  serviceCertificate(scope, 'admission-certificate', {
    name: NAMES.admission,
    namespace,
    secretName: NAMES.admission,
    service: NAMES.admissionService,
    labels,
  });
  new k8s.KubeService(scope, 'admission-service', {
    metadata: { name: NAMES.admissionService, namespace, labels },
    spec: {
      type: 'ClusterIP',
      selector,
      ports: [{ name: 'webhook', port, targetPort: k8s.IntOrString.fromString('webhook'), appProtocol: 'https' }],
    },
  });
  new k8s.KubeValidatingWebhookConfiguration(scope, 'admission', {
    metadata: { name: NAMES.admission, labels, annotations: { 'cert-manager.io/inject-ca-from': `${namespace}/${NAMES.admission}` } },
    webhooks: [
      {
        name: 'validate.nginx.ingress.kubernetes.io',
        admissionReviewVersions: ['v1'],
        clientConfig: { service: { namespace, name: NAMES.admissionService, path: '/networking/v1/ingresses', port } },
        rules: [
          { apiGroups: ['networking.k8s.io'], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['ingresses'], scope: '*' },
        ],
        failurePolicy: 'Fail',
        matchPolicy: 'Equivalent',
        sideEffects: 'None',
        timeoutSeconds: 10,
      },
    ],
  });
}
