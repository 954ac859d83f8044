import type { Json, JsonObject, KubeObject } from './object';

/** A kind of object: members that stand first, in this order; every other member follows in alphabetical order. */
interface Shape {
  readonly first: readonly string[];
  readonly isFirst: ReadonlySet<string>;
}

const OBJECT = shape('apiVersion apiGroup kind metadata name namespace');
const METADATA = shape('name generateName namespace labels annotations finalizers ownerReferences');
const POD_SPEC = shape(
  'serviceAccountName automountServiceAccountToken priorityClassName securityContext initContainers containers volumes',
);
const CONTAINER = shape(
  'name image imagePullPolicy restartPolicy command args workingDir ports envFrom env resources volumeMounts ' +
    'startupProbe livenessProbe readinessProbe lifecycle securityContext',
);
/** Keys are data, not fields: strictly alphabetical. */
const MAP: Shape = { first: [], isFirst: new Set() };

/** What lies below a member of this name, wherever it occurs; for a list, what its items are. Everything else is an object. */
const SHAPE_BELOW: ReadonlyMap<string, Shape> = new Map([
  ['metadata', METADATA],
  ...'containers initContainers ephemeralContainers'.split(' ').map((name) => [name, CONTAINER] as const),
  ...'labels annotations matchLabels nodeSelector selector data binaryData stringData limits requests hard parameters'
    .split(' ')
    .map((name) => [name, MAP] as const),
]);

/**
 * The object with its members in the order in which reviewers expect them, whatever order they were added in: identity first, in containers
 * the image and the command before the probes, maps such as labels by key. Lists keep their order; members that are `undefined` go away.
 */
export function orderObject(object: KubeObject): KubeObject {
  return ordered(object, OBJECT) as KubeObject;
}

function ordered(object: JsonObject, shape: Shape): JsonObject {
  const result: Record<string, Json> = {};
  const { first, isFirst } = shape === OBJECT && 'containers' in object ? POD_SPEC : shape;
  for (const key of first) if (key in object) put(result, key, object[key]);
  for (const key of sortedKeys(object)) if (!isFirst.has(key)) put(result, key, object[key]);
  return result;
}

/** Keys in the order of their code units. What cdk8s renders is sorted already, and looking is cheaper than sorting. */
function sortedKeys(object: JsonObject): readonly string[] {
  const keys = Object.keys(object);
  return keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key) ? keys : keys.sort();
}

function put(result: Record<string, Json>, key: string, value: Json | undefined): void {
  if (value === undefined) return;
  const placed = typeof value === 'object' && value !== null ? within(value, SHAPE_BELOW.get(key) ?? OBJECT) : value;
  // Plain assignment to this one name would set the prototype and lose the value.
  if (key === '__proto__') Object.defineProperty(result, key, { value: placed, enumerable: true });
  else result[key] = placed;
}

function within(value: readonly Json[] | JsonObject, shape: Shape): Json {
  if (!isList(value)) return ordered(value, shape);
  return value.map((item) => (typeof item === 'object' && item !== null ? within(item, shape) : item));
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}

function shape(first: string): Shape {
  return { first: first.split(' '), isFirst: new Set(first.split(' ')) };
}
