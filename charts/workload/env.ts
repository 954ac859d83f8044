import type { LoadedContract } from '../aws/contract';
import { Value, type VariesOptional } from '../overlay/value';

/** A value that the AWS contract of the cluster provides; made by {@link fromContract}. */
export class ContractValue extends Value {
  constructor(readonly read: (contract: LoadedContract) => string) {
    super();
  }
}

/** A value that the AWS contract of the cluster provides, as `fromContract((aws) => database(aws, 'users').endpoint)`. */
export const fromContract = (read: (contract: LoadedContract) => string): ContractValue => new ContractValue(read);

/** A field of the pod itself (downward API); made by {@link fromPod}. */
export class PodField extends Value {
  constructor(readonly podField: string) {
    super();
  }
}

/** A field of the pod itself, as `fromPod('status.podIP')`. */
export const fromPod = (
  field:
    | 'metadata.name'
    | 'metadata.namespace'
    | 'metadata.uid'
    | 'spec.nodeName'
    | 'spec.serviceAccountName'
    | 'status.hostIP'
    | 'status.podIP',
): PodField => new PodField(field);

/** Value of one environment variable. Secrets do not pass here: see {@link SecretProps}. */
export type EnvValue = string | ContractValue | PodField;

/** Environment variables by name. */
export type Env = Readonly<Record<string, VariesOptional<EnvValue>>>;
