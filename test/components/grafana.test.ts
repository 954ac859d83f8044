import { describe, expect, test } from 'vitest';
import { alertmanagerPods } from '../../charts/alertmanager/network';
import type { Cluster } from '../../charts/cluster';
import { issuer, namespace, secretStore, service } from '../../charts/gitops';
import { grafana, sourcesAmong } from '../../charts/grafana';
import type { GrafanaChoices, GrafanaSources } from '../../charts/grafana/choices';
import { iniText } from '../../charts/grafana/ini';
import { partsOf } from '../../charts/grafana/provisioning';
import { LOKI_PODS } from '../../charts/loki/network';
import { environments } from '../../overlays/environments';
import { clusterWith, contract, contractWith, type Rendered } from '../workload/support';
import { delivered } from './delivered';
import { containerOf } from './native';

const oidc = {
  issuer: 'https://login.shop.example/realms/staff',
  authorizationEndpoint: 'https://login.shop.example/realms/staff/authorize',
  tokenEndpoint: 'https://login.shop.example/realms/staff/token',
  userinfoEndpoint: 'https://login.shop.example/realms/staff/userinfo',
  scopes: ['openid', 'groups'],
  groupsClaim: 'memberOf',
  clients: { grafana: { id: 'grafana-client', secret: 'shop/dev/grafana-oidc' } },
};
const groups = { admin: ["it's us"], developer: ['devs'], readOnly: [] };
const least = contractWith({ secrets: { ...contract.secrets, grafana: 'shop/dev/grafana' } });
const withLogin = contractWith({ secrets: { ...contract.secrets, grafana: 'shop/dev/grafana' }, oidc, groups });

const party = (name: string) => ({
  name,
  namespace: 'tracing',
  selector: { app: name },
  serviceAccount: name,
  meshed: true,
  ports: { web: { number: 16686 } },
  foreign: true,
});
const cluster = clusterWith();
const sources: Required<GrafanaSources> = {
  alertmanager: { party: alertmanagerPods(cluster), port: 'web' },
  loki: { party: LOKI_PODS, port: 'http' },
  jaeger: { party: party('jaeger'), port: 'web' },
};
const all: Required<GrafanaChoices> = {
  expose: { host: 'grafana', from: ['203.0.113.0/24', '198.51.100.7/32'] },
  database: 'orders',
  resources: { requests: { cpu: '200m', memory: '1Gi' }, limits: { memory: '2Gi' } },
};

function render(choices: GrafanaChoices = {}, changes: Partial<Cluster> = {}, asked: GrafanaSources = {}) {
  const changed = clusterWith({ ...least, ...changes });
  const parties = [...Object.values(asked)].flatMap((source) => (source === undefined ? [] : [source.party]));
  const others = { runs: [], namespaces: [], network: { parties, edges: [] }, deliver: () => [] };
  return delivered(
    changed,
    [grafana(changed, [], choices, asked), others],
    [
      service('mesh'),
      service('ingress-nginx'),
      issuer('letsencrypt'),
      ...['monitoring', 'tracing', 'ingress-nginx', 'logging'].map(namespace),
      secretStore('aws-secrets-manager'),
      secretStore('aws-parameter-store'),
      ...['external-secrets.io', 'cert-manager.io', 'policy.linkerd.io'].map((name) => ({ kind: 'crds' as const, name })),
      { kind: 'ingress-class', name: 'nginx' },
    ],
  );
}

/** Sections of the rendered grafana.ini. */
function iniOf({ objects }: ReturnType<typeof render>): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const text: string = objects.one('ConfigMap', 'grafana-config').data['grafana.ini'];
  const sections: Record<string, Record<string, string>> = {};
  let section: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const [, name] = /^\[(.+)\]$/.exec(line) ?? [];
    if (name !== undefined) {
      section = {};
      sections[name] = section;
    }
    const [, key, value] = /^(\w+) = (.*)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) section[key] = value;
  }
  return sections;
}

