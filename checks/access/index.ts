import type { Check } from '../check';
import { rbacBindingForm } from './rbac-binding-form';
import { rbacBroadSubjects } from './rbac-broad-subjects';
import { rbacClusterAdmin } from './rbac-cluster-admin';
import { rbacClusterWideWrite } from './rbac-cluster-wide-write';
import { rbacCreatePods } from './rbac-create-pods';
import { rbacDefaultServiceAccount } from './rbac-default-service-account';
import { rbacEnterPods } from './rbac-enter-pods';
import { rbacEscalation } from './rbac-escalation';
import { rbacSecrets } from './rbac-secrets';
import { rbacWildcard } from './rbac-wildcard';

/** Roles give what is needed, to whom it is meant for. */
export const accessChecks: readonly Check[] = [
  rbacBindingForm,
  rbacWildcard,
  rbacSecrets,
  rbacCreatePods,
  rbacEnterPods,
  rbacEscalation,
  rbacClusterAdmin,
  rbacClusterWideWrite,
  rbacBroadSubjects,
  rbacDefaultServiceAccount,
];
