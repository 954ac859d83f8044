/** A pod on the server, as far as the harness reads it. */
export interface LivePod {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
  readonly spec: LivePodSpec;
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly Condition[];
    readonly containerStatuses?: readonly {
      readonly name: string;
      readonly state?: { readonly waiting?: { readonly message?: string }; readonly running?: object };
    }[];
  };
}

/** The spec of a pod with the server's defaults in it. */
export interface LivePodSpec {
  readonly nodeName?: string;
  readonly hostNetwork?: boolean;
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly Volume[];
  readonly imagePullSecrets?: readonly { readonly name: string }[];
}

export interface Container {
  readonly name: string;
  readonly image?: string;
  /** Of an init container: `Always` makes it a sidecar. */
  readonly restartPolicy?: string;
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
  readonly env?: readonly {
    readonly name: string;
    readonly valueFrom?: { readonly secretKeyRef?: KeyReference; readonly configMapKeyRef?: KeyReference };
  }[];
  readonly envFrom?: readonly { readonly secretRef?: NameReference; readonly configMapRef?: NameReference }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly subPath?: string }[];
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
  readonly resources?: { readonly requests?: Readonly<Record<string, string>> };
}

export interface Probe {
  readonly httpGet?: { readonly port: string | number };
  readonly tcpSocket?: { readonly port: string | number };
}

export interface NameReference {
  readonly name: string;
  readonly optional?: boolean;
}

export interface KeyReference extends NameReference {
  readonly key: string;
}

export interface Volume {
  readonly name: string;
  readonly secret?: { readonly secretName: string } & Files;
  readonly configMap?: NameReference & Files;
  readonly projected?: {
    readonly sources: readonly { readonly secret?: NameReference & Files; readonly configMap?: NameReference & Files }[];
  };
  readonly persistentVolumeClaim?: { readonly claimName: string };
}

export interface Files {
  readonly items?: readonly { readonly key: string }[];
  readonly optional?: boolean;
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** What a pod is called in messages. */
export function podName({ metadata: { namespace, name } }: LivePod): string {
  return `Pod ${namespace}/${name}`;
}

/** A condition of an object's status. */
export function condition(
  { status }: { readonly status?: { readonly conditions?: readonly Condition[] } },
  type: string,
): Condition | undefined {
  return status?.conditions?.find((each) => each.type === type);
}
