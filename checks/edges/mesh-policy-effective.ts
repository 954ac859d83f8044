import type { SourcedObject } from '../../synth/object';
import { at, listAt, mapAt, shown, textAt } from '../at';
import type { Check, Report } from '../check';
import { labelIndex } from '../label-index';
import { type Lookup, lookup, namespaceOf } from '../lookup';
import { reachOf } from '../reachability/known';
import { parentsOf, ROUTE_KINDS, selectsServer, serverPorts } from '../reachability/linkerd';
import { identityOf, POLICY_GROUP, policyClients, refersTo, serverAuthorizationClients } from '../reachability/linkerd-clients';
import type { ReachPods } from '../reachability/pods';
import { type PortSet, rangesOf } from '../reachability/port-set';
import { overlaps } from '../reachability/spans';
import { describeSelector, type LabelSelector } from '../selectors';

type Problem = Omit<Report, 'subject'>;

/** Each of Linkerd's policy objects does something. */
export const meshPolicyEffective: Check = {
  id: 'mesh-policy-effective',
  title:
    'Linkerd’s Servers select ports of meshed pods, each port at most once, and its authorizations name clients that are there and are used.',
  severity: 'error',
  why: 'Linkerd ignores what selects nothing or contradicts itself: what the object should open stays closed, and what it should close may be open.',
  mend: 'Correct selector, port, name or ServiceAccount; remove the object if it is not needed any more.',
  needs: ['foreignPods'],
  *run(objects, facts) {
    const { judge } = reachOf(objects, facts);
    const all = lookup(objects, facts);
    const meshed = judge.pods.filter((pods) => pods.meshed);
    const problems: Readonly<Record<string, (subject: SourcedObject) => Iterable<Problem>>> = {
      Server: serverProblems(meshed),
      AuthorizationPolicy: authorizationProblems(all),
      ServerAuthorization: legacyProblems(all),
      MeshTLSAuthentication: identityProblems(all, meshed),
      NetworkAuthentication: (subject) => usageProblems(all)(subject),
    };
    for (const [kind, problemsOf] of Object.entries(problems)) {
      for (const subject of all.all(POLICY_GROUP, kind)) {
        for (const problem of problemsOf(subject)) yield { subject, ...problem };
      }
    }
  },
};

function serverProblems(meshed: readonly ReachPods[]) {
  const index = labelIndex(meshed, ({ namespace, labels }) => ({ namespace, labels }));
  const taken = new Map<ReachPods, { readonly ports: PortSet; readonly name: string }[]>();
  return function* (subject: SourcedObject): Iterable<Problem> {
    const { object } = subject;
    const selector = at(object, 'spec', 'podSelector') as LabelSelector | undefined;
    if (selector === undefined) return;
    const selected = index.select(namespaceOf(object), selector);
    if (selected.length === 0) {
      const where = `namespace ${namespaceOf(object)}`;
      yield { field: 'spec.podSelector', message: `selects ${describeSelector(selector)} in ${where}, which no meshed pods have` };
      return;
    }
    if (selected.every((pods) => serverPorts(subject, pods).length === 0)) {
      yield { field: 'spec.port', message: `none of the pods it selects has a TCP port ${shown(at(object, 'spec', 'port'))}` };
    }
    for (const pods of selected) {
      const ports = serverPorts(subject, pods);
      const others = taken.get(pods) ?? [];
      const other = others.find((one) => overlaps(one.ports, ports));
      if (other !== undefined) {
        const list = rangesOf(ports)
          .map(({ first }) => first)
          .join(', ');
        yield {
          field: 'spec.port',
          message: `port ${list} of ${pods.id} is already that of Server ${other.name}: one of the two is ignored`,
        };
      }
      taken.set(pods, [...others, { ports, name: object.metadata.name }]);
    }
  };
}

