import { type LabelSelector, selects } from '../../../checks/selectors';
import { describe, groupOf, type KubeObject } from '../../../synth/object';
import { GIVEN } from './crds';
import type { Plan, Stage } from './plan';
import { podsOfTemplate } from './pods';
import { isInjected } from './proxy';
import { waitAfter } from './waits';

/** Kinds that a chart's own webhook judges, or that only its program understands: it must run before them. */
const CHART_OF_GROUP: Readonly<Record<string, string>> = {
  'actions.github.com': 'gha-runner-scale-set-controller',
  'external-secrets.io': 'external-secrets',
  'keda.sh': 'keda',
  'trust.cert-manager.io': 'trust-manager',
  'velero.io': 'velero',
};

/** The chart whose webhook gives pods their proxy; a pod that comes before it has none. */
const INJECTOR = 'linkerd-control-plane';

/** Where an object names another that has to be there, beside those that a running cluster shows as missing. */
const NAMED: readonly { readonly of: string; readonly kind: string; readonly name: (spec: Spec) => string | undefined }[] = [
  { of: 'Certificate', kind: 'ClusterIssuer', name: ({ issuerRef }) => (issuerRef?.kind === 'ClusterIssuer' ? issuerRef.name : undefined) },
  { of: 'Ingress', kind: 'IngressClass', name: ({ ingressClassName }) => ingressClassName },
  {
    of: 'ExternalSecret',
    kind: 'ClusterSecretStore',
    name: ({ secretStoreRef }) => (secretStoreRef?.kind === 'ClusterSecretStore' ? secretStoreRef.name : undefined),
  },
];

/** Made before the bootstrap file is applied; dist has it as well, for its labels and its quota. */
const BY_HAND = 'argocd';

/** An object of a plan, and when it comes. */
interface Placed {
  readonly object: KubeObject;
  readonly stage: Stage;
  /** Number of the stage. */
  readonly index: number;
  /** Number of the object. */
  readonly position: number;
}

const isLater = (other: Placed | undefined, position: number): boolean => other !== undefined && other.position > position;

/**
 * What comes before something that it needs: definitions before their objects, namespaces before what is in them, a webhook that must
 * answer before what it judges, the programs of charts before their kinds, the mesh and priorities before pods, an issuer before what it issues.
 * @param definedBy kinds that a component's definitions define, as `cert-manager.io/Certificate`
 * @returns one sentence each
 */
