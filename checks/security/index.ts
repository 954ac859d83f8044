import type { Check } from '../check';
import { appArmor } from './app-armor';
import { capabilities } from './capabilities';
import { credentialByName } from './credential-by-name';
import { credentialInText } from './credential-in-text';
import { defaultNamespace } from './default-namespace';
import { exposedService } from './exposed-service';
import { hostNamespaces } from './host-namespaces';
import { hostPath } from './host-path';
import { hostPort } from './host-port';
import { hostProbe } from './host-probe';
import { hostProcess } from './host-process';
import { imageNameValid } from './image-name-valid';
import { imagePullPolicy } from './image-pull-policy';
import { imageRegistry } from './image-registry';
import { imageTag } from './image-tag';
import { namespacePodSecurity } from './namespace-pod-security';
import { podSecurityEnforced } from './pod-security-enforced';
import { privilegeEscalation } from './privilege-escalation';
import { privilegedContainer } from './privileged-container';
import { privilegedPort } from './privileged-port';
import { procMount } from './proc-mount';
import { readOnlyRootFilesystem } from './read-only-root-filesystem';
import { rootGroup } from './root-group';
import { runAsNonRoot } from './run-as-non-root';
import { runAsUser } from './run-as-user';
import { runtimeSocket } from './runtime-socket';
import { seLinux } from './se-linux';
import { seccomp } from './seccomp';
import { secretData } from './secret-data';
import { sensitiveHostMount } from './sensitive-host-mount';
import { sysctls } from './sysctls';
import { volumeTypes } from './volume-types';
import { writableHostMount } from './writable-host-mount';

/** Nothing gets more rights than it needs, and no secret is readable. */
export const securityChecks: readonly Check[] = [
  namespacePodSecurity,
  podSecurityEnforced,
  hostProcess,
  hostNamespaces,
  privilegedContainer,
  capabilities,
  hostPath,
  hostPort,
  hostProbe,
  appArmor,
  seLinux,
  procMount,
  seccomp,
  sysctls,
  volumeTypes,
  privilegeEscalation,
  runAsNonRoot,
  runAsUser,
  readOnlyRootFilesystem,
  rootGroup,
  secretData,
  credentialInText,
  credentialByName,
  defaultNamespace,
  imageNameValid,
  imageTag,
  imageRegistry,
  imagePullPolicy,
  runtimeSocket,
  sensitiveHostMount,
  writableHostMount,
  privilegedPort,
  exposedService,
];
