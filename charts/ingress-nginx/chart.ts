import type { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { NamedChart } from '../../synth/collect';
import type { Cluster } from '../cluster';
import type { NginxIngress } from '../exposure';
import { componentLabels, componentSelector } from '../native/labels';
import { type Edge, policiesOf } from '../network';
import { portOf } from '../network/party';
import { nginxConfig } from './config';
import { controller } from './controller';
import { loadBalancer } from './load-balancer';
import { CONTROLLER_CLASS, INGRESS_NGINX_NAMESPACE, NAMES } from './names';
import { controllerParty } from './network';
import { admissionWebhook } from './webhook';

/** The ingress controller with its load balancer, class, configuration and admission webhook; one Argo CD Application. */
export class IngressNginxChart extends NamedChart {
  /** @param edges - who may connect to what, in the whole cluster */
  constructor(scope: App, id: string, cluster: Cluster, choice: NginxIngress, edges: readonly Edge[]) {
    super(scope, id);
    const namespace = INGRESS_NGINX_NAMESPACE;
    const labels = componentLabels('ingress-nginx', 'controller');
    const selector = componentSelector('ingress-nginx', 'controller');
    const party = controllerParty(cluster);
    controller(this, cluster, choice, party, edges);
    policiesOf(this, 'network', party, edges, labels);
    admissionWebhook(this, portOf(party, 'webhook').number, selector, labels);
    new k8s.KubeIngressClass(this, 'class', { metadata: { name: NAMES.ingressClass, labels }, spec: { controller: CONTROLLER_CLASS } });
    new k8s.KubeConfigMap(this, 'config', {
      metadata: { name: NAMES.controller, namespace, labels },
      data: { ...nginxConfig(cluster, choice) },
    });
    const { annotations, spec } = loadBalancer(cluster, choice);
    new k8s.KubeService(this, 'service', {
      metadata: {
        name: NAMES.controller,
        namespace,
        labels,
        annotations: { ...annotations, 'ignore-check.fleet/exposed-service': 'This is the entrance for everybody.' },
      },
      spec: {
        type: 'LoadBalancer',
        selector,
        ports: [
          { name: 'http', port: 80, targetPort: k8s.IntOrString.fromString('http'), appProtocol: 'http' },
          { name: 'https', port: 443, targetPort: k8s.IntOrString.fromString('https'), appProtocol: 'https' },
        ],
        ...spec,
      },
    });
  }
}
