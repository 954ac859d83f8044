import { Value } from '../overlay/value';

/** Scratch space that goes with the pod; made by {@link emptyDir}. */
export class EmptyDir extends Value {
  constructor(readonly emptyDir: { readonly sizeLimit: string; readonly medium?: 'Memory' }) {
    super();
  }
}

/** Scratch space that goes with the pod. The size limit (a quantity) is required: without one a pod can fill its node's disk. */
export const emptyDir = (sizeLimit: string, medium?: 'Memory'): EmptyDir => new EmptyDir(medium ? { sizeLimit, medium } : { sizeLimit });

/** A PersistentVolumeClaim that exists already; made by {@link existingClaim}. */
export class ExistingClaim extends Value {
  constructor(readonly claimName: string) {
    super();
  }
}

/** A PersistentVolumeClaim of the workload's namespace that is rendered elsewhere. */
export const existingClaim = (claimName: string): ExistingClaim => new ExistingClaim(claimName);

/** A Secret that is rendered elsewhere; made by {@link existingSecret}. */
export class ExistingSecret extends Value {
  constructor(readonly secretName: string) {
    super();
  }
}

/** A Secret of the workload's namespace whose ExternalSecret or Certificate is rendered elsewhere; its keys become files. */
export const existingSecret = (secretName: string): ExistingSecret => new ExistingSecret(secretName);

/** A volume of the pod and where its container sees it. */
export interface Volume {
  readonly source: EmptyDir | ExistingClaim | ExistingSecret;
  readonly mountPath: string;
  /** @default false */
  readonly readOnly?: boolean;
}

/** Files that are rendered into a ConfigMap; a change of them restarts the pods. */
export interface ConfigFiles {
  /** Folder that holds the files; everything else in it is hidden. */
  readonly mountPath: string;
  /** Text of each file, by file name. */
  readonly files: Readonly<Record<string, string>>;
}

/** A claim that each pod of a StatefulSet gets for itself. */
export interface VolumeClaim {
  readonly mountPath: string;
  /** Quantity, as `20Gi`. */
  readonly size: string;
  /** StorageClass by name; it must be one that the cluster has. */
  readonly storageClass: string;
  /** @default ['ReadWriteOnce'] */
  readonly accessModes?: readonly ('ReadWriteOnce' | 'ReadWriteOncePod' | 'ReadWriteMany')[];
}
