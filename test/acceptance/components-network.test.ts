import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { comparison, idsOf } from '../../checks/reachability/comparison';
import type { ReachPods } from '../../checks/reachability/pods';
import { reach } from '../../checks/reachability/reach';
import { readFolder } from '../../checks/read';
import { clusterFacts } from '../../fleet/cluster-facts';
import { ENVIRONMENTS, PRODUCT } from './dist';
import { repository } from './project';

// Who can reach whom (rows A-05 and P-07): both layers of dist are evaluated together, and compared with the calls that are declared.

/**
 * Who asks programs of the nodes, on which ports. Nodes have addresses among those of pods: where no policy closes a pod, the rule leads to
 * it, too. No pod of ours is like that, and none of those that are not ours listens on these ports.
 */
const TO_NODES: Readonly<Record<string, readonly number[]>> = {
  'kube-system/metrics-server': [10250],
  'monitoring/prometheus': [9100, 10250],
};

describe.each(ENVIRONMENTS)('in %s', (environment) => {
  const facts = clusterFacts(repository, `authorworks/${environment}`);
  const objects = readFolder(join(repository, 'dist/authorworks', environment)).sets.flatMap((set) => set.objects);
  const reached = reach(objects, facts);
  const declared = facts.edges ?? [];
  const namespaceOf = (id: string) => id.split('/')[0];
  /** Callers and callees that are pods, as ids, with the ports that are open. */
  const pairs = reached.edges.flatMap((edge) =>
    idsOf(edge.from).flatMap((from) => idsOf(edge.to).map((to) => ({ from, to, first: edge.first, last: edge.last, layers: edge.layers }))),
  );

  it('what is open is what is declared, no more and no less', () => {
    expect(declared.length).toBeGreaterThan(50);
    const { missing, extra } = comparison(reached, declared);
    expect(missing).toEqual([]);
    const unaccounted = extra.filter(({ from, to, first, last }) => !idsOf(from).every((id) => isExempt(id, idsOf(to), first, last)));
    expect(unaccounted).toEqual([]);
    // An exemption that is needed no more goes.
    expect(extra.length).toBeGreaterThan(0);
  });

  /** Is it the rule of a component for nodes, as it meets a pod of others that no policy closes? */
  function isExempt(from: string, callees: readonly string[], first: number, last: number): boolean {
    const unclosed = (pods: ReachPods | undefined) =>
      pods !== undefined && pods.subject === undefined && !reached.judge.side(pods, 'ingress').isolated;
    const nodePorts = TO_NODES[from] ?? [];
    return callees.length > 0 && nodePorts.includes(first) && first === last && callees.every((id) => unclosed(reached.judge.find(id)));
  }

  it('calls inside the product are let through by both layers, except those of Jobs, which the mesh leaves alone', () => {
    const inside = pairs.filter(({ from, to }) => namespaceOf(from) === PRODUCT && namespaceOf(to) === PRODUCT);
    expect(inside.length).toBeGreaterThan(10);
    for (const { from, to, layers } of inside) {
      const callee = reached.judge.find(to);
      const caller = reached.judge.find(from);
      if (callee?.meshed && caller?.meshed) expect(layers, `${from} to ${to}`).toBe('network and mesh');
    }
    expect(inside.filter(({ layers }) => layers === 'network and mesh').length).toBeGreaterThan(10);
  });

  it.each([
    ['authorworks-gateway', 'authorworks-pgbouncer', 'it has no database'],
    ['authorworks-content', 'authorworks-gateway', 'nobody inside calls the gateway'],
    ['authorworks-media-worker', 'authorworks-subscription', 'payments are none of its business'],
    ['authorworks-editor', 'authorworks-subscription', 'payments are none of its business'],
  ])('%s cannot reach %s: %s', (from, to) => {
    const [caller, callee] = [from, to].map((name) => reached.judge.find(`${PRODUCT}/${name}`));
    if (caller === undefined || callee === undefined) throw new Error(`${from} or ${to} is not in dist`);
    expect(reached.judge.opened(caller, callee)).toEqual({ network: [], mesh: [] });
  });

  it('the product is entered from outside its namespace by the ingress controller and by Prometheus alone', () => {
    const callers = pairs.filter(({ from, to }) => namespaceOf(to) === PRODUCT && namespaceOf(from) !== PRODUCT).map(({ from }) => from);
    expect([...new Set(callers)].sort()).toEqual(['ingress-nginx/ingress-nginx-controller', 'monitoring/prometheus']);
    const addresses = reached.edges.filter(({ from, to }) => 'addresses' in from && idsOf(to).some((id) => namespaceOf(id) === PRODUCT));
    expect(addresses).toEqual([]);
  });

  it('the ingress controller reaches of the product only what has a host', () => {
    const callees = pairs.filter(({ from, to }) => from === 'ingress-nginx/ingress-nginx-controller' && namespaceOf(to) === PRODUCT);
    expect([...new Set(callees.map(({ to }) => to))].sort()).toEqual([`${PRODUCT}/authorworks-editor`, `${PRODUCT}/authorworks-gateway`]);
  });

  it('all clients of the world end at the ingress controller', () => {
    const publicly = reached.edges.filter(
      ({ from }) => 'addresses' in from && from.addresses.blocks.some(({ cidr }) => Number(cidr.split('/')[1]) < 8),
    );
    expect(publicly).toEqual([]);
    const entrances = reached.edges
      .filter(({ from, first }) => 'addresses' in from && [8080, 8443].includes(first))
      .flatMap(({ to }) => idsOf(to));
    expect(new Set(entrances)).toContain('ingress-nginx/ingress-nginx-controller');
  });
});

