import type { ClusterProps } from '../../../charts/cluster';

const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c'];

/** Facts and choices of authorworks' dev cluster. */
export const devCluster: ClusterProps = {
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
      size: { min: 1, max: 3 },
      zones,
      spot: false,
    },
    {
      name: 'application',
      labels: { workload: 'application' },
      taints: [{ key: 'workload', value: 'application', effect: 'NoSchedule' }],
      instanceTypes: ['m6i.large'],
      allocatable: { cpu: '1930m', memory: '7100Mi', pods: 29, ephemeralStorage: '44Gi' },
      size: { min: 2, max: 5 },
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
      size: { min: 0, max: 4 },
      zones,
      spot: true,
    },
  ],
  pgbouncer: {
    replicas: 1,
    nodeGroup: 'application',
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '500m', memory: '128Mi' } },
  },
  quota: { cpu: '12', memory: '24Gi', pods: 60 },
  existing: [],
  components: {
    acme: { email: 'platform@authorworks.example' },
    argoCd: {
      host: 'argocd.dev.authorworks.example',
      login: { issuer: 'https://login.authorworks.example/realms/staff', clientId: 'argocd-dev' },
      repositorySecret: 'argocd-repository',
      notifications: {
        slack: { failures: 'authorworks-alerts', deployments: 'authorworks-deployments' },
        github: { appId: 412087, installationId: 51930342 },
      },
    },
    logs: { loki: {} },
    monitoring: {
      prometheus: { storage: '20Gi', resources: { requests: { cpu: '200m', memory: '2Gi' }, limits: { memory: '2Gi' } } },
      alertmanager: { slack: { channel: '#authorworks-alerts' } },
      grafana: { expose: { host: 'grafana', from: 'anywhere' } },
    },
    traces: { jaeger: {} },
    velero: {},
    // Builds run where a taken-over job can do the least harm.
    actionsRunner: {
      sets: [
        {
          name: 'authorworks',
          url: 'https://github.com/authorworks',
          max: 4,
          resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { memory: '3Gi' } },
          nodeGroup: 'spot',
        },
      ],
      quota: { cpu: '5', memory: '12Gi', pods: 6 },
    },
  },
  gitops: { freeze: false, pruneWorkloads: true, syncWindows: [] },
};
