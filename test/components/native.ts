import type { Cluster } from '../../charts/cluster';
import { renderedRights, upstreamRights } from '../native/rbac-facts';
import { contract, contractWith, type Objects, type Rendered } from '../workload/support';

/** The contract of the test cluster with a role for one more service account. */
export const withRole = (account: string): Pick<Cluster, 'aws'> =>
  contractWith({ roles: { ...contract.roles, [account]: roleOf(account) } });

/** That role. */
export const roleOf = (account: string): string => `arn:aws:iam::111122223333:role/${account.replace('/', '-')}`;

/** The one container of a Deployment. */
export const containerOf = (objects: Objects, name: string): Rendered => objects.one('Deployment', name).spec.template.spec.containers[0];

/** Values of a flag of a Deployment's container. */
export const flag = (objects: Objects, name: string, option: string): readonly string[] =>
  containerOf(objects, name).args.flatMap((arg: string) => (arg.startsWith(`--${option}=`) ? [arg.slice(option.length + 3)] : []));

/**
 * Rights of an account against upstream's, wherever each holds. A right on one object is covered by one on all.
 * @param upstream - upstream's name of the account. @default - the same
 */
export function rightsBeside(objects: Objects, component: string, line: '1.28' | '1.34', account: string, upstream = account) {
  const plain = (rights: ReadonlySet<string>) => new Set([...rights].map((right) => right.replace(/^(cluster|namespace) /, '')));
  const [ours, theirs] = [plain(renderedRights(objects, account)), plain(upstreamRights(component, line, upstream))];
  const covered = (right: string, by: ReadonlySet<string>) => by.has(right) || by.has(right.split(' ').slice(0, 2).join(' '));
  const beyond = (one: ReadonlySet<string>, other: ReadonlySet<string>) => [...one].filter((right) => !covered(right, other)).sort();
  return { wider: beyond(ours, theirs), narrower: beyond(theirs, ours) };
}
