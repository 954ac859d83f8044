import type { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { NamedChart } from '../../synth/collect';
import { role } from '../aws/refs';
import { catalogue, imageOf, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { ingressOf } from '../exposure';
import { componentLabels } from '../native/labels';
import { program } from '../native/program';
import { type Edge, policiesOf } from '../network';
import { http } from '../workload/probe';
import { NAME, NAMESPACE, PODS, PORTS } from './network';
import { awsLoadBalancerControllerRoles } from './roles';
import { awsLoadBalancerControllerWebhooks, WEBHOOK_SECRET } from './webhooks';

const CERTIFICATE_PATH = '/tmp/k8s-webhook-server/serving-certs';

/** The AWS Load Balancer Controller: its program, roles and webhooks, and the class of its Ingresses; one Argo CD Application. */
export class AwsLoadBalancerControllerChart extends NamedChart {
  /** @throws when the contract has no role for it */
  constructor(scope: App, id: string, cluster: Cluster, edges: readonly Edge[]) {
    super(scope, id);
    const component = catalogue[NAME];
    const release = releaseFor(component, cluster);
    const labels = componentLabels(NAME, 'controller');
    const albClass = albClassOf(cluster);
    program(this, cluster, {
      component: NAME,
      part: 'controller',
      name: NAME,
      namespace: NAMESPACE,
      image: imageOf(component, release, 'controller'),
      version: release.version,
      args: argsOf(cluster, albClass),
      ports: PORTS,
      replicas: cluster.environment.highAvailability ? 2 : 1,
      resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
      liveness: { check: http('/healthz'), port: 'health', initialDelaySeconds: 30, timeoutSeconds: 10 },
      readiness: { check: http('/readyz'), port: 'health', initialDelaySeconds: 10, timeoutSeconds: 10 },
      volumes: { tls: { volume: { secret: { secretName: WEBHOOK_SECRET } }, mountPath: CERTIFICATE_PATH } },
      // An IAM role must be assumed through exactly this service account.
      accountAnnotations: { 'eks.amazonaws.com/role-arn': role(cluster.aws, NAMESPACE, NAME) },
      metrics: { port: 'metrics', path: '/metrics' },
    });
    awsLoadBalancerControllerRoles(this);
    awsLoadBalancerControllerWebhooks(this, albClass !== undefined);
    if (albClass !== undefined) {
      new k8s.KubeIngressClass(this, 'ingress-class', {
        metadata: { name: albClass, labels },
        spec: { controller: 'ingress.k8s.aws/alb' },
      });
    }
    policiesOf(this, 'network', PODS, edges, labels);
  }
}

/** Class of the Ingresses that ALBs serve, in a cluster whose choice that is. */
function albClassOf(cluster: Cluster): string | undefined {
  const ingress = ingressOf(cluster);
  return ingress.kind === 'alb' ? (ingress.className ?? 'alb') : undefined;
}

function argsOf({ aws: { data } }: Cluster, albClass: string | undefined): readonly string[] {
  return [
    `--cluster-name=${data.cluster.name}`,
    // Otherwise it asks the metadata service of its node for these two, which pods do not reach.
    `--aws-region=${data.region}`,
    `--aws-vpc-id=${data.vpc.id}`,
    `--ingress-class=${albClass ?? 'alb'}`,
    // Straight to the pods: one hop less, and no node port.
    '--default-target-type=ip',
    // Asked of AWS for every load balancer, and not had.
    '--enable-shield=false',
    '--enable-waf=false',
    `--enable-wafv2=${data.webAcl !== undefined}`,
    '--feature-gates=ALBGatewayAPI=false,NLBGatewayAPI=false',
    `--webhook-bind-port=${PORTS.webhook}`,
    `--webhook-cert-dir=${CERTIFICATE_PATH}`,
    `--metrics-bind-addr=:${PORTS.metrics}`,
    `--health-probe-bind-addr=:${PORTS.health}`,
  ];
}
