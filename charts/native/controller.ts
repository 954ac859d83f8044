import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { STORAGE_CLASSES } from '../storage-classes';
import { componentLabels, componentSelector } from './labels';
import type { ProgramClaim, ProgramProps } from './program';

/** Name of the headless Service that gives the pods of a StatefulSet their host names. */
export const headlessName = (program: string): string => `${program}-headless`;

const ROLLING: k8s.DeploymentStrategy = {
  type: 'RollingUpdate',
  rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(1), maxUnavailable: k8s.IntOrString.fromNumber(0) },
};

/**
 * The controller of a program's pods: a Deployment, a StatefulSet where they claim volumes, or a DaemonSet.
 * @throws when it should be two of them
 */
export function controller<Port extends string>(scope: Construct, props: ProgramProps<Port>, template: k8s.PodTemplateSpec): void {
  const { component, part, name, namespace, annotations, claims, everyNode = false } = props;
  if (everyNode && claims !== undefined) {
    throw new Error(
      `${scope.node.path}: ${name} runs on every node and claims volumes of its own; a DaemonSet cannot. Leave out one of them.`,
    );
  }
  const labels = componentLabels(component, part);
  const selector = componentSelector(component, part);
  const metadata = { name, namespace, labels, annotations };
  const replicas = props.autoscaled === true ? undefined : (props.replicas ?? 1);
  const common = { revisionHistoryLimit: 5, selector: { matchLabels: selector }, template };
  if (everyNode) {
    new k8s.KubeDaemonSet(scope, `daemonset-${name}`, {
      metadata,
      spec: {
        ...common,
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: k8s.IntOrString.fromString('10%') } },
      },
    });
    return;
  }
  if (claims === undefined) {
    new k8s.KubeDeployment(scope, `deployment-${name}`, {
      metadata,
      spec: { ...common, replicas, progressDeadlineSeconds: 600, strategy: props.strategy === 'Recreate' ? { type: 'Recreate' } : ROLLING },
    });
    return;
  }
  const manifest = k8s.KubeStatefulSet.manifest({
    metadata,
    spec: {
      ...common,
      replicas,
      serviceName: headlessName(name),
      podManagementPolicy: 'Parallel',
      updateStrategy: { type: 'RollingUpdate' },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    },
  });
  const volumeClaimTemplates = Object.entries(claims).map(([claim, own]) => claimTemplate(claim, own, selector));
  new ApiObject(scope, `statefulset-${name}`, { ...manifest, spec: { ...manifest.spec, volumeClaimTemplates } });
  new k8s.KubeService(scope, `service-${headlessName(name)}`, {
    metadata: { name: headlessName(name), namespace, labels },
    spec: { clusterIp: 'None', publishNotReadyAddresses: true, selector, ports: servicePorts(props.ports) },
  });
}

/** What a container sees of the program's volumes and claims. */
export function volumeMounts<Port extends string>({
  volumes = {},
  claims = {},
}: Pick<ProgramProps<Port>, 'volumes' | 'claims'>): k8s.VolumeMount[] | undefined {
  const mounts = [
    ...Object.entries(volumes).map(([name, { mountPath, subPath, readOnly }]) => ({
      name,
      mountPath,
      subPath,
      readOnly: readOnly ?? true,
    })),
    ...Object.entries(claims).map(([name, { mountPath }]) => ({ name, mountPath })),
  ];
  return mounts.length === 0 ? undefined : mounts;
}

/** Ports of a Service by those of its pods: of the same names and numbers, as the VPC CNI's policies need them. */
export const servicePorts = (ports: Readonly<Record<string, number>>): k8s.ServicePort[] =>
  Object.entries(ports).map(([name, port]) => ({ name, port, targetPort: k8s.IntOrString.fromString(name) }));

/** The API server writes down what a template is, and the typed class does not: Argo CD would show the difference for ever. */
function claimTemplate(name: string, { size, storageClass }: ProgramClaim, labels: Readonly<Record<string, string>>) {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, labels },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: storageClass ?? STORAGE_CLASSES.gp3,
      resources: { requests: { storage: size } },
    },
  };
}
