import { at, listAt, textAt, textsAt } from '../../checks/at';
import { lookup, namespaceOf } from '../../checks/lookup';
import { groupOf, type KubeObject, type SourcedObject } from '../../synth/object';
import type { Backend, Services } from './services';

/** A way from outside the cluster to a workload. */
export interface Exposure {
  /** What the world calls: a host, or the name of a load balancer. */
  readonly entry: string;
  /** Kind of the object that opens it: `Ingress`, `HTTPRoute`, `LoadBalancer`. */
  readonly kind: string;
  readonly backend: Backend;
  /** `path /api`, `class nginx`. */
  readonly options: readonly string[];
}

const EXTERNAL_DNS = 'external-dns.alpha.kubernetes.io/hostname';
const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

/** All ways in: Ingresses, routes of Gateways, Services of type LoadBalancer and NodePort. */
export function exposuresOf(objects: readonly SourcedObject[], services: Services): readonly Exposure[] {
  const index = lookup(objects);
  const routes = ROUTES.flatMap((kind) => index.all('gateway.networking.k8s.io', kind));
  return [
    ...[...index.all('networking.k8s.io', 'Ingress'), ...index.all('extensions', 'Ingress')].flatMap(({ object }) =>
      ofIngress(object, services),
    ),
    ...routes.flatMap(({ object }) => ofRoute(object, services)),
    ...services.all.flatMap(({ object }) => ofService(object, services)),
  ];
}

function ofIngress(ingress: KubeObject, services: Services): readonly Exposure[] {
  const className = textAt(ingress, 'spec', 'ingressClassName') ?? ingress.metadata.annotations?.['kubernetes.io/ingress.class'];
  const namespace = namespaceOf(ingress);
  const ways = (host: string, backend: unknown, path?: string): readonly Exposure[] => {
    const port = textAt(backend, 'service', 'port', 'name') ?? at(backend, 'service', 'port', 'number');
    return services.backends(namespace, textAt(backend, 'service', 'name') ?? '', port).map((found) => ({
      entry: host,
      kind: 'Ingress',
      backend: found,
      options: [
        ...(path === undefined ? [] : [`path ${path}`]),
        ...(className === undefined ? [] : [`class ${className}`]),
        `Ingress ${namespace}/${ingress.metadata.name}`,
      ],
    }));
  };
  return [
    ...ways('any host', at(ingress, 'spec', 'defaultBackend')),
    ...listAt(ingress, 'spec', 'rules').flatMap((rule) =>
      listAt(rule, 'http', 'paths').flatMap((path) =>
        ways(textAt(rule, 'host') ?? 'any host', at(path, 'backend'), textAt(path, 'path') ?? '/'),
      ),
    ),
  ];
}

/** Routes whose parent is a Service are the mesh's, and no way in. */
function ofRoute(route: KubeObject, services: Services): readonly Exposure[] {
  const gateways = listAt(route, 'spec', 'parentRefs').filter((parent) => (textAt(parent, 'kind') ?? 'Gateway') === 'Gateway');
  if (gateways.length === 0) return [];
  const through = gateways.map((parent) => `Gateway ${textAt(parent, 'namespace') ?? namespaceOf(route)}/${textAt(parent, 'name') ?? '?'}`);
  const hosts = textsAt(route, 'spec', 'hostnames');
  return listAt(route, 'spec', 'rules').flatMap((rule) => {
    const paths = listAt(rule, 'matches').flatMap((match) => textAt(match, 'path', 'value') ?? []);
    return listAt(rule, 'backendRefs').flatMap((ref) =>
      services.backends(textAt(ref, 'namespace') ?? namespaceOf(route), textAt(ref, 'name') ?? '', at(ref, 'port')).flatMap((backend) =>
        (hosts.length === 0 ? ['any host'] : hosts).map((entry) => ({
          entry,
          kind: route.kind,
          backend,
          options: [...paths.map((path) => `path ${path}`), ...through, `${route.kind} ${namespaceOf(route)}/${route.metadata.name}`],
        })),
      ),
    );
  });
}

function ofService(service: KubeObject, services: Services): readonly Exposure[] {
  const type = textAt(service, 'spec', 'type');
  if (groupOf(service) !== '' || (type !== 'LoadBalancer' && type !== 'NodePort')) return [];
  const { name, annotations } = service.metadata;
  const namespace = namespaceOf(service);
  const entries = annotations?.[EXTERNAL_DNS]?.split(',').map((host) => host.trim()) ?? [`${type} ${namespace}/${name}`];
  const ranges = textsAt(service, 'spec', 'loadBalancerSourceRanges');
  const options = [...(ranges.length === 0 ? [] : [`from ${ranges.join(', ')}`]), `Service ${namespace}/${name}`];
  return entries.flatMap((entry) => services.backends(namespace, name).map((backend) => ({ entry, kind: type, backend, options })));
}
