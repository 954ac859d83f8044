import type { Cluster } from '../../charts/cluster';
import type { AlbIngress, GatewayIngress, IngressChoice } from '../../charts/exposure';
import { contract, contractWith } from '../workload/support';

const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/';

/** What the AWS layer gives a cluster with an ALB. */
export const aws = contractWith({
  certificates: { main: `${CERTIFICATE}aaaa`, partner: `${CERTIFICATE}bbbb` },
  webAcl: 'arn:aws:wafv2:us-east-1:111122223333:regional/webacl/shop-dev/1',
  buckets: { ...contract.buckets, logs: { name: 'shop-logs-dev', arn: 'arn:aws:s3:::shop-logs-dev' } },
});

export const alb: AlbIngress = { kind: 'alb', certificates: ['main'], accessLogs: { bucket: 'logs' } };

export const gateway: GatewayIngress = {
  kind: 'gateway',
  className: 'shop',
  pods: { name: 'envoy', namespace: 'edge', selector: { app: 'envoy' }, serviceAccount: 'envoy', meshed: true },
};

/** A cluster that chose this way in. */
export const chosen = (ingress: IngressChoice): Partial<Cluster> => ({ ...aws, ingress });
