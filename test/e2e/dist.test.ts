import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { edgeDeclared } from '../../checks/edges/edge-declared';
import { edgeOpen } from '../../checks/edges/edge-open';
import type { ReachedEnd } from '../../checks/reachability/model';
import { type Reach, reach } from '../../checks/reachability/reach';
import { readFolder } from '../../checks/read';
import { runChecks } from '../../checks/run';
import { type LabelSelector, selects } from '../../checks/selectors';
import { EXPECTED_POD_WARNINGS, EXPECTED_WARNINGS, type ExpectedWarning, INIT_CONTAINER_WARNING } from './expected';
import type { Applied } from './harness/apply';
import { casesOn, type Laid, lay } from './harness/cases';
import { crdsFolder, readCrds } from './harness/crds';
import { startInjector } from './harness/injector';
import { type Plan, planOf } from './harness/plan';
import { createPod, ensureDefaultAccount, type PodAnswer, podsOf, type TemplatePod } from './harness/pods';
import { tooEarly } from './harness/precedence';
import { LINKERD } from './harness/proxy';
import { enforceQuotas } from './harness/quotas';
import { storedObjects } from './harness/stored';
import { applyAgain, type Sync, sync } from './harness/sync';
import { open, REPOSITORY, type TestCluster, targets } from './harness/targets';

// Each cluster of dist on an API server of each line: what Argo CD would do on a first install, without any controllers.

const fromDist = ({ document }: Applied) => document.source.startsWith('dist/');

describe.each(targets())('Kubernetes $name', (target) => {
  describe.each(casesOn(target))('$title', (tried) => {
    const name = tried.cluster;
    let laid: Laid;
    let cluster: TestCluster;
    let plan: Plan;
    let first: Sync;

    /** Nothing is warned of but what is expected here, and all of that is. */
    const expectWarnings = (warnings: readonly { readonly source: string; readonly text: string }[], all: readonly ExpectedWarning[]) => {
      const here = all.filter((each) => each.cluster.test(name) && (each.lines?.includes(cluster.line) ?? true));
      const isExpected = (warning: (typeof warnings)[number]) => (each: ExpectedWarning) =>
        each.text === warning.text && each.source.test(warning.source);
      expect(warnings.filter((warning) => !here.some(isExpected(warning)))).toEqual([]);
      expect(here.filter((each) => !warnings.some((warning) => isExpected(warning)(each)))).toEqual([]);
    };

    beforeAll(async () => {
      laid = lay(tried);
      plan = planOf(laid.root, name);
      cluster = await open(target);
      first = await sync(cluster.client, plan, { crds: crdsFolder(cluster.line, REPOSITORY) });
    });
    afterAll(async () => {
      laid?.remove();
      await cluster?.stop();
    });

    test('the project’s checks have nothing against it', () => {
      expect(laid.findings).toEqual([]);
    });

    test('every Application has manifests, and every file has an Application', () => {
      expect(plan.problems).toEqual([]);
      expect(first.applied.filter(fromDist).length).toBeGreaterThan(100);
    });

    test('every object is accepted at its first try, in the order of Argo CD', () => {
      const refused = first.applied.filter(({ refusal }) => refusal !== undefined);
      expect(refused.map(({ document, status, refusal }) => `${document.source}: ${status} ${refusal}`)).toEqual([]);
    });

    test('no namespace is left to CreateNamespace=true', () => {
      expect(first.createdNamespaces).toEqual([]);
    });

    test('the API server warns of nothing but what is expected, and of all of that', () => {
      const warnings = first.applied.flatMap(({ document, warnings }) => warnings.map((text) => ({ source: document.source, text })));
      expectWarnings(warnings, EXPECTED_WARNINGS);
    });

    test('what has no backend here is only tried', () => {
      const tried = first.applied.filter(({ dryRun }) => dryRun).map(({ document }) => document.source);
      if (tried.length > 0) console.info(`applied as dry run: ${tried.join(', ')}`);
      expect(tried.every((source) => /(webhookconfiguration|apiservice)/.test(source))).toBe(true);
    });

    test('a second apply changes nothing', async ({ skip }) => {
      if (cluster.own === undefined) return skip('controllers of a cluster of somebody else may write in between');
      const changed = await applyAgain(cluster.client, first.applied.filter(fromDist), plan);
      expect(changed).toEqual([]);
    });

    test('what is needed comes first: definitions, webhooks that must answer, issuers, the mesh', () => {
      const folder = crdsFolder(cluster.line, REPOSITORY);
      const kinds = (component: string) =>
        readCrds(folder, component).map(({ object }) => kindOf(object.spec as unknown as DefinitionSpec));
      expect(tooEarly(plan, kinds)).toEqual([]);
    });

    test('who may connect to what, by what the server stores, is what dist says, and what is declared', async () => {
      const stored = await storedObjects(cluster.client, first.applied.filter(fromDist));
      const { facts } = laid;
      const rendered = readFolder(join(laid.root, name)).sets.flatMap(({ objects }) => objects);
      const matrix = reach(stored, facts);
      expect(matrix.edges.length).toBeGreaterThan(100);
      expect(lines(matrix)).toEqual(lines(reach(rendered, facts)));
      // What is open beyond that has a reason beside it, which the server stores as well.
      const ours = [edgeOpen, edgeDeclared];
      const { findings } = runChecks(stored, facts, ours);
      expect(findings.filter(({ check }) => ours.some(({ id }) => id === check))).toEqual([]);
      // Were one policy not what it is, this would show.
      const policies = stored.filter(({ object }) => object.kind === 'NetworkPolicy');
      const without = stored.filter((each) => each !== policies.at(-1));
      expect(lines(reach(without, facts))).not.toEqual(lines(matrix));
    });

    describe('namespaces', () => {
      test.each(['enforce', 'warn', 'audit'])('carry the level to %s that dist declares', async (mode) => {
        const label = `pod-security.kubernetes.io/${mode}`;
        const declared = declaredNamespaces(first);
        expect(declared.length).toBeGreaterThan(0);
        for (const { metadata } of declared) {
          const live = (await cluster.client.request('GET', `/api/v1/namespaces/${metadata.name}`)).body;
          expect(metadata.labels?.[label], `${metadata.name} in dist`).toBeDefined();
          expect(live.metadata.labels[label], `${metadata.name} on the server`).toBe(metadata.labels?.[label]);
        }
      });

      test('refuse or warn of a privileged pod, as they declare', async () => {
        for (const { metadata } of declaredNamespaces(first)) {
          await ensureDefaultAccount(cluster.client, metadata.name);
          const answer = await createPod(cluster.client, PRIVILEGED(metadata.name), true);
          const warned = metadata.labels?.['pod-security.kubernetes.io/enforce'] === 'privileged' && !isHeld(first, metadata.name);
          const said = warned ? answer.warnings.join() : `${answer.status} ${answer.refusal}`;
          const expected = warned ? /would violate PodSecurity/ : /^403 .*(violates PodSecurity|ValidatingAdmissionPolicy)/;
          expect(said, metadata.name).toMatch(expected);
        }
      });
    });

    describe('pods of every template', () => {
      let pods: readonly TemplatePod[];
      let created: readonly (TemplatePod & PodAnswer)[];

      beforeAll(async () => {
        pods = podsOf(first.applied);
        if (cluster.own === undefined) return;
        await enforceQuotas(cluster.client);
        const injector = await startInjector(cluster.own, LINKERD[cluster.line]);
        const answers: (TemplatePod & PodAnswer)[] = [];
        for (const pod of pods) answers.push({ ...pod, ...(await createPod(cluster.client, pod)) });
        created = answers;
        await injector.stop();
      });

      // As an ordinary container, or as a native sidecar.
      const hasProxy = ({ stored }: PodAnswer) =>
        [...(stored?.spec.containers ?? []), ...(stored?.spec.initContainers ?? [])].some(({ name }) => name === 'linkerd-proxy');

      test('are admitted, with the proxy where they are meshed', ({ skip }) => {
        if (created === undefined) return skip('a cluster of somebody else cannot reach the injector');
        expect(created.length).toBeGreaterThan(10);
        expect(
          created.filter(({ refusal }) => refusal !== undefined).map(({ source, status, refusal }) => `${source}: ${status} ${refusal}`),
        ).toEqual([]);
        expect(created.filter(hasProxy).length).toBeGreaterThan(5);
        // No annotation of ours is ignored: who says `disabled` has no proxy.
        expect(created.filter((each) => hasProxy(each) && each.pod.metadata.annotations?.['linkerd.io/inject'] === 'disabled')).toEqual([]);
      });

      test('are warned of for the init container of the mesh, and for nothing but what is expected', ({ skip }) => {
        if (created === undefined) return skip('a cluster of somebody else cannot reach the injector');
        const others = (each: PodAnswer) => each.warnings.filter((text) => !(hasProxy(each) && text === INIT_CONTAINER_WARNING));
        const warnings = created.flatMap((each) => others(each).map((text) => ({ source: each.source, text })));
        expectWarnings(warnings, EXPECTED_POD_WARNINGS);
      });
    });
  });
});

