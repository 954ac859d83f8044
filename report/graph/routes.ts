import { at, entriesAt, listAt, textAt } from '../../checks/at';
import { lookup, namespaceOf } from '../../checks/lookup';
import type { ReachPods } from '../../checks/reachability/pods';
import type { KubeObject, SourcedObject } from '../../synth/object';
import type { Services } from './services';

/** What the mesh does with requests: `GET /: timeout request 2s, retry http 5xx (HTTPRoute authorworks/content)`. */
export interface Routes {
  /** Timeouts and retries of a port that hold for meshed callers, a line each, in the order of the routes and their rules. */
  of(callee: ReachPods, port: number): readonly string[];
  /** How callers stop calling pods that fail, a line for each Service. */
  circuitBreaking(callee: ReachPods): readonly string[];
}

const SETTING = /^(timeout|retry)\.linkerd\.io\/(.+)$/;
const BREAKER = 'balancer.linkerd.io/failure-accrual';
const KINDS = ['HTTPRoute', 'GRPCRoute'];

/** The mesh's routes of a folder: those whose parent is a Service, and the same settings on Services themselves. */
export function routesOf(objects: readonly SourcedObject[], services: Services): Routes {
  const index = lookup(objects);
  const routes = KINDS.flatMap((kind) => [...index.all('gateway.networking.k8s.io', kind), ...index.all('policy.linkerd.io', kind)]);
  const lines = routes.flatMap(({ object }) => {
    const name = `${object.kind} ${namespaceOf(object)}/${object.metadata.name}`;
    const texts = listAt(object, 'spec', 'rules').flatMap((rule) => {
      const does = [...settings(object), ...timeouts(rule)];
      return does.length === 0 ? [] : [`${matchText(rule)}: ${does.join(', ')} (${name})`];
    });
    const backends = listAt(object, 'spec', 'parentRefs')
      .filter((parent) => textAt(parent, 'kind') === 'Service')
      .flatMap((parent) =>
        services.backends(textAt(parent, 'namespace') ?? namespaceOf(object), textAt(parent, 'name') ?? '', at(parent, 'port')),
      );
    return backends.map((backend) => ({ backend, texts }));
  });
  for (const { object } of services.all) {
    const does = settings(object);
    if (does.length === 0) continue;
    const texts = [`all requests: ${does.join(', ')} (Service ${namespaceOf(object)}/${object.metadata.name})`];
    lines.push(...services.backends(namespaceOf(object), object.metadata.name).map((backend) => ({ backend, texts })));
  }
  return {
    of: (callee, port) => [
      ...new Set(lines.filter(({ backend }) => backend.pods.id === callee.id && backend.port === port).flatMap(({ texts }) => texts)),
    ],
    circuitBreaking: (callee) =>
      services.all.flatMap(({ object }) => {
        const annotations = object.metadata.annotations ?? {};
        if (annotations[BREAKER] === undefined) return [];
        if (!services.backends(namespaceOf(object), object.metadata.name).some(({ pods }) => pods.id === callee.id)) return [];
        const rest = Object.entries(annotations)
          .filter(([key]) => key.startsWith(`${BREAKER}-`))
          .map(([key, value]) => `${key.slice(BREAKER.length + 1)} ${value}`)
          .sort();
        return [`circuit breaking: ${[annotations[BREAKER], ...rest].join(', ')} (Service ${namespaceOf(object)}/${object.metadata.name})`];
      }),
  };
}

function settings({ metadata }: KubeObject): readonly string[] {
  return Object.entries(metadata.annotations ?? {})
    .flatMap(([key, value]) => {
      const [, what, which] = SETTING.exec(key) ?? [];
      return what === undefined ? [] : [`${what} ${which} ${value}`];
    })
    .sort();
}

function timeouts(rule: unknown): readonly string[] {
  return entriesAt(rule, 'timeouts').map(([which, value]) => `timeout ${which} ${value}`);
}

/** `GET /books/` for a rule's matches; `all requests` where it has none. */
function matchText(rule: unknown): string {
  const texts = listAt(rule, 'matches').map((match) => {
    const call = [textAt(match, 'method', 'service'), textAt(match, 'method', 'method')].filter((part) => part !== undefined).join('/');
    return [textAt(match, 'method') ?? call, textAt(match, 'path', 'value')].filter(Boolean).join(' ');
  });
  return texts.filter((text) => text !== '').join(', ') || 'all requests';
}
