import type { ClusterProps } from '../../../charts/cluster';

const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c'];

/** Facts and choices of authorworks' staging cluster. */
export const stagingCluster: ClusterProps = {
  kubernetes: '1.28',
  namespace: 'authorworks',
  mesh: true,
  repositories: {
    platform: 'https://github.com/authorworks/authorworks-k8s.git',
    workloads: 'https://github.com/authorworks/authorworks-k8s.git',
  },
  // Root volumes are 20, 50 and 100 GiB; of each the kubelet keeps a tenth free, hence `ephemeralStorage`.
  nodeGroups: [
    {
      name: 'system',
      labels: { workload: 'system' },
      taints: [],
      instanceTypes: ['m6i.large'],
      allocatable: { cpu: '1930m', memory: '7100Mi', pods: 29, ephemeralStorage: '17Gi' },
      size: { min: 2, max: 4 },
      zones,
      spot: false,
    },
    {
      name: 'application',
      labels: { workload: 'application' },
      taints: [{ key: 'workload', value: 'application', effect: 'NoSchedule' }],
      instanceTypes: ['m6i.xlarge'],
      allocatable: { cpu: '3920m', memory: '14700Mi', pods: 58, ephemeralStorage: '44Gi' },
      size: { min: 3, max: 6 },
      zones,
      spot: false,
    },
    {
      name: 'spot',
      labels: { workload: 'batch' },
      taints: [{ key: 'workload', value: 'batch', effect: 'NoSchedule' }],
      // Of these c6i.xlarge is the smallest.
      instanceTypes: ['c6i.xlarge', 'm6i.xlarge', 'm5.xlarge'],
      allocatable: { cpu: '3920m', memory: '6800Mi', pods: 58, ephemeralStorage: '89Gi' },
      size: { min: 0, max: 6 },
      zones,
      spot: true,
    },
  ],
  pgbouncer: {
    replicas: 2,
    nodeGroup: 'application',
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '500m', memory: '128Mi' } },
  },
  quota: { cpu: '24', memory: '48Gi', pods: 120 },
  existing: [],
  components: {
    acme: { email: 'platform@authorworks.example' },
    argoCd: {
      host: 'argocd.staging.authorworks.example',
      login: { issuer: 'https://login.authorworks.example/realms/staff', clientId: 'argocd-staging' },
      repositorySecret: 'argocd-repository',
      notifications: {
        slack: { failures: 'authorworks-alerts', deployments: 'authorworks-deployments' },
        github: { appId: 412087, installationId: 51930342 },
      },
    },
    logs: { loki: {} },
    monitoring: {
      prometheus: { storage: '50Gi', resources: { requests: { cpu: '300m', memory: '3Gi' }, limits: { memory: '3Gi' } } },
      alertmanager: { slack: { channel: '#authorworks-alerts' } },
      grafana: { expose: { host: 'grafana', from: 'anywhere' } },
    },
    traces: { jaeger: {} },
    velero: {},
  },
  gitops: { freeze: false, pruneWorkloads: true, syncWindows: [] },
};
