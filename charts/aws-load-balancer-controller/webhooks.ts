import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { serviceCertificate } from '../certificates';
import { componentLabels, componentSelector } from '../native/labels';
import { NAME, NAMESPACE, WEBHOOK_SERVICE } from './network';

/** Secret of the webhooks' certificate. */
export const WEBHOOK_SECRET = `${NAME}-tls`;

/** Label of a Namespace whose pods are ready only once their load balancer says so; its value is `enabled`. */
export const READINESS_GATE_LABEL = 'elbv2.k8s.aws/pod-readiness-gate-inject';

/**
 * The webhooks, their Service and their certificate. Of upstream's the one is left out that would give every new Service of type
 * LoadBalancer to the controller: it would stop all Services while the controller is away; ours say `loadBalancerClass` themselves. So
 * are those of QUIC and of the agent of target control, which are off.
 * @param ingresses - whether Ingresses are checked: also those that are not the controller's, so only where there are such of its own
 */
export function awsLoadBalancerControllerWebhooks(scope: Construct, ingresses: boolean): void {
  const labels = componentLabels(NAME, 'controller');
  new k8s.KubeService(scope, 'service-webhook', {
    metadata: { name: WEBHOOK_SERVICE, namespace: NAMESPACE, labels },
    spec: {
      type: 'ClusterIP',
      selector: componentSelector(NAME, 'controller'),
      ports: [{ name: 'webhook', port: 443, protocol: 'TCP', targetPort: k8s.IntOrString.fromString('webhook') }],
    },
  });
  serviceCertificate(scope, 'certificate', {
    name: NAME,
    namespace: NAMESPACE,
    service: WEBHOOK_SERVICE,
    secretName: WEBHOOK_SECRET,
    labels,
  });
  const metadata = { name: NAME, labels, annotations: { 'cert-manager.io/inject-ca-from': `${NAMESPACE}/${NAME}` } };
  new k8s.KubeMutatingWebhookConfiguration(scope, 'mutating-webhook', {
    metadata,
    webhooks: [
      {
        ...webhook('mpod.elbv2.k8s.aws', '/mutate-v1-pod', ['CREATE'], { apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }),
        // A pod without the gate is better than none.
        failurePolicy: 'Ignore',
        namespaceSelector: { matchExpressions: [{ key: READINESS_GATE_LABEL, operator: 'In', values: ['enabled'] }] },
        objectSelector: { matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'NotIn', values: [NAME] }] },
      },
      webhook('mtargetgroupbinding.elbv2.k8s.aws', '/mutate-elbv2-k8s-aws-v1beta1-targetgroupbinding', BOTH, OWN('targetgroupbindings')),
    ],
  });
  new k8s.KubeValidatingWebhookConfiguration(scope, 'validating-webhook', {
    metadata,
    webhooks: [
      webhook('vingressclassparams.elbv2.k8s.aws', '/validate-elbv2-k8s-aws-v1beta1-ingressclassparams', BOTH, OWN('ingressclassparams')),
      webhook('vtargetgroupbinding.elbv2.k8s.aws', '/validate-elbv2-k8s-aws-v1beta1-targetgroupbinding', BOTH, OWN('targetgroupbindings')),
      ...(ingresses
        ? [
            webhook('vingress.elbv2.k8s.aws', '/validate-networking-v1-ingress', BOTH, {
              apiGroups: ['networking.k8s.io'],
              apiVersions: ['v1'],
              resources: ['ingresses'],
            }),
          ]
        : []),
    ],
  });
}

const BOTH = ['CREATE', 'UPDATE'];

const OWN = (resource: string) => ({ apiGroups: ['elbv2.k8s.aws'], apiVersions: ['v1beta1'], resources: [resource] });

const webhook = (name: string, path: string, operations: string[], rule: Omit<k8s.RuleWithOperations, 'operations'>) => ({
  name,
  admissionReviewVersions: ['v1'],
  clientConfig: { service: { name: WEBHOOK_SERVICE, namespace: NAMESPACE, path } },
  failurePolicy: 'Fail',
  matchPolicy: 'Equivalent',
  sideEffects: 'None',
  timeoutSeconds: 10,
  rules: [{ ...rule, operations }],
});
