/**
 * What the types of custom resources promise. Compiled by `npm run typecheck`, never run: each directive below must hide an error,
 * because tsc reports a directive that hides none ("Unused '@ts-expect-error' directive"). A promise that breaks fails here by itself.
 */
import type { Construct } from 'constructs';
import {
  type ClusterSecretStore,
  type ClusterSecretStoreSpec,
  type CustomKind,
  customResource,
  ExternalSecret,
  type ExternalSecretSpec,
  PodMonitor,
  type PodMonitorSpec,
  type SpeclessKind,
  speclessResource,
} from '../../imports';

declare const scope: Construct;
const metadata = { name: 'example' };

// What is right compiles, lists that are readonly included.
const keys: readonly string[] = ['password'];
const data = keys.map((key) => ({ secretKey: key, remoteRef: { key: 'authorworks/production/db', property: key } }));
export const secret: ExternalSecretSpec = {
  refreshInterval: '1h',
  secretStoreRef: { kind: 'ClusterSecretStore', name: 'aws-secrets-manager' },
  target: { name: 'db', creationPolicy: 'Owner', template: { engineVersion: 'v2', data: { 'config.ini': '{{ .password }}' } } },
  data,
};
export const store: ClusterSecretStoreSpec = {
  provider: {
    aws: {
      service: 'SecretsManager',
      region: 'us-east-1',
      auth: { jwt: { serviceAccountRef: { name: 'external-secrets', namespace: 'external-secrets' } } },
    },
  },
};
export const monitor: PodMonitorSpec = {
  selector: { matchLabels: { app: 'db' } },
  podMetricsEndpoints: [{ port: 'metrics', interval: '15s', relabelings: [{ action: 'labeldrop', regex: 'pod_template_hash' }] }],
};

export const secrets: readonly ExternalSecretSpec[] = [
  // @ts-expect-error wrong field
  { refreshIntervall: '1h' },
  // @ts-expect-error wrong type
  { refreshInterval: 60 },
  // @ts-expect-error wrong field, deep inside
  { target: { template: { dataa: {} } } },
  // @ts-expect-error not a value of the enum
  { target: { creationPolicy: 'owner' } },
  // @ts-expect-error required field missing: remoteRef
  { data: [{ secretKey: 'password' }] },
  // @ts-expect-error required field missing: remoteRef.key
  { data: [{ secretKey: 'password', remoteRef: {} }] },
  // @ts-expect-error one object where a list belongs
  { data: { secretKey: 'password', remoteRef: { key: 'db' } } },
];

export const stores: readonly ClusterSecretStoreSpec[] = [
  // @ts-expect-error required field missing: provider
  {},
  // @ts-expect-error wrong field: no such provider
  { provider: { awss: {} } },
  // @ts-expect-error required field missing: region
  { provider: { aws: { service: 'SecretsManager' } } },
  // @ts-expect-error not a value of the enum
  { provider: { aws: { region: 'us-east-1', service: 'secretsmanager' } } },
  // @ts-expect-error wrong type
  { provider: { aws: { region: 1, service: 'SecretsManager' } } },
];

export const monitors: readonly PodMonitorSpec[] = [
  // @ts-expect-error required field missing: selector
  { podMetricsEndpoints: [{ port: 'metrics' }] },
  // @ts-expect-error wrong field
  { selector: {}, endpoints: [] },
  // @ts-expect-error wrong field inside a list
  { selector: {}, podMetricsEndpoints: [{ intervall: '15s' }] },
  // @ts-expect-error wrong type
  { selector: {}, podMetricsEndpoints: [{ port: 9090 }] },
  // @ts-expect-error not a value of the enum, in a type that is shared
  { selector: {}, podMetricsEndpoints: [{ relabelings: [{ action: 'drops' }] }] },
];

// The kind decides the type of spec, not the other way round.
customResource(scope, 'secret', ExternalSecret, { metadata, spec: secret });
// @ts-expect-error spec of another kind
customResource(scope, 'secret', ExternalSecret, { metadata, spec: monitor });
// @ts-expect-error wrong field
customResource(scope, 'monitor', PodMonitor, { metadata, spec: { selector: {}, selectr: {} } });
// @ts-expect-error spec missing
customResource(scope, 'monitor', PodMonitor, { metadata });
// @ts-expect-error name missing
customResource(scope, 'monitor', PodMonitor, { metadata: {}, spec: { selector: {} } });
// @ts-expect-error status is not ours to write
customResource(scope, 'monitor', PodMonitor, { metadata, spec: { selector: {} }, status: {} });

// What is generated is readonly.
// @ts-expect-error
secret.refreshInterval = '2h';
// @ts-expect-error
monitor.podMetricsEndpoints?.push({ port: 'other' });

/** A kind without spec, as VolumeSnapshotClass is. */
declare const SnapshotClass: SpeclessKind<{ readonly driver: string; readonly parameters?: { readonly [k: string]: string } }>;
speclessResource(scope, 'class', SnapshotClass, { metadata, driver: 'ebs.csi.aws.com' });
// @ts-expect-error required field missing: driver
speclessResource(scope, 'class', SnapshotClass, { metadata });
// @ts-expect-error wrong field
speclessResource(scope, 'class', SnapshotClass, { metadata, driver: 'ebs.csi.aws.com', parameter: {} });
// @ts-expect-error a kind without spec has no spec
customResource(scope, 'class', SnapshotClass, { metadata, spec: { driver: 'ebs.csi.aws.com' } });
// @ts-expect-error a kind with spec is not without one
speclessResource(scope, 'secret', ExternalSecret, { metadata, refreshInterval: '1h' });

/** Any kind can stand in a list of kinds. */
export const kinds: readonly CustomKind<object>[] = [ExternalSecret, SnapshotClass];
// @ts-expect-error but kinds of different types cannot be exchanged
export const exchanged: typeof ClusterSecretStore = PodMonitor;
