import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { ClusterFacts } from './facts';
import { parseCidr } from './network/cidr';
import { parseQuantity } from './quantity';

const quantity = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((value) => parseQuantity(value) !== undefined, 'expected a Kubernetes quantity, as 500m or 2Gi');

const resources = z.strictObject({ cpu: quantity, memory: quantity });

const taint = z.strictObject({
  key: z.string(),
  value: z.string().optional(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
});

const nodeGroup = z.strictObject({
  name: z.string(),
  labels: z.record(z.string(), z.string()),
  taints: z.array(taint),
  allocatable: z.strictObject({ cpu: quantity, memory: quantity, pods: z.int().positive(), ephemeralStorage: quantity.optional() }),
  size: z.strictObject({ min: z.int().min(0), max: z.int().min(0) }),
  zones: z.array(z.string()),
  spot: z.boolean(),
});

const protocol = z.enum(['TCP', 'UDP', 'SCTP']);
const port = z.int().min(1).max(65_535);
const cidr = z.string().refine((value) => parseCidr(value) !== undefined, 'expected a CIDR, as 10.0.0.0/17');
const podId = z.string().regex(/^[^/]+\/[^/]+$/, 'expected namespace and controller, as authorworks/authorworks-gateway');

const foreignPods = z.strictObject({
  id: podId,
  namespace: z.string(),
  labels: z.record(z.string(), z.string()),
  serviceAccount: z.string(),
  meshed: z.boolean(),
  ports: z.array(z.strictObject({ port, protocol, name: z.string().optional() })),
  addresses: z.array(cidr).optional(),
});

const block = z.strictObject({ cidr, except: z.array(cidr).optional() });
const end = z.union([
  z.strictObject({ pods: podId }),
  z.strictObject({ addresses: z.strictObject({ name: z.string(), blocks: z.array(block).nonempty() }) }),
]);

const edge = z
  .strictObject({ name: z.string(), from: end, to: end, protocol, first: port, last: port })
  .refine(({ first, last }) => first <= last, 'expected first to be at most last');

const facts = z.strictObject({
  cluster: z.string(),
  kubernetes: z.string().regex(/^1\.\d+$/, 'expected a Kubernetes minor in quotes, as "1.28"'),
  nodeGroups: z.array(nodeGroup),
  environment: z.enum(['dev', 'staging', 'production']),
  existing: z.array(z.string().regex(/^\S+ \S+$/, 'expected a kind and a name, as "ConfigMap argocd/argocd-cm"')),
  proxy: z.strictObject({ requests: resources, limits: resources }),
  edges: z.array(edge),
  foreignPods: z.array(foreignPods),
  podNetworks: z.array(cidr),
});

const partialFacts: z.ZodType<Partial<ClusterFacts>> = facts.partial();

/** Facts for every cluster (`common`), and for single ones by name. */
export interface FactsFile {
  readonly common: Partial<ClusterFacts>;
  readonly byCluster: ReadonlyMap<string, Partial<ClusterFacts>>;
}

/**
 * Reads a facts file: a map holds for every cluster of the folder; in a list each entry says with `cluster` which one it is for.
 * @throws an error with file, path and expectation for each thing that is wrong
 */
export function readFacts(file: string): FactsFile {
  const document = parseDocument(readFileSync(file, 'utf8'));
  const [error] = document.errors;
  if (error !== undefined) throw new Error(`${file}: ${error.message}`);
  const value: unknown = document.toJS();
  if (!Array.isArray(value)) return { common: validated(file, partialFacts, value), byCluster: new Map() };
  const entries = validated(file, z.array(partialFacts), value);
  const byCluster = new Map<string, Partial<ClusterFacts>>();
  for (const [i, entry] of entries.entries()) {
    if (entry.cluster === undefined)
      throw new Error(`${file}: [${i}].cluster: is missing; expected the cluster that the entry is for, as authorworks/dev`);
    if (byCluster.has(entry.cluster)) throw new Error(`${file}: [${i}].cluster: ${entry.cluster} has two entries; expected one`);
    byCluster.set(entry.cluster, entry);
  }
  return { common: {}, byCluster };
}

function validated<T>(file: string, schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path, message }) => `${file}: ${path.map(String).join('.') || '(top)'}: ${message}`);
  throw new Error(lines.join('\n'));
}
