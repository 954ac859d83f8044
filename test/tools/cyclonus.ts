import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ForeignPods, Protocol } from '../../checks/reachability/model';
import type { SourcedObject } from '../../synth/object';

/** What cyclonus is asked: which of some pods reach which on some ports. */
export interface Question {
  readonly policies: readonly SourcedObject[];
  /** Each with one address. */
  readonly pods: readonly ForeignPods[];
  /** Labels by namespace, with `kubernetes.io/metadata.name`. */
  readonly namespaces: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly protocol: Protocol;
  readonly ports: readonly number[];
}

/**
 * What cyclonus says is open, as `x/a > x/b 80`; of a cluster it needs nothing. Protocols are asked one by one, since cyclonus looks a
 * port's name up by its number alone.
 * @throws an Error with its output, when it gives no answer to some of the question
 */
export function simulated(program: string, { policies, pods, namespaces, protocol, ports }: Question): ReadonlySet<string> {
  // Names of pods are ours: long ones would be broken into lines.
  const named = pods.map((group, i) => ({ group, name: `p${i}`, key: `${group.namespace}/p${i}` }));
  const idOf = new Map(named.map(({ group, key }) => [key, group.id]));
  const model = {
    Probes: ports.map((port) => ({ Protocol: protocol, Port: port })),
    Resources: {
      Namespaces: namespaces,
      Pods: named.map(({ group, name }) => ({
        Namespace: group.namespace,
        Name: name,
        Labels: group.labels,
        IP: group.addresses?.[0]?.split('/')[0],
        Containers: containersOf(group, protocol, ports),
      })),
    },
  };
  const list = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicyList', items: policies.map(({ object }) => object) };
  const output = run(program, { 'policies.yaml': JSON.stringify(list), 'model.json': JSON.stringify(model) });
  // One table for each port, in their order; at the end an empty one, of a cluster that was not asked.
  const tables = output
    .split('Combined:\n')
    .slice(1, ports.length + 1)
    .map((text) => rowsOf(text.split('\n\n')[0] ?? ''));
  const keys = named.map(({ key }) => key).sort();
  const open = new Set<string>();
  for (const [i, rows] of tables.entries()) {
    if (rows.map(([key]) => key).join() !== keys.join()) throw new Error(`cyclonus answered something else: ${rows.map(([key]) => key)}`);
    for (const [from = '', ...cells] of rows) {
      for (const [j, cell] of cells.entries()) {
        if (cell !== '.' && cell !== 'X') throw new Error(`cyclonus says ${cell} of ${from}`);
        if (cell === '.') open.add(`${idOf.get(from)} > ${idOf.get(keys[j] ?? '')} ${ports[i]}`);
      }
    }
  }
  if (tables.length !== ports.length) throw new Error(`cyclonus answered ${tables.length} of ${ports.length} ports: ${output}`);
  return open;
}

/** Every port that is asked for, with the pods' own names; a pod without it would not be asked. */
function containersOf({ ports: own }: ForeignPods, protocol: Protocol, asked: readonly number[]) {
  const declared = own.filter((port) => port.protocol === protocol);
  const others = asked.filter((port) => !declared.some((one) => one.port === port)).map((port) => ({ port, name: '' }));
  return [...declared, ...others].map(({ port, name = '' }, i) => ({ Name: `c${i}`, Port: port, PortName: name, Protocol: protocol }));
}

function rowsOf(table: string): readonly (readonly string[])[] {
  const lines = table.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(1).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function run(program: string, files: Readonly<Record<'policies.yaml' | 'model.json', string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'cyclonus-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const paths = ['--policy-path', join(folder, 'policies.yaml'), '--probe-path', join(folder, 'model.json')];
    const { stdout, stderr, status } = spawnSync(program, ['analyze', '--mode', 'probe', ...paths], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    if (status !== 0) throw new Error(`cyclonus failed: ${stderr}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
