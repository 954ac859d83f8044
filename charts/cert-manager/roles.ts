import type { Construct } from 'constructs';
import { compareVersions } from '../catalogue';
import { componentLabels } from '../native/labels';
import { type Account, clusterRole, leaderElection, type Rule, role } from '../native/rbac';
import { CERT_MANAGER_NAMESPACE, PROGRAMS, WEBHOOK_CA_SECRET } from './names';

const account = (part: keyof typeof PROGRAMS): Account => ({
  name: PROGRAMS[part],
  namespace: CERT_MANAGER_NAMESPACE,
  labels: componentLabels('cert-manager', part),
});

const CM = ['cert-manager.io'];
const ACME = ['acme.cert-manager.io'];
const READ = ['get', 'list', 'watch'];

/**
 * What the controller may do. Upstream's rules, less those of what is not used here: the shims that make Certificates of annotations
 * (every Certificate is rendered), HTTP-01 solvers (challenges are answered in DNS), Kubernetes' own CertificateSigningRequests
 * (an experiment that is off), and tokens for other service accounts (the controller's own assumes the IAM role).
 */
const CONTROLLER_RULES: readonly Rule[] = [
  { apiGroups: CM, resources: ['certificates', 'certificaterequests', 'issuers', 'clusterissuers'], verbs: READ, why: 'Its work.' },
  {
    apiGroups: CM,
    resources: ['certificates', 'certificates/status', 'certificaterequests', 'certificaterequests/status'],
    verbs: ['update', 'patch'],
    why: 'It says how far each is, and signs requests.',
  },
  {
    apiGroups: CM,
    resources: ['issuers', 'issuers/status', 'clusterissuers', 'clusterissuers/status'],
    verbs: ['update', 'patch'],
    why: 'It says whether an issuer is ready: its account is registered, its CA was found.',
  },
  {
    apiGroups: CM,
    resources: ['certificaterequests'],
    verbs: ['create', 'delete'],
    why: 'One for each issuance. Upstream grants it in the role of the shim that is left out, and for Certificates too.',
  },
  {
    apiGroups: CM,
    resources: ['certificates/finalizers', 'certificaterequests/finalizers'],
    verbs: ['update'],
    why: 'Owner references that block deletion, where the API server asks for it.',
  },
  {
    apiGroups: CM,
    resources: ['signers'],
    verbs: ['approve'],
    resourceNames: ['issuers.cert-manager.io/*', 'clusterissuers.cert-manager.io/*'],
    why: 'Its own approver lets every request through; nobody else may make a Certificate here but through git.',
  },
  {
    apiGroups: ACME,
    resources: ['orders', 'challenges'],
    verbs: ['get', 'list', 'watch', 'create', 'delete'],
    why: 'Steps of an ACME issuance.',
  },
  {
    apiGroups: ACME,
    resources: ['orders', 'orders/status', 'challenges', 'challenges/status'],
    verbs: ['update', 'patch'],
    why: 'How far they are.',
  },
  {
    apiGroups: ACME,
    resources: ['orders/finalizers', 'challenges/finalizers'],
    verbs: ['update'],
    why: 'A challenge is deleted only when its DNS record is gone.',
  },
  {
    resources: ['secrets'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
    why: 'Certificates and keys are kept in the Secrets that Certificates name, in any namespace.',
  },
  { resources: ['events'], verbs: ['create', 'patch'], why: 'Tells people what happened to a Certificate.' },
  {
    resources: ['pods', 'services'],
    verbs: READ,
    why: 'Its HTTP-01 solver, which no issuer asks for, fills its caches before any challenge is worked on. Creating and deleting are left out.',
  },
  {
    apiGroups: ['networking.k8s.io'],
    resources: ['ingresses'],
    verbs: READ,
    why: 'As for pods: caches of the HTTP-01 solver. Creating, updating and deleting are left out.',
  },
];

/** Version since which upstream grants the finalizers of issuers. */
const ISSUER_FINALIZERS_SINCE = 'v1.21.0';

/** The controller's rules in one version. */
const controllerRules = (version: string): readonly Rule[] =>
  compareVersions(version, ISSUER_FINALIZERS_SINCE) < 0
    ? CONTROLLER_RULES
    : [
        ...CONTROLLER_RULES,
        {
          apiGroups: CM,
          resources: ['clusterissuers/finalizers', 'issuers/finalizers'],
          verbs: ['update'],
          why: 'Owner references that block deletion, where the API server asks for it.',
        },
      ];

/** What the program may do that writes CA certificates into webhook configurations. */
const CAINJECTOR_RULES: readonly Rule[] = [
  { apiGroups: CM, resources: ['certificates'], verbs: READ, why: 'A configuration may name a Certificate.' },
  { resources: ['secrets'], verbs: READ, why: 'The CA certificate stands in the Secret of the Certificate, in any namespace.' },
  { resources: ['events'], verbs: ['get', 'create', 'update', 'patch'], why: 'Tells who leads, and what it did.' },
  {
    apiGroups: ['admissionregistration.k8s.io'],
    resources: ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'],
    verbs: [...READ, 'update', 'patch'],
    why: 'Its work: their caBundle.',
  },
  {
    apiGroups: ['apiregistration.k8s.io'],
    resources: ['apiservices'],
    verbs: [...READ, 'update', 'patch'],
    why: 'Their caBundle: metrics servers may ask for it.',
  },
  {
    apiGroups: ['apiextensions.k8s.io'],
    resources: ['customresourcedefinitions'],
    verbs: [...READ, 'update', 'patch'],
    why: 'The caBundle of their conversion webhooks.',
  },
];

/** What the webhook may do cluster-wide. */
const WEBHOOK_RULES: readonly Rule[] = [
  {
    apiGroups: ['authorization.k8s.io'],
    resources: ['subjectaccessreviews'],
    verbs: ['create'],
    why: 'Asks whether whoever approves a request may approve for its issuer.',
  },
];

/** What the webhook may do in its own namespace. */
const WEBHOOK_SECRET_RULES: readonly Rule[] = [
  {
    resources: ['secrets'],
    verbs: ['get', 'list', 'watch', 'update'],
    resourceNames: [WEBHOOK_CA_SECRET],
    why: 'The CA that its replicas share, and renew.',
  },
  { resources: ['secrets'], verbs: ['create'], why: 'A Secret that is not there yet has no name to allow.' },
];

const ALL_SECRETS = 'It is what keeps certificates and keys in Secrets, wherever a Certificate stands.';

/**
 * Roles of the three programs. Leases are in their own namespace, where upstream takes kube-system. The roles that upstream adds to
 * `edit` and `admin` are left out: whoever may make a Certificate may have one from every ClusterIssuer, the mesh's included.
 * @param version - of cert-manager
 */
export function certManagerRoles(scope: Construct, version: string): void {
  const [controller, webhook, cainjector] = [account('controller'), account('webhook'), account('cainjector')];
  clusterRole(
    scope,
    controller.name,
    controller,
    controllerRules(version),
    { 'ignore-check.fleet/rbac-secrets': ALL_SECRETS },
    { 'ignore-check.fleet/rbac-cluster-wide-write': ALL_SECRETS },
  );
  role(scope, `${controller.name}-leader-election`, CERT_MANAGER_NAMESPACE, controller, leaderElection('cert-manager-controller'));
  clusterRole(scope, webhook.name, webhook, WEBHOOK_RULES);
  role(scope, `${webhook.name}-ca`, CERT_MANAGER_NAMESPACE, webhook, WEBHOOK_SECRET_RULES, {
    'ignore-check.fleet/rbac-secrets': 'It makes one Secret, which has no name to allow before it is there.',
  });
  clusterRole(scope, cainjector.name, cainjector, CAINJECTOR_RULES, {
    'ignore-check.fleet/rbac-secrets': 'It copies CA certificates out of the Secrets of Certificates, wherever these stand.',
    'ignore-check.fleet/rbac-escalation': 'Its work is the caBundle of webhook configurations; the API has no finer right.',
  });
  role(
    scope,
    `${cainjector.name}-leader-election`,
    CERT_MANAGER_NAMESPACE,
    cainjector,
    leaderElection('cert-manager-cainjector-leader-election'),
  );
}
