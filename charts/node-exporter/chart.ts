import type { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { customResource } from '../../imports/custom-resource';
import { PodMonitor } from '../../imports/monitoring.coreos.com';
import { NamedChart } from '../../synth/collect';
import { catalogue, imageOf, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { componentLabels, componentSelector } from '../native/labels';
import { NODE_EXPORTER_PORT } from '../prometheus/network';
import { containerSecurity, probe, resourceRequirements } from '../workload/container';
import { http } from '../workload/probe';

/** Name of its objects, and of its namespace. */
export const NAME = 'node-exporter';
/** What it asks for on each node. */
export const RESOURCES = { requests: { cpu: '20m', memory: '32Mi' }, limits: { memory: '128Mi' } } as const;

/** Folders of the node that it reads. */
const HOST = { proc: '/proc', sys: '/sys', root: '/' } as const;
const PORTS = { metrics: NODE_EXPORTER_PORT } as const;
/** File systems of pods and of the kernel: what they fill stands under the node's own. */
const NOT_MOUNT_POINTS = '^/(dev|proc|sys|run/containerd/.+|var/lib/containerd/.+|var/lib/kubelet/.+)($|/)';
const NOT_FILE_SYSTEMS =
  '^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs|mqueue|nsfs|overlay|proc|pstore|rpc_pipefs|securityfs|selinuxfs|squashfs|sysfs|tracefs|tmpfs)$';

/** Whoever tells of a node has to see it. */
const EXEMPTIONS = {
  'ignore-check.fleet/host-namespaces':
    'It tells of the interfaces of the node, which are seen from the network of the node alone, and of its processes.',
  'ignore-check.fleet/host-path': 'It reads what the kernel of the node says, and how full its disks are; it writes nothing.',
  'ignore-check.fleet/sensitive-host-mount':
    'It reads /proc, /sys and the file systems of the node as a user without rights, and writes nothing.',
};

/** node-exporter on every node; one Argo CD Application. */
export class NodeExporterChart extends NamedChart {
  constructor(scope: App, id: string, cluster: Cluster) {
    super(scope, id);
    const component = catalogue['node-exporter'];
    const release = releaseFor(component, cluster);
    const labels = componentLabels(NAME, 'exporter');
    const selector = componentSelector(NAME, 'exporter');
    const metadata = { name: NAME, namespace: NAME, labels };
    new k8s.KubeServiceAccount(this, 'serviceaccount', { metadata, automountServiceAccountToken: false });
    new k8s.KubeDaemonSet(this, 'daemonset', {
      metadata: { ...metadata, annotations: EXEMPTIONS },
      spec: {
        revisionHistoryLimit: 5,
        selector: { matchLabels: selector },
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: k8s.IntOrString.fromString('10%') } },
        template: {
          metadata: { labels: { ...labels, 'app.kubernetes.io/version': release.version } },
          spec: this.pod(imageOf(component, release, 'exporter')),
        },
      },
    });
    customResource(this, 'podmonitor', PodMonitor, {
      metadata: { ...metadata, labels: { ...labels } },
      spec: {
        selector: { matchLabels: { ...selector } },
        podMetricsEndpoints: [
          {
            port: 'metrics',
            path: '/metrics',
            // Rules and people name nodes, not addresses.
            relabelings: [{ action: 'replace', sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' }],
          },
        ],
      },
    });
  }

  private pod(image: string): k8s.PodSpec {
    return {
      serviceAccountName: NAME,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      priorityClassName: 'system-node-critical',
      // The node's interfaces are seen from its own network alone.
      hostNetwork: true,
      hostPid: true,
      dnsPolicy: 'ClusterFirstWithHostNet',
      securityContext: { runAsNonRoot: true, runAsUser: 65534, runAsGroup: 65534, seccompProfile: { type: 'RuntimeDefault' } },
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }],
      containers: [
        {
          name: 'exporter',
          image,
          imagePullPolicy: 'IfNotPresent',
          args: [
            ...Object.keys(HOST).map((folder) => `--path.${folder === 'root' ? 'rootfs' : `${folder}fs`}=/host/${folder}`),
            '--path.udev.data=/host/root/run/udev/data',
            // The node's own address, not all of them: another one of the node may be reachable from elsewhere.
            `--web.listen-address=$(HOST_IP):${NODE_EXPORTER_PORT}`,
            `--collector.filesystem.mount-points-exclude=${NOT_MOUNT_POINTS}`,
            `--collector.filesystem.fs-types-exclude=${NOT_FILE_SYSTEMS}`,
            // Interfaces of pods: cAdvisor tells of their traffic.
            '--collector.netclass.ignored-devices=^(eni.+|veth.+)$',
            '--collector.netdev.device-exclude=^(eni.+|veth.+)$',
            '--no-collector.wifi',
            '--log.format=json',
          ],
          env: [{ name: 'HOST_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } }],
          ports: [{ name: 'metrics', containerPort: NODE_EXPORTER_PORT }],
          resources: resourceRequirements(RESOURCES),
          livenessProbe: probe({ check: http('/') }, PORTS, NAME),
          readinessProbe: probe({ check: http('/') }, PORTS, NAME),
          securityContext: containerSecurity(),
          volumeMounts: Object.keys(HOST).map((folder) => ({
            name: folder,
            mountPath: `/host/${folder}`,
            readOnly: true,
            ...(folder === 'root' ? { mountPropagation: 'HostToContainer' } : {}),
          })),
        },
      ],
      volumes: Object.entries(HOST).map(([name, path]) => ({ name, hostPath: { path } })),
    };
  }
}
