import type { ClusterProps } from '../../../charts/cluster';

const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c'];

/** Facts and choices of authorworks' production cluster. */
export const productionCluster: ClusterProps = {
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
      size: { min: 3, max: 6 },
      zones,
      spot: false,
    },
    {
      name: 'application',
      labels: { workload: 'application' },
      taints: [{ key: 'workload', value: 'application', effect: 'NoSchedule' }],
      instanceTypes: ['m6i.2xlarge'],
      allocatable: { cpu: '7910m', memory: '30600Mi', pods: 58, ephemeralStorage: '44Gi' },
      size: { min: 6, max: 12 },
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
      size: { min: 0, max: 12 },
      zones,
      spot: true,
    },
  ],
  pgbouncer: {
    replicas: 3,
    nodeGroup: 'application',
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '500m', memory: '128Mi' } },
  },
  quota: { cpu: '80', memory: '160Gi', pods: 250 },
  existing: [],
  components: {
    acme: { email: 'platform@authorworks.example' },
    argoCd: {
      host: 'argocd.authorworks.example',
      login: { issuer: 'https://login.authorworks.example/realms/staff', clientId: 'argocd-production' },
      repositorySecret: 'argocd-repository',
      notifications: {
        slack: { failures: 'authorworks-alerts', deployments: 'authorworks-deployments' },
        github: { appId: 412087, installationId: 51930342 },
      },
    },
    logs: { loki: {} },
    monitoring: {
      prometheus: { storage: '150Gi', resources: { requests: { cpu: '500m', memory: '6Gi' }, limits: { memory: '6Gi' } } },
      alertmanager: { slack: { channel: '#authorworks-alerts' }, pagerduty: true, heartbeat: true },
      grafana: { expose: { host: 'grafana', from: 'anywhere' } },
    },
    traces: { jaeger: {} },
    velero: {},
    // A node's worth for what people wait for, while the next one starts.
    overprovisioning: [{ nodeGroup: 'application', pods: 2, resources: { cpu: '2', memory: '4Gi' } }],
  },
  gitops: {
    freeze: false,
    pruneWorkloads: true,
    // Working days, while the team is there.
    syncWindows: [{ kind: 'allow', schedule: '0 9 * * 1-5', duration: '8h', timeZone: 'America/New_York', manualSync: false }],
  },
};
