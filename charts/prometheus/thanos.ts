import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { dump } from 'js-yaml';
import type { PrometheusSpec } from '../../imports/monitoring.coreos.com';
import { bucket, role } from '../aws/refs';
import { catalogue, imageOf, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { prometheus } from '../network';
import { MONITORING_NAMESPACE } from '../prometheus-operator';
import type { Labels } from '../workload/labels';
import type { PrometheusChoices } from './choices';

const CONFIG = 'prometheus-thanos';
const FOLDER = '/etc/thanos';

/** The account's IAM role, where blocks are copied. @throws when the contract has none */
export function thanosAnnotations({ aws }: Cluster, { thanos }: PrometheusChoices): Labels | undefined {
  if (thanos === undefined) return undefined;
  return { 'eks.amazonaws.com/role-arn': role(aws, MONITORING_NAMESPACE, prometheus({ mesh: false }).serviceAccount) };
}

/**
 * The sidecar that copies finished blocks to a bucket, and the file that tells it which: no secret, since the role of the account opens it.
 * @throws when the contract has no such bucket
 */
export function thanosSidecar(
  scope: Construct,
  cluster: Cluster,
  { thanos }: PrometheusChoices,
  labels: Labels,
): Pick<PrometheusSpec, 'thanos' | 'volumes'> {
  if (thanos === undefined) return {};
  const { name, kmsKey } = bucket(cluster.aws, thanos.bucket);
  const { region } = cluster.aws.data;
  const config = {
    type: 'S3',
    config: {
      bucket: name,
      endpoint: `s3.${region}.amazonaws.com`,
      region,
      ...(kmsKey === undefined ? {} : { sse_config: { type: 'SSE-KMS', kms_key_id: kmsKey } }),
    },
  };
  new k8s.KubeConfigMap(scope, 'thanos', {
    metadata: { name: CONFIG, namespace: MONITORING_NAMESPACE, labels },
    data: { 'objstore.yaml': dump(config) },
  });
  const component = catalogue.thanos;
  const release = releaseFor(component, cluster);
  return {
    volumes: [{ name: 'thanos', configMap: { name: CONFIG } }],
    thanos: {
      image: imageOf(component, release, 'sidecar'),
      version: release.version,
      objectStorageConfigFile: `${FOLDER}/objstore.yaml`,
      volumeMounts: [{ name: 'thanos', mountPath: FOLDER, readOnly: true }],
      logFormat: 'json',
      resources: { requests: { ...thanos.resources.requests }, limits: { ...thanos.resources.limits } },
    },
  };
}
