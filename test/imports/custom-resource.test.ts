import { App, Chart } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import {
  application,
  appProject,
  ClusterSecretStore,
  customResource,
  ExternalSecret,
  PodMonitor,
  type SpeclessKind,
  speclessResource,
} from '../../imports';

const metadata = { name: 'db', namespace: 'authorworks' };
const chart = (): Chart => new Chart(new App(), 'chart');

describe('customResource', () => {
  it('renders apiVersion and kind of the kind, with metadata and spec as given', () => {
    const spec = {
      secretStoreRef: { name: 'aws', kind: 'ClusterSecretStore' },
      data: [{ secretKey: 'password', remoteRef: { key: 'db' } }],
    } as const;
    expect(customResource(chart(), 'secret', ExternalSecret, { metadata, spec }).toJson()).toEqual({
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata,
      spec,
    });
  });
  it('renders the other kinds that are imported', () => {
    const store = customResource(chart(), 'store', ClusterSecretStore, {
      metadata: { name: 'aws' },
      spec: { provider: { aws: { service: 'SecretsManager', region: 'us-east-1' } } },
    });
    const monitor = customResource(chart(), 'monitor', PodMonitor, { metadata, spec: { selector: {} } });
    expect([store.apiVersion, store.kind, ClusterSecretStore.scope]).toEqual(['external-secrets.io/v1', 'ClusterSecretStore', 'Cluster']);
    expect([monitor.apiVersion, monitor.kind, PodMonitor.scope]).toEqual(['monitoring.coreos.com/v1', 'PodMonitor', 'Namespaced']);
  });
});

describe('speclessResource', () => {
  it('renders the fields beside metadata', () => {
    const SnapshotClass: SpeclessKind<{ readonly driver: string }> = {
      apiVersion: 'snapshot.example.com/v1',
      kind: 'SnapshotClass',
      scope: 'Cluster',
    };
    expect(
      speclessResource(chart(), 'class', SnapshotClass, { metadata: { name: 'ebs' }, driver: 'ebs.csi.aws.com' }).toJson(),
    ).toMatchObject({
      apiVersion: 'snapshot.example.com/v1',
      kind: 'SnapshotClass',
      metadata: { name: 'ebs' },
      driver: 'ebs.csi.aws.com',
    });
  });
});

describe('Argo CD kinds', () => {
  it('render as argoproj.io/v1alpha1', () => {
    const spec = { project: 'authorworks', destination: { server: 'https://kubernetes.default.svc', namespace: 'authorworks' } };
    expect(application(chart(), 'application', { metadata, spec }).toJson()).toMatchObject({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      spec,
    });
    expect(appProject(chart(), 'project', { metadata, spec: { sourceRepos: ['*'] } }).toJson()).toMatchObject({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      spec: { sourceRepos: ['*'] },
    });
  });
});