describe('GitHub’s runners in dev', () => {
  const facts = clusterFacts(repository, 'authorworks/dev');
  const objects = readFolder(join(repository, 'dist/authorworks/dev')).sets.flatMap((set) => set.objects);
  const { judge, edges } = reach(objects, facts);
  const RUNNERS = 'arc-runners/runners';

  it('are known to the evaluation', () => expect(judge.find(RUNNERS)?.namespace).toBe('arc-runners'));

  it('reach the cluster’s DNS and no other pod, of the product or of the platform', () => {
    const callees = edges.filter(({ from }) => idsOf(from).includes(RUNNERS)).flatMap(({ to }) => idsOf(to));
    expect([...new Set(callees)]).toEqual(['kube-system/coredns']);
  });

  it('are reached by nobody', () => {
    expect(edges.filter(({ to }) => idsOf(to).includes(RUNNERS))).toEqual([]);
  });

  it('reach outside the cluster the internet’s port for HTTPS, and neither the VPC, nor Services, nor the metadata of their node', () => {
    const out = edges.filter(({ from, to }) => 'addresses' in to && idsOf(from).includes(RUNNERS));
    expect(out.length).toBeGreaterThan(0);
    const number = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
    const holds = (cidr: string, address: string) => {
      const [base = '', bits] = cidr.split('/');
      const size = 2 ** (32 - Number(bits));
      return Math.floor(number(base) / size) === Math.floor(number(address) / size);
    };
    for (const { to, first, last } of out) {
      expect([first, last]).toEqual([443, 443]);
      const blocks = 'addresses' in to ? to.addresses.blocks : [];
      const open = (address: string) =>
        blocks.some(({ cidr, except }) => holds(cidr, address) && !except?.some((each) => holds(each, address)));
      expect(open('140.82.112.3'), 'GitHub').toBe(true);
      // A pod, a database, the API server's Service, the metadata service, EKS's own range.
      for (const closed of ['10.16.40.1', '10.16.8.10', '172.20.0.1', '169.254.169.254', '100.64.0.1'])
        expect(open(closed), closed).toBe(false);
    }
  });
});
