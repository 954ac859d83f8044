/**
 * A secret that External Secrets Operator fetches from AWS into a Secret named `<workload>-<key of the entry>`.
 * Its value never passes through this repository.
 */
export interface SecretProps {
  /** Entry of `secrets:` (Secrets Manager) or `parameters:` (Parameter Store) in the cluster's `aws.yaml`, or the credentials of one of its `databases:`. */
  readonly from: { readonly secret: string } | { readonly parameter: string } | { readonly database: string };
  /** Environment variable to property of the secret. Requires `onChange: 'restart'`: a running program keeps its environment. @default - none */
  readonly env?: Readonly<Record<string, string>>;
  /** File name to property of the secret; the files stand in `mountPath`. A Parameter Store entry has one value: its property is the empty string. @default - none */
  readonly files?: Readonly<Record<string, string>>;
  /** Folder of the `files`. @default '/etc/secrets/<key of the entry>' */
  readonly mountPath?: string;
  /**
   * How the program takes up a rotated value.
   * - `reread`: it reads the mounted files again by itself.
   * - `restart`: the version stands in `releases.yaml` (`secretVersions`) and is hashed into the pod template, so that a new version is a rollout.
   */
  readonly onChange: 'reread' | 'restart';
}