export function tooEarly(plan: Plan, definedBy: (component: string) => readonly string[]): readonly string[] {
  const { stages } = plan;
  const waits = stages.map((stage) => waitAfter(plan, stage));
  const placed = stages
    .flatMap((stage, index) => stage.documents.map(({ object }) => ({ object, stage, index })))
    .map((each, position): Placed => ({ ...each, position }));
  const inDist = (kind: string, name: string) => placed.find(({ object }) => object.kind === kind && object.metadata.name === name);
  const stageOf = (brings: (stage: Stage) => boolean) => stages.findIndex(brings);
  /** Whether Argo CD waits for the health of one stage before it comes to another. */
  const stands = (before: number, after: number) =>
    before !== -1 &&
    waits.some((wait, i) => i >= before && i < after && (wait === 'all' || (wait === 'application' && sameApplication(before, after))));
  const sameApplication = (a: number, b: number) => stages[a]?.application === stages[b]?.application;

  const definitions = new Map<string, number>();
  for (const [index, { crds }] of stages.entries())
    for (const kind of crds.filter((component) => !GIVEN.includes(component)).flatMap(definedBy))
      if (!definitions.has(kind)) definitions.set(kind, index);
  const webhooks = placed.flatMap(webhooksOf);

  const needsOf = ({ object, index, position }: Placed): readonly (string | undefined)[] => {
    const group = groupOf(object);
    const { namespace } = object.metadata;
    const definition = definitions.get(`${group}/${object.kind}`);
    const home = namespace === undefined ? undefined : inDist('Namespace', namespace);
    const chart = CHART_OF_GROUP[group];
    const program = chart === undefined ? -1 : stageOf((stage) => stage.chart === chart);
    const pods = podsOfTemplate(object);
    const isMeshed = pods.some((pod) => isInjected(pod, home?.object.metadata.annotations));
    const priority = pods.map(({ spec }) => spec.priorityClassName ?? '').find((name) => isLater(inDist('PriorityClass', name), position));
    return [
      definition === undefined || stands(definition, index) ? undefined : 'the definition of its kind',
      home === undefined || home.index <= index || namespace === BY_HAND ? undefined : `Namespace ${namespace}`,
      program === -1 || stands(program, index) ? undefined : `the program of chart ${chart}`,
      !isMeshed ||
      stands(
        stageOf((stage) => stage.chart === INJECTOR),
        index,
      )
        ? undefined
        : `chart ${INJECTOR}, whose webhook gives it a proxy`,
      priority === undefined ? undefined : `PriorityClass ${priority}`,
      ...NAMED.filter(({ of }) => of === object.kind).map(({ kind, name }) => {
        const wanted = name((object.spec ?? {}) as Spec);
        const found = wanted === undefined ? undefined : inDist(kind, wanted);
        // What is nowhere in dist, a cluster may have from elsewhere; checks know.
        return found === undefined || found.index <= index ? undefined : `${kind} ${wanted}`;
      }),
      ...webhooks.map((webhook) => {
        const isJudged = webhook.index <= index && webhook.judges(object, home?.object);
        if (!isJudged) return undefined;
        const programs = placed.filter(({ object: each }) => webhook.isBehind(each));
        return programs.length > 0 && programs.every((each) => stands(each.index, index))
          ? undefined
          : `the program behind webhook ${webhook.name}`;
      }),
    ];
  };
  return placed.flatMap((each) => {
    const missing = needsOf(each).filter((need) => need !== undefined);
    return missing.map((need) => `${describe(each.object)} of ${each.stage.application} comes before ${need}`);
  });

  /** Webhooks of dist that refuse what they judge when nobody answers. */
  function webhooksOf({ object, index }: Placed) {
    if (!object.kind.endsWith('WebhookConfiguration')) return [];
    return ((object.webhooks ?? []) as unknown as readonly Webhook[])
      .filter(({ failurePolicy }) => failurePolicy !== 'Ignore')
      .map(({ name, clientConfig: { service }, rules, objectSelector = {}, namespaceSelector = {} }) => ({
        name,
        index,
        judges: (judged: KubeObject, home: KubeObject | undefined) =>
          rules.some((rule) => covers(rule, judged)) &&
          selects(objectSelector, judged.metadata.labels ?? {}) &&
          (judged.metadata.namespace === undefined ||
            selects(namespaceSelector, { ...home?.metadata.labels, 'kubernetes.io/metadata.name': judged.metadata.namespace })),
        isBehind: (program: KubeObject) => {
          const found = placed.find(
            ({ object: { kind, metadata } }) =>
              kind === 'Service' && metadata.name === service?.name && metadata.namespace === service.namespace,
          );
          const { selector } = (found?.object.spec ?? {}) as { readonly selector?: Readonly<Record<string, string>> };
          return (
            selector !== undefined &&
            program.metadata.namespace === service?.namespace &&
            podsOfTemplate(program).some(({ metadata }) => selects({ matchLabels: selector }, metadata.labels ?? {}))
          );
        },
      }));
  }
}

/** Whether a rule is about the creation of an object. */
function covers({ apiGroups, resources, operations }: Rule, object: KubeObject): boolean {
  const has = (list: readonly string[], ...values: readonly string[]) => list.includes('*') || values.some((value) => list.includes(value));
  const plural = object.kind
    .toLowerCase()
    .replace(/(ss|s)?$/, (end) => (end === 'ss' ? 'sses' : end === '' ? 's' : `${end}es`))
    .replace(/ys$/, 'ies');
  return has(apiGroups, groupOf(object)) && has(operations, 'CREATE') && has(resources, plural, '*/*');
}

interface Spec {
  readonly issuerRef?: { readonly kind?: string; readonly name: string };
  readonly secretStoreRef?: { readonly kind?: string; readonly name: string };
  readonly ingressClassName?: string;
}

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly operations: readonly string[];
}

interface Webhook {
  readonly name: string;
  readonly failurePolicy?: string;
  readonly clientConfig: { readonly service?: { readonly name: string; readonly namespace: string } };
  readonly rules: readonly Rule[];
  readonly objectSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
}
