import type { PodPort } from '../../../checks/reachability/model';
import type { KubeObject, SourcedObject } from '../../../synth/object';

/** Objects for the tests of reachability, as short as they can be said. */
export function sourced(object: unknown): SourcedObject {
  const { kind, metadata } = object as KubeObject;
  return { object: object as KubeObject, source: `${kind} ${metadata.namespace ?? ''}/${metadata.name}` };
}

export interface PodsOf {
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly ports?: readonly PodPort[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly serviceAccount?: string;
  readonly hostNetwork?: boolean;
}

/** A Deployment; its pods have the label `app` unless others are given. */
export function pods(
  name: string,
  { namespace = 'default', labels = { app: name }, ports = [], annotations, serviceAccount = name, hostNetwork }: PodsOf = {},
) {
  return sourced({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      template: {
        metadata: { labels, annotations },
        spec: {
          serviceAccountName: serviceAccount,
          hostNetwork,
          containers: [{ name, ports: ports.map(({ port, ...rest }) => ({ containerPort: port, ...rest })) }],
        },
      },
    },
  });
}

export function namespace(name: string, labels: Readonly<Record<string, string>> = {}, annotations: Readonly<Record<string, string>> = {}) {
  return sourced({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels, annotations } });
}

export function networkPolicy(name: string, spec: unknown, inNamespace = 'default') {
  return sourced({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace: inNamespace }, spec });
}

/** An object of Linkerd's policy group. */
export function meshPolicy(
  kind: string,
  name: string,
  spec: unknown,
  inNamespace = 'default',
  labels: Readonly<Record<string, string>> = {},
) {
  return sourced({ apiVersion: 'policy.linkerd.io/v1beta3', kind, metadata: { name, namespace: inNamespace, labels }, spec });
}
