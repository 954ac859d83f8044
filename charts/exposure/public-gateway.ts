import type { App } from 'cdk8s';
import { customResource } from '../../imports/custom-resource';
import { Gateway, HTTPRoute } from '../../imports/gateway.networking.k8s.io';
import { NamedChart } from '../../synth/collect';
import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import type { PlatformComponent } from '../platform/component';
import { standardLabels } from '../workload/labels';
import type { ResolvedWorkload } from '../workload/resolve';
import { type GatewayIngress, ingressOf } from './choice';
import { GATEWAY_GROUP, GATEWAY_NAME, listenerName } from './gateway';
import { certificateName, type Exposure, exposureOf } from './host';

/** Most listeners that the Gateway API allows. */
const MOST_LISTENERS = 64;

/** The cluster's one Gateway, with a listener per exposed host, and the redirect of plain requests; one Argo CD Application. */
export class PublicGatewayChart extends NamedChart {
  /** @throws when the hosts are too many, two have one listener, or two exposures one address */
  constructor(scope: App, id: string, cluster: Cluster, choice: GatewayIngress, exposures: readonly Exposure[]) {
    super(scope, id);
    const hosts = [...new Map(exposures.map((exposure) => [exposure.host, exposure])).values()].sort((a, b) => (a.host < b.host ? -1 : 1));
    checkListeners(hosts, cluster);
    checkPaths(exposures);
    const labels = { ...standardLabels(id, 'platform', cluster.platform) };
    const allowedRoutes = { namespaces: { from: 'Same' as const } };
    customResource(this, 'gateway', Gateway, {
      metadata: { name: GATEWAY_NAME, namespace: cluster.namespace, labels },
      spec: {
        gatewayClassName: choice.className,
        ...(choice.annotations === undefined ? {} : { infrastructure: { annotations: { ...choice.annotations } } }),
        listeners: [
          { name: 'http', protocol: 'HTTP', port: 80, allowedRoutes },
          ...hosts.map((exposure) => ({
            name: listenerName(exposure),
            hostname: exposure.host,
            protocol: 'HTTPS',
            port: 443,
            allowedRoutes,
            tls: {
              mode: 'Terminate' as const,
              certificateRefs: [{ group: '', kind: 'Secret', name: certificateName(exposure) }],
              ...(choice.tlsOptions === undefined ? {} : { options: { ...choice.tlsOptions } }),
            },
          })),
        ],
      },
    });
    customResource(this, 'redirect', HTTPRoute, {
      metadata: { name: `${GATEWAY_NAME}-https-redirect`, namespace: cluster.namespace, labels },
      spec: {
        parentRefs: [{ group: GATEWAY_GROUP, kind: 'Gateway', name: GATEWAY_NAME, sectionName: 'http' }],
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/' } }],
            filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }],
          },
        ],
      },
    });
  }
}

function checkListeners(hosts: readonly Exposure[], { name }: Cluster): void {
  if (hosts.length >= MOST_LISTENERS) {
    throw new Error(
      `overlays/${name}/cluster.ts: ingress is a Gateway, which takes ${MOST_LISTENERS - 1} hosts, but ${hosts.length} are exposed. Let workloads share a host by \`path\`.`,
    );
  }
  const listeners = hosts.map(listenerName);
  const twice = listeners.findIndex((listener, i) => listeners.indexOf(listener) !== i);
  if (twice < 0) return;
  const one = hosts.find((host) => listenerName(host) === listeners[twice]);
  throw new Error(
    `${one?.workload.key}.expose.host and ${hosts[twice]?.workload.key}.expose.host: ${one?.host} and ${hosts[twice]?.host} would both be the listener "${listeners[twice]}". Rename one of them.`,
  );
}

/** Of two routes with one host and path the older one wins, whichever that is. */
function checkPaths(exposures: readonly Exposure[]): void {
  const taken = new Map<string, Exposure>();
  for (const exposure of exposures) {
    const address = `${exposure.host}${exposure.path}`;
    const other = taken.get(address);
    if (other !== undefined) {
      throw new Error(
        `${other.workload.key}.expose and ${exposure.workload.key}.expose: both are ${address}. Give one another \`host\` or \`path\`.`,
      );
    }
    taken.set(address, exposure);
  }
}

/**
 * The Gateway of a cluster whose choice is `gateway`. The class, the pods that serve it and their policies come with the program that
 * the cluster took for it.
 * @throws when the cluster's choice is another
 */
export function publicGateway(cluster: Cluster, workloads: readonly ResolvedWorkload[]): PlatformComponent {
  const choice = ingressOf(cluster);
  if (choice.kind !== 'gateway') {
    throw new Error(`overlays/${cluster.name}/cluster.ts: ingress is '${choice.kind}', so there is no Gateway to render.`);
  }
  return {
    runs: [catalogue['gateway-api']],
    namespaces: [],
    network: { parties: [], edges: [] },
    deliver: (app) => [
      {
        chart: new PublicGatewayChart(
          app,
          'public-gateway',
          cluster,
          choice,
          workloads.flatMap((workload) => exposureOf(workload, cluster) ?? []),
        ),
        namespace: cluster.namespace,
      },
    ],
  };
}
