import type { Check } from '../check';
import { appProjectExists } from './app-project-exists';
import { configMapExists } from './config-map-exists';
import { gatewayClassExists } from './gateway-class-exists';
import { ingressBackendExists } from './ingress-backend-exists';
import { ingressClassExists } from './ingress-class-exists';
import { issuerExists } from './issuer-exists';
import { meshReferencesExist } from './mesh-references-exist';
import { namespaceExists } from './namespace-exists';
import { networkPolicyPeerSelectsPods } from './network-policy-peer-selects-pods';
import { networkPolicySelectsPods } from './network-policy-selects-pods';
import { oneSecretMaker } from './one-secret-maker';
import { persistentVolumeClaimExists } from './persistent-volume-claim-exists';
import { podDisruptionBudgetSelectsPods } from './pod-disruption-budget-selects-pods';
import { podMonitorSelectsPods } from './pod-monitor-selects-pods';
import { priorityClassExists } from './priority-class-exists';
import { roleExists } from './role-exists';
import { routeReferencesExist } from './route-references-exist';
import { runtimeClassExists } from './runtime-class-exists';
import { scaleTargetExists } from './scale-target-exists';
import { secretExists } from './secret-exists';
import { secretStoreExists } from './secret-store-exists';
import { serviceAccountExists } from './service-account-exists';
import { serviceMonitorSelectsServices } from './service-monitor-selects-services';
import { serviceSelectsPods } from './service-selects-pods';
import { statefulSetServiceExists } from './stateful-set-service-exists';
import { storageClassExists } from './storage-class-exists';
import { webhookServiceExists } from './webhook-service-exists';

/** Everything that an object refers to is there. */
export const referenceChecks: readonly Check[] = [
  namespaceExists,
  serviceAccountExists,
  roleExists,
  configMapExists,
  secretExists,
  oneSecretMaker,
  secretStoreExists,
  issuerExists,
  persistentVolumeClaimExists,
  storageClassExists,
  priorityClassExists,
  runtimeClassExists,
  statefulSetServiceExists,
  serviceSelectsPods,
  ingressClassExists,
  ingressBackendExists,
  gatewayClassExists,
  routeReferencesExist,
  scaleTargetExists,
  podDisruptionBudgetSelectsPods,
  networkPolicySelectsPods,
  networkPolicyPeerSelectsPods,
  meshReferencesExist,
  serviceMonitorSelectsServices,
  podMonitorSelectsPods,
  appProjectExists,
  webhookServiceExists,
];