const sourcesOf = ({ objects }: ReturnType<typeof render>): readonly Rendered[] =>
  JSON.parse(objects.one('ConfigMap', 'grafana-config').data['datasources.yaml']).datasources;

/** Every file that the container sees, by path, as far as ConfigMaps bring it. */
function filesOf({ objects }: ReturnType<typeof render>): readonly string[] {
  const { containers, volumes } = objects.one('Deployment', 'grafana').spec.template.spec;
  return containers[0].volumeMounts.flatMap(({ name, mountPath }: Rendered) => {
    const { configMap, projected } = volumes.find((volume: Rendered) => volume.name === name);
    const maps = configMap === undefined ? (projected?.sources ?? []).map((each: Rendered) => each.configMap) : [configMap];
    return maps.flatMap(({ name: map, items }: Rendered) =>
      (items?.map(({ path }: Rendered) => path) ?? Object.keys(objects.one('ConfigMap', map).data)).map(
        (file: string) => `${mountPath}/${file}`,
      ),
    );
  });
}

describe('Grafana', () => {
  test('lets nobody in without a name, and makes nobody one', () => {
    const ini = iniOf(render());
    expect(ini['auth.anonymous']).toEqual({ enabled: 'false' });
    expect(ini.users).toMatchObject({ allow_sign_up: 'false', allow_org_create: 'false' });
    expect(ini['auth.generic_oauth']).toEqual({ enabled: 'false' });
    expect([ini.public_dashboards, ini.snapshots]).toEqual([{ enabled: 'false' }, { enabled: 'false' }]);
  });

  test('tells nobody of itself, and fetches nothing', () => {
    const ini = iniOf(render());
    expect(new Set(Object.values(ini.analytics ?? {}))).toEqual(new Set(['false']));
    expect(ini.plugins).toMatchObject({ preinstall_disabled: 'true', preinstall_auto_update: 'false', plugin_admin_enabled: 'false' });
    const { spec } = render().objects.one('NetworkPolicy', 'grafana');
    expect(JSON.stringify(spec.egress)).not.toContain('0.0.0.0/0');
  });

  test('has no secret in its configuration: values are files, from ExternalSecrets', () => {
    const rendered = render(all, withLogin, sources);
    const ini = iniOf(rendered);
    const files = [
      ini.security?.admin_password,
      ini.security?.secret_key,
      ini['auth.generic_oauth']?.client_secret,
      ini.database?.password,
      ini.database?.user,
    ].map((value) => /^\$__file\{(.+)\}$/.exec(value ?? '')?.[1]);
    const { containers, volumes } = rendered.objects.one('Deployment', 'grafana').spec.template.spec;
    const mounted = containers[0].volumeMounts.flatMap(({ name, mountPath }: Rendered) => {
      const { secret } = volumes.find((volume: Rendered) => volume.name === name);
      if (secret === undefined) return [];
      return rendered.objects
        .one('ExternalSecret', secret.secretName)
        .spec.data.map(({ secretKey }: Rendered) => `${mountPath}/${secretKey}`);
    });
    for (const file of [...files, ini.database?.ca_cert_path]) expect(mounted).toContain(file);
  });

  test('says where the password of its first user is missing', () => {
    expect(() => render({}, contractWith({}))).toThrow(/aws\.yaml: secrets has no entry "grafana"/);
  });

  test('signs people in by the contract’s provider, with the roles of their groups, and nobody without', () => {
    const oauth = iniOf(render({}, withLogin))['auth.generic_oauth'];
    expect(oauth).toMatchObject({
      enabled: 'true',
      client_id: 'grafana-client',
      scopes: 'openid groups',
      auth_url: oidc.authorizationEndpoint,
      token_url: oidc.tokenEndpoint,
      api_url: oidc.userinfoEndpoint,
      role_attribute_strict: 'true',
      use_pkce: 'true',
      role_attribute_path: "contains(memberOf[*], 'it\\'s us') && 'Admin' || contains(memberOf[*], 'devs') && 'Editor'",
    });
    const policy = render({}, withLogin).objects.one('NetworkPolicy', 'grafana');
    expect(policy.metadata.annotations['edges.fleet/egress']).toContain('443 to internet (login.shop.example');
  });

  test('asks for a password where the provider does not know it', () => {
    const other = contractWith({ secrets: { grafana: 'shop/dev/grafana' }, oidc: { ...oidc, clients: {} } });
    expect(iniOf(render({}, other))['auth.generic_oauth']).toEqual({ enabled: 'false' });
  });

  test('is reached from outside only where the cluster says so, and from the addresses it says', () => {
    expect(render().objects.of('Ingress')).toEqual([]);
    const { objects } = render(all, withLogin);
    const { metadata, spec } = objects.one('Ingress');
    expect(metadata.annotations['nginx.ingress.kubernetes.io/whitelist-source-range']).toBe('203.0.113.0/24,198.51.100.7/32');
    expect(spec.tls[0]).toEqual({ hosts: ['grafana.dev.shop.example'], secretName: objects.one('Certificate').spec.secretName });
    expect(iniOf(render(all, withLogin)).server?.root_url).toBe('https://grafana.dev.shop.example/');
    const anywhere = render({ expose: { host: 'grafana', from: 'anywhere' } }).objects.one('Ingress');
    expect(Object.keys(anywhere.metadata.annotations).join()).not.toContain('source-range');
    expect(iniOf(render()).security?.cookie_secure).toBe('false');
    expect(iniOf(render(all)).security?.cookie_secure).toBe('true');
  });

  test('refuses a host that no ingress-nginx would serve', () => {
    const alb = { kind: 'alb', certificates: ['edge'], accessLogs: { bucket: 'user-media' } } as const;
    expect(() => render(all, { ingress: alb })).toThrow(/cluster\.ts: Grafana has the host "grafana".*ingress is alb.*port-forward/s);
  });

  test('has a second pod only where a database holds the sessions of both', () => {
    const replicas = (choices: GrafanaChoices, name: 'dev' | 'production') =>
      render(choices, { environment: environments[name] }).objects.one('Deployment', 'grafana').spec.replicas;
    expect([replicas({}, 'production'), replicas(all, 'dev'), replicas(all, 'production')]).toEqual([1, 1, 2]);
  });

  test('checks whose database it talks to', () => {
    expect(iniOf(render(all)).database).toMatchObject({
      type: 'postgres',
      host: 'orders.example.us-east-1.rds.amazonaws.com:5432',
      ssl_mode: 'verify-full',
    });
    expect(iniOf(render()).database).toEqual({ type: 'sqlite3' });
  });

  test('asks what there is to ask, at its Service, and may', () => {
    expect(sourcesOf(render()).map(({ uid }) => uid)).toEqual(['prometheus']);
    const rendered = render({}, {}, sources);
    const found = sourcesOf(rendered);
    expect(found.map(({ uid, url }) => [uid, url])).toEqual([
      ['prometheus', 'http://prometheus.monitoring:9090'],
      ['alertmanager', 'http://alertmanager.monitoring:9093'],
      ['loki', 'http://loki.logging:3100'],
      ...['kube-system', 'linkerd', 'logging', 'monitoring', 'other', 'tracing', 'ingress-nginx']
        .sort()
        .map((tenant) => [`loki-${tenant}`, 'http://loki.logging:3100']),
      ['jaeger', 'http://jaeger.tracing:16686'],
    ]);
    expect(found.filter(({ isDefault }) => isDefault)).toHaveLength(1);
    const egress: string = rendered.objects.one('NetworkPolicy', 'grafana').metadata.annotations['edges.fleet/egress'];
    for (const edge of ['web to prometheus', 'web to alertmanager', 'http to logging/loki', 'web to tracing/jaeger'])
      expect(egress).toContain(edge);
  });

  test('asks Loki as the tenant that a namespace is, or as all of them', () => {
    const tenants = sourcesOf(render({}, {}, sources)).filter(({ type }) => type === 'loki');
    for (const { uid, jsonData, secureJsonData } of tenants) {
      expect(jsonData.httpHeaderName1).toBe('X-Scope-OrgID');
      if (uid !== 'loki') expect(`loki-${secureJsonData.httpHeaderValue1}`).toBe(uid);
    }
    expect(tenants[0].secureJsonData.httpHeaderValue1.split('|')).toEqual(
      tenants.slice(1).map(({ secureJsonData }) => secureJsonData.httpHeaderValue1),
    );
  });

  test('finds the file of each dashboard in its folder, its first page among them', () => {
    const rendered = render();
    const files = filesOf(rendered);
    const { providers } = JSON.parse(rendered.objects.one('ConfigMap', 'grafana-config').data['providers.yaml']);
    for (const { options, folder } of providers) {
      if (folder !== 'Workloads') expect(files.some((file) => file.startsWith(`${options.path}/`) && file.endsWith('.json'))).toBe(true);
    }
    expect(files).toContain(iniOf(rendered).dashboards?.default_home_dashboard_path);
    expect(containerOf(rendered.objects, 'grafana').env).toEqual([
      { name: 'GF_PATHS_CONFIG', value: files.find((file) => file.endsWith('.ini')) },
    ]);
  });

  test('starts anew when its configuration changes, and not when a dashboard does', () => {
    const checksum = (...args: Parameters<typeof render>) =>
      render(...args).objects.one('Deployment', 'grafana').spec.template.metadata.annotations['checksum/config'];
    expect(checksum()).not.toBe(checksum({ expose: { host: 'g', from: 'anywhere' } }));
    // Its dashboards differ: there is no mesh to show.
    expect(checksum({}, { mesh: false })).toBe(checksum());
  });

  test('is scraped, and is in the mesh where there is one', () => {
    const { objects } = render();
    expect(objects.one('PodMonitor', 'grafana').spec.podMetricsEndpoints).toEqual([{ port: 'http', path: '/metrics' }]);
    const identities = (rendered: ReturnType<typeof render>) =>
      rendered.objects.of('MeshTLSAuthentication').flatMap(({ spec }) => spec.identityRefs.map(({ name }: Rendered) => name));
    expect(identities(render())).toEqual(['prometheus']);
    expect(identities(render(all, withLogin))).toEqual(['ingress-nginx', 'prometheus']);
    expect(render({}, { mesh: false }).objects.of('Server')).toEqual([]);
  });
});

