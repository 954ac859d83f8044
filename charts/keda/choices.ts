/** Choices for KEDA in a cluster. */
export interface KedaChoices {
  /** Whether it asks AWS (the length of an SQS queue), with the role of `keda/keda-operator` in the contract. @default false */
  readonly aws?: boolean;
}
