import type { Cluster } from '../cluster';
import { argocdNamespace } from '../gitops/argo-cd';
import { apiServer, commonEdges, type Edge, ingressController, internet, type NetworkPart, type PodParty, prometheus } from '../network';
import type { ArgoCdChoices } from './choices';
import { RELEASE } from './names';

const pods = (part: string, ports: PodParty['ports'] = {}, serviceAccount = `argocd-${part}`): PodParty => ({
  name: `argocd-${part}`,
  namespace: argocdNamespace,
  selector: { 'app.kubernetes.io/instance': RELEASE, 'app.kubernetes.io/name': `argocd-${part}` },
  serviceAccount,
  // It is what installs the mesh.
  meshed: false,
  ports,
  foreign: true,
});

/** Pods of Argo CD, by part, as the chart makes them. */
export const PARTIES = {
  controller: pods('application-controller', { metrics: { number: 8082 } }),
  server: pods('server', { server: { number: 8080 }, metrics: { number: 8083 } }),
  repoServer: pods('repo-server', { 'repo-server': { number: 8081 }, metrics: { number: 8084 } }),
  notifications: pods('notifications-controller', { metrics: { number: 9001 } }),
  redis: pods('redis', { redis: { number: 6379 } }, 'default'),
  redisSecret: pods('redis-secret-init'),
};

/** Whether a repository is read over SSH. */
export const isSsh = (repository: string): boolean => !repository.startsWith('https://');

/** What Argo CD's pods do on the network: only the repo server fetches, and nobody but the controller, the server and notifications asks it. */
export function argoCdNetwork(cluster: Cluster, choices: ArgoCdChoices): NetworkPart {
  const { controller, server, repoServer, notifications, redis, redisSecret } = PARTIES;
  const notified = choices.notifications !== undefined;
  const world = internet(cluster);
  const toApi = [controller, server, redisSecret, ...(notified ? [notifications] : [])];
  const askers = [controller, server, ...(notified ? [notifications] : [])];
  const ssh = Object.values(cluster.repositories).some(isSsh);
  return {
    parties: [controller, server, repoServer, redis, redisSecret, ...(notified ? [notifications] : [])],
    edges: [
      ...[...toApi, repoServer].flatMap((party) => commonEdges(party, cluster)),
      ...toApi.map((party): Edge => ({ from: party, to: apiServer(cluster).callee, port: 443 })),
      ...askers.map((party): Edge => ({ from: party, to: repoServer, port: 'repo-server' })),
      ...[controller, server, repoServer].map((party): Edge => ({ from: party, to: redis, port: 'redis' })),
      ...[...askers, repoServer].map((party): Edge => ({ from: prometheus(cluster), to: party, port: 'metrics', direct: true })),
      { from: repoServer, to: world, port: 443, why: 'fetches repositories and charts' },
      ...(ssh ? [{ from: repoServer, to: world, port: 22, tlsFirst: true, why: 'fetches repositories over SSH' }] : []),
      ...(notified ? [{ from: notifications, to: world, port: 443, why: 'tells Slack and GitHub' }] : []),
      ...(choices.login === undefined ? [] : [{ from: server, to: world, port: 443, why: 'asks the identity provider' }]),
      ...(choices.host === undefined ? [] : [{ from: ingressController(cluster), to: server, port: 'server' }]),
    ],
  };
}