test('what there is to ask follows from what runs', () => {
  expect(sourcesAmong([])).toEqual({});
  expect(sourcesAmong([LOKI_PODS, alertmanagerPods(cluster)])).toEqual({ alertmanager: sources.alertmanager, loki: sources.loki });
});

describe('the text of grafana.ini', () => {
  test('keeps values whole that hold what begins a comment', () => {
    expect(iniText({ a: { b: 'c;d', e: 1, f: undefined, g: false } })).toBe('[a]\nb = `c;d`\ne = 1\ng = false\n');
  });

  test.each(['a\nb', 'a`b', '%(x)s'])('refuses %j, which would not be read back', (value) => {
    expect(() => iniText({ a: { b: value } })).toThrow(/grafana\.ini: a\.b is/);
  });
});

test('a folder that one ConfigMap cannot hold has several, each with whole files', () => {
  const dashboards = [1, 2, 3].map((i) => ({ uid: `d${i}`, title: '', json: { text: 'x'.repeat(450_000) } as never }));
  const parts = partsOf({ uid: 'many', title: 'Many', dashboards });
  expect(parts.map(({ name, data }) => [name, Object.keys(data)])).toEqual([
    ['grafana-dashboards-many', ['d1.json']],
    ['grafana-dashboards-many-2', ['d2.json']],
    ['grafana-dashboards-many-3', ['d3.json']],
  ]);
});
