import type { Check } from '../check';
import { barePod } from './bare-pod';
import { containerNames } from './container-names';
import { containerPortName } from './container-port-name';
import { containerResources } from './container-resources';
import { defaultServiceAccount } from './default-service-account';
import { deprecatedServiceAccountField } from './deprecated-service-account-field';
import { dnsPolicy } from './dns-policy';
import { emptyDirLimit } from './empty-dir-limit';
import { envExpansion } from './env-expansion';
import { jobCleanup } from './job-cleanup';
import { livenessProbe } from './liveness-probe';
import { persistentVolumeExists } from './persistent-volume-exists';
import { podVolumes } from './pod-volumes';
import { probeSettings } from './probe-settings';
import { readinessProbe } from './readiness-probe';
import { replicasSpread } from './replicas-spread';
import { restartPolicy } from './restart-policy';
import { serviceAccountToken } from './service-account-token';
import { subPathConfig } from './sub-path-config';
import { unusedVolume } from './unused-volume';

/** Pods start, run, scale and end as they should. */
export const podChecks: readonly Check[] = [
  containerNames,
  containerResources,
  containerPortName,
  livenessProbe,
  readinessProbe,
  probeSettings,
  restartPolicy,
  replicasSpread,
  podVolumes,
  unusedVolume,
  subPathConfig,
  emptyDirLimit,
  persistentVolumeExists,
  envExpansion,
  defaultServiceAccount,
  deprecatedServiceAccountField,
  serviceAccountToken,
  dnsPolicy,
  jobCleanup,
  barePod,
];