function authorizationProblems(all: Lookup) {
  const attached = new Set(
    ROUTE_KINDS.flatMap(([group, kind]) =>
      all.all(group, kind).flatMap((route) => (parentsOf(route.object).length > 0 ? [`${group}/${kind} ${keyOf(route)}`] : [])),
    ),
  );
  return function* (subject: SourcedObject): Iterable<Problem> {
    const { object } = subject;
    const ref = mapAt(object, 'spec', 'targetRef');
    const namespace = namespaceOf(object);
    if (refersTo(ref, '', 'Namespace') && ref.name !== namespace) {
      yield { field: 'spec.targetRef', message: `targets namespace ${ref.name}, but Linkerd applies it to its own, ${namespace}` };
    }
    const route = ROUTE_KINDS.find(([group, kind]) => refersTo(ref, group, kind));
    if (
      route !== undefined &&
      all.find(route[0], route[1], `${ref.name}`, namespace) !== undefined &&
      !attached.has(`${route.join('/')} ${namespace}/${ref.name}`)
    ) {
      yield { field: 'spec.targetRef', message: `targets ${route[1]} ${namespace}/${ref.name}, which is attached to no Server` };
    }
    const refs = listAt(object, 'spec', 'requiredAuthenticationRefs');
    const identities = refs.filter((one) => refersTo(one, '', 'ServiceAccount') || refersTo(one, POLICY_GROUP, 'MeshTLSAuthentication'));
    const networks = refs.filter((one) => refersTo(one, POLICY_GROUP, 'NetworkAuthentication'));
    const field = 'spec.requiredAuthenticationRefs';
    if (identities.length > 1) yield { field, message: `requires ${identities.length} identities at once; Linkerd ignores such a policy` };
    else if (networks.length > 1) yield { field, message: `requires ${networks.length} networks at once; Linkerd ignores such a policy` };
    else if (refs.length > identities.length + networks.length)
      yield { field, message: 'requires an authentication of a kind that Linkerd does not know; it ignores the policy' };
    else if (policyClients(subject, all) === undefined && refs.every((one) => isThere(all, one, namespace)))
      yield { field, message: 'requires an authentication that lists nobody; Linkerd ignores the policy' };
  };
}

/** Whether a referenced authentication exists; another check reports one that does not. */
function isThere(all: Lookup, ref: unknown, namespace: string): boolean {
  const kind = textAt(ref, 'kind') ?? '';
  return (
    kind === 'ServiceAccount' ||
    all.find(POLICY_GROUP, kind, textAt(ref, 'name') ?? '', textAt(ref, 'namespace') ?? namespace) !== undefined
  );
}

function legacyProblems(all: Lookup) {
  const servers = all.all(POLICY_GROUP, 'Server');
  return function* (subject: SourcedObject): Iterable<Problem> {
    const namespace = namespaceOf(subject.object);
    if (!servers.some((server) => namespaceOf(server.object) === namespace && selectsServer(subject, server)))
      yield { field: 'spec.server', message: `selects no Server of namespace ${namespace}` };
    if (serverAuthorizationClients(subject) === undefined) yield { field: 'spec.client', message: 'authorizes no clients' };
  };
}

function identityProblems(all: Lookup, meshed: readonly ReachPods[]) {
  const known = new Set(meshed.map(identityOf));
  const namespaces = new Set(meshed.map(({ namespace }) => namespace));
  const usage = usageProblems(all);
  return function* (subject: SourcedObject): Iterable<Problem> {
    yield* usage(subject);
    for (const [i, ref] of listAt(subject.object, 'spec', 'identityRefs').entries()) {
      const name = textAt(ref, 'name') ?? '';
      const namespace = textAt(ref, 'namespace') ?? namespaceOf(subject.object);
      const field = `spec.identityRefs[${i}]`;
      if (refersTo(ref, '', 'ServiceAccount') && !known.has(identityOf({ serviceAccount: name, namespace })))
        yield { field, message: `names ServiceAccount ${namespace}/${name}, which no meshed pods have` };
      if (refersTo(ref, '', 'Namespace') && !namespaces.has(name))
        yield { field, message: `names namespace ${name}, which has no meshed pods` };
    }
    for (const [i, identity] of listAt(subject.object, 'spec', 'identities').entries()) {
      if (typeof identity !== 'string' || identity.startsWith('*') || known.has(identity)) continue;
      yield { field: `spec.identities[${i}]`, message: `names ${identity}, which no meshed pods have` };
    }
  };
}

/** An authentication that nothing requires. */
function usageProblems(all: Lookup) {
  const used = new Set(
    all
      .all(POLICY_GROUP, 'AuthorizationPolicy')
      .flatMap(({ object }) =>
        listAt(object, 'spec', 'requiredAuthenticationRefs').map(
          (ref) => `${textAt(ref, 'kind')} ${textAt(ref, 'namespace') ?? namespaceOf(object)}/${textAt(ref, 'name')}`,
        ),
      ),
  );
  return function* (subject: SourcedObject): Iterable<Problem> {
    if (!used.has(`${subject.object.kind} ${keyOf(subject)}`)) yield { message: 'no AuthorizationPolicy requires it' };
  };
}

function keyOf({ object }: SourcedObject): string {
  return `${namespaceOf(object)}/${object.metadata.name}`;
}
