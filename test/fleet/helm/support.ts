import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { ChartReference } from '../../../charts/catalogue';
import type { Unit } from '../../../charts/gitops';
import { digestOf } from '../../../fleet/helm/archive';

/** A new empty folder, gone when the test is over. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'charts-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

/** A tar archive in gzip, as `helm package` makes them. Names of over 100 bytes get a record of their own. */
export function tgz(files: Readonly<Record<string, string>>): Uint8Array {
  const entry = (name: string, type: string, text: string) => {
    const header = Buffer.alloc(512);
    header.write(name.slice(0, 100), 0);
    header.write('0000644\0', 100);
    header.write(`${Buffer.byteLength(text).toString(8).padStart(11, '0')}\0`, 124);
    header.write('        ', 148);
    header.write(type, 156);
    header.write('ustar\x0000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const body = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / 512) * 512);
    body.write(text);
    return [header, body];
  };
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const record = ` path=${name}\n`;
    const length = record.length + 3;
    return [...(name.length > 100 ? entry('pax', 'x', `${length}${record}`) : []), ...entry(name, '0', text)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

/** Templates of the chart `greeter`: the few actions in them are those that {@link fakeHelm} knows. */
export const templates = {
  'templates/account.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: {{ .Release.Name }}\n',
  'templates/settings.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-settings\ndata:\n  greeting: "{{ .Values.greeting }}"\n',
  'templates/role.yaml':
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: {{ .Release.Name }}-reader\n' +
    'rules:\n  - apiGroups: ["example.com"]\n    resources: ["greetings"]\n    verbs: ["get"]\n',
  'templates/example.yaml':
    'apiVersion: example.com/v1\nkind: Greeting\nmetadata:\n  name: first\n---\napiVersion: example.com/v1\nkind: Greeting\nmetadata:\n  name: second\n',
  'templates/before.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-before\n  annotations:\n    "helm.sh/hook": pre-install,pre-upgrade\ndata: {}\n',
  'templates/tests/answers.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}-test\n  annotations:\n    "helm.sh/hook": test\nspec:\n  containers:\n    - { name: test, image: "busybox:1.37.0" }\n',
  'crds/greetings.yaml':
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: greetings.example.com\nspec:\n  group: example.com\n  scope: Namespaced\n' +
    '  names: { kind: Greeting, listKind: GreetingList, plural: greetings, singular: greeting }\n' +
    '  versions:\n    - { name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }\n',
};

/** A template whose output differs at each render. */
export const randomSecret = {
  'templates/secret.yaml':
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: {{ .Release.Name }}-login\nstringData:\n  admin.password: "{{ randAlphaNum 16 }}"\n',
};

/** The archive of a small chart. @param files - beside Chart.yaml and values.yaml */
export function chart(name = 'greeter', version = '1.2.3', files: Readonly<Record<string, string>> = templates): Uint8Array {
  const all = { 'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: ${version}\n`, 'values.yaml': 'greeting: hello\n', ...files };
  return tgz(Object.fromEntries(Object.entries(all).map(([path, text]) => [`${name}/${path}`, text])));
}

/** A server on this machine. @returns its address, without a slash at the end */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(() => done()));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What a chart repository serves; can be changed while it runs. */
export interface Repository {
  address: string;
  /** Texts and bytes by path, as `/index.yaml`. */
  readonly files: Record<string, string | Uint8Array>;
  /** Paths that were asked for. */
  readonly asked: string[];
}

/** A chart repository that serves version 1.2.3 of `greeter`. */
export async function repository(archive = chart()): Promise<Repository> {
  const files: Record<string, string | Uint8Array> = {};
  const asked: string[] = [];
  const address = await serve(({ url = '' }, response) => {
    asked.push(url);
    const found = files[url];
    response.writeHead(found === undefined ? 404 : 200).end(found);
  });
  const made = { address, files, asked };
  publish(made, archive);
  return made;
}

/** Puts an archive into a repository as version 1.2.3 of `greeter`. @param digest - what the index says of it */
export function publish(
  { files }: Repository,
  archive: Uint8Array,
  digest: string | undefined = digestOf(archive).replace('sha256:', ''),
): void {
  files['/greeter-1.2.3.tgz'] = archive;
  files['/index.yaml'] =
    `apiVersion: v1\nentries:\n  greeter:\n    - { version: 1.3.0, urls: [greeter-1.3.0.tgz] }\n    - { version: 1.2.3, urls: [greeter-1.2.3.tgz], digest: "${digest}" }\n`;
}

export function greeter(repositoryAddress: string, version = '1.2.3'): ChartReference {
  return { repository: repositoryAddress, name: 'greeter', version };
}

/** A unit whose source is the chart `greeter`. */
export function greeterUnit(
  repoURL: string,
  more: Partial<Unit> = {},
  source: Partial<Extract<Unit['source'], { kind: 'chart' }>> = {},
): Unit {
  return {
    name: 'greeter',
    tier: 'platform',
    project: 'platform',
    namespace: 'greetings',
    provides: [],
    needs: [],
    objects: [],
    source: { kind: 'chart', repoURL, chart: 'greeter', version: '1.2.3', valuesObject: { greeting: 'good day' }, ...source },
    ...more,
  };
}

/** A program that stands in for helm: it knows the actions of {@link templates} and {@link randomSecret} alone, and writes down how it was started. */
export function fakeHelm(version = 'v3.19.5'): {
  readonly program: string;
  readonly version: string;
  readonly calls: () => readonly string[][];
} {
  const here = folder();
  const [program, log] = [join(here, 'helm'), join(here, 'calls')];
  writeFileSync(
    program,
    `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs');
const { gunzipSync } = require('node:zlib');
const [verb, release, archive, ...flags] = process.argv.slice(2);
if (verb === 'version') { process.stdout.write('${version}'); process.exit(); }
appendFileSync(${JSON.stringify(log)}, JSON.stringify([verb, release, archive, ...flags]) + '\\n');
const values = JSON.parse(readFileSync(flags[flags.indexOf('--values') + 1], 'utf8'));
const tar = gunzipSync(readFileSync(archive));
for (let at = 0; tar[at] !== 0; ) {
  const path = tar.toString('utf8', at, at + 100).replace(/\\0.*$/s, '');
  const size = parseInt(tar.toString('utf8', at + 124, at + 135), 8);
  const text = tar.toString('utf8', at + 512, at + 512 + size);
  at += 512 + Math.ceil(size / 512) * 512;
  if (text.includes('{{ fail }}')) { process.stderr.write('Error: ' + path + ': the chart says no\\n'); process.exit(1); }
  if (path.includes('/_') || !(path.includes('/templates/') || (path.includes('/crds/') && flags.includes('--include-crds')))) continue;
  for (const part of text.split('---\\n')) {
    const made = part.replace(/\\{\\{ (.*?) \\}\\}/g, (_, action) =>
      action === '.Release.Name' ? release : action.startsWith('rand') ? String(Math.random()) : (action === 'now' || action === 'seconds') ? Math.floor(Date.now() / 1000) : values[action.replace('.Values.', '')] ?? '');
    process.stdout.write('---\\n# Source: ' + path + '\\n' + made);
  }
}
`,
  );
  chmodSync(program, 0o755);
  const calls = () =>
    existsSync(log)
      ? readFileSync(log, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as string[])
      : [];
  return { program, version, calls };
}
