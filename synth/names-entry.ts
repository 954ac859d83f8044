import { groupOf, type Json, type JsonObject, type KubeObject } from './object';

/** What the lock says of one object: its name, and the parts of it that cannot change while it runs. */
export interface LockEntry {
  /** `Deployment authorworks/authorworks-gateway`; a cluster-scoped object has no namespace. */
  readonly object: string;
  /** Selector, claims and such, as `app=authorworks-gateway`; empty when only the name is locked. */
  readonly fixed: string;
}

/** Said where a selector may be left out, so that adding one is seen as a change. */
const NO_SELECTOR = 'no selector';

/** Locked kinds as `<group>/<kind>`, each with what is fixed besides the name. */
const LOCKED: Readonly<Record<string, (object: KubeObject) => readonly string[]>> = {
  '/Namespace': () => [],
  '/PersistentVolumeClaim': ({ spec }) => claimParts(spec),
  '/Service': ({ spec }) => [mapText(member(spec, 'selector')) || NO_SELECTOR, member(spec, 'clusterIP') === 'None' ? 'headless' : ''],
  '/ServiceAccount': () => [],
  'apps/DaemonSet': ({ spec }) => [selectorText(spec)],
  'apps/Deployment': ({ spec }) => [selectorText(spec)],
  'apps/StatefulSet': ({ spec }) => [
    selectorText(spec),
    labelled('service', member(spec, 'serviceName')),
    labelled('pods', member(spec, 'podManagementPolicy')),
    ...list(member(spec, 'volumeClaimTemplates')).map((claim) => {
      const size = member(member(member(member(claim, 'spec'), 'resources'), 'requests'), 'storage');
      return ['claim', text(member(member(claim, 'metadata'), 'name')), ...claimParts(member(claim, 'spec')), text(size)]
        .filter(Boolean)
        .join(' ');
    }),
  ],
  'argoproj.io/AppProject': () => [],
  'argoproj.io/Application': () => [],
  'argoproj.io/Rollout': ({ spec }) => [selectorText(spec)],
  'batch/CronJob': () => [],
  'batch/Job': () => [],
};

/** What the lock holds of an object; `undefined` for kinds that may come and go, and for Jobs that Argo CD makes anew in each sync. */
export function lockEntry(object: KubeObject): LockEntry | undefined {
  const fixed = LOCKED[`${groupOf(object)}/${object.kind}`];
  if (fixed === undefined || (object.kind === 'Job' && object.metadata.annotations?.['argocd.argoproj.io/hook'] !== undefined))
    return undefined;
  const { name, namespace } = object.metadata;
  return {
    object: `${object.kind} ${namespace === undefined ? name : `${namespace}/${name}`}`,
    fixed: fixed(object).filter(Boolean).join('; '),
  };
}

/** An entry on one line, as the lock file and its records have it: `Deployment authorworks/gateway (app=gateway)`. */
export function entryText({ object, fixed }: LockEntry): string {
  return fixed === '' ? object : `${object} (${fixed})`;
}

/** Reads {@link entryText} back; `undefined` when the text has another form. A record may leave the part in parentheses out. */
export function parseEntry(line: string): LockEntry | undefined {
  const match = /^([A-Z][A-Za-z]* [^ ()]+)(?: \((.+)\))?$/.exec(line);
  return match?.[1] === undefined ? undefined : { object: match[1], fixed: match[2] ?? '' };
}

/** Parts of a claim that the API server never lets change; its size may grow. */
function claimParts(spec: Json | undefined): readonly string[] {
  return [
    text(member(spec, 'storageClassName')),
    list(member(spec, 'accessModes')).map(text).sort().join('+'),
    labelled('mode', member(spec, 'volumeMode')),
    labelled('volume', member(spec, 'volumeName')),
  ].filter(Boolean);
}

/** A label selector in the notation of `kubectl get --selector`. */
function selectorText(spec: Json | undefined): string {
  const selector = member(spec, 'selector');
  const expressions = list(member(selector, 'matchExpressions')).map((expression) => {
    const values = list(member(expression, 'values')).map(text).sort().join(',');
    return `${text(member(expression, 'key'))} ${text(member(expression, 'operator'))}${values === '' ? '' : ` [${values}]`}`;
  });
  return [mapText(member(selector, 'matchLabels')), ...expressions.sort()].filter(Boolean).join(',') || NO_SELECTOR;
}

function mapText(map: Json | undefined): string {
  if (!isObject(map)) return '';
  return Object.keys(map)
    .sort()
    .map((key) => `${key}=${text(map[key])}`)
    .join(',');
}

function labelled(label: string, value: Json | undefined): string {
  return value === undefined ? '' : `${label} ${text(value)}`;
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

function member(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) ? value[key] : undefined;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