interface DefinitionSpec {
  readonly group: string;
  readonly names: { readonly kind: string };
}

const kindOf = ({ group, names }: DefinitionSpec) => `${group}/${names.kind}`;

/** A matrix in a form that does not depend on the order of the objects it was read from. */
const lines = ({ edges }: Reach): readonly string[] => {
  const sorted = (end: ReachedEnd) => ('each' in end ? { ...end, each: [...end.each].sort() } : end);
  return edges.map((edge) => JSON.stringify({ ...edge, from: sorted(edge.from), to: sorted(edge.to) })).sort();
};

const declaredNamespaces = ({ applied }: Sync) =>
  applied
    .filter(({ document: { object } }) => object.apiVersion === 'v1' && object.kind === 'Namespace')
    .map(({ document: { object } }) => object);

/** Whether an admission policy of dist holds a namespace that Pod Security alone would let off. */
const isHeld = ({ applied }: Sync, namespace: string) =>
  applied
    .filter(({ document: { object } }) => object.kind === 'ValidatingAdmissionPolicyBinding')
    .some(({ document: { object } }) => {
      const { matchResources } = object.spec as { readonly matchResources?: { readonly namespaceSelector?: LabelSelector } };
      return selects(matchResources?.namespaceSelector, { 'kubernetes.io/metadata.name': namespace });
    });

const PRIVILEGED = (namespace: string): Pick<TemplatePod, 'namespace' | 'pod'> => {
  const container = {
    name: 'probe',
    image: 'probe',
    securityContext: { privileged: true },
    resources: { requests: { cpu: '1m', memory: '1Mi' } },
  };
  return {
    namespace,
    pod: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { generateName: 'probe-', namespace },
      spec: { containers: [container], ...{ automountServiceAccountToken: false } },
    },
  };
};
