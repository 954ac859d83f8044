import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as tlsConnect } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { NginxIngress } from '../../charts/exposure';
import { nginxConfig } from '../../charts/ingress-nginx/config';
import { aService } from '../workload/fixtures';
import { clusterWith, contract, contractWith, render } from '../workload/support';
import { type ConfSource, nginxConf } from './nginx-conf';

const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
const has = (program: string) => spawnSync(program, ['-h'], { env }).error === undefined;
const missing = ['nginx', 'openssl'].filter((program) => !has(program));
if (missing.length > 0)
  process.stderr.write(`nginx.conf is not tried: ${missing.join(' and ')} not found; apt-get install nginx-light openssl\n`);

const HOST = 'www.dev.shop.example';
const folders: string[] = [];

/** A folder with a certificate for the host. */
function folderWithCertificate(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nginx-conf-'));
  folders.push(folder);
  const files = ['-keyout', join(folder, 'tls.key'), '-out', join(folder, 'tls.crt')];
  const certificate = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  execFileSync('openssl', [...certificate, '-subj', `/CN=${HOST}`, ...files], { env, stdio: 'ignore' });
  return folder;
}

/** What nginx says of the nginx.conf in a folder. */
function testConf(folder: string) {
  const args = ['-t', '-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')];
  const { status, stderr } = spawnSync('nginx', args, { env, encoding: 'utf8' });
  return { status, said: stderr };
}

/** nginx.conf of a cluster in which a workload is exposed. */
function write(
  folder: string,
  choice: Partial<NginxIngress>,
  expose: object,
  ports: Pick<ConfSource, 'http' | 'https' | 'upstream'>,
  proxies?: string,
) {
  const ingress: NginxIngress = { kind: 'nginx', ...choice };
  const subnets = { ...contract.vpc.subnets, ...(proxies === undefined ? {} : { public: { 'us-east-1a': proxies } }) };
  const aws = contractWith({ vpc: { ...contract.vpc, subnets } });
  const { annotations } = render(aService({ expose: { host: 'www', ...expose } }), { cluster: { ingress, ...aws } }).one(
    'Ingress',
  ).metadata;
  const config = nginxConfig(clusterWith({ ingress, ...aws }), ingress);
  writeFileSync(join(folder, 'nginx.conf'), nginxConf({ config, annotations, host: HOST, folder, ...ports }));
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

test('a key that nobody tries is refused', () => {
  const config = { ...nginxConfig(clusterWith(), { kind: 'nginx' }), 'worker-snippet': 'x' };
  const source = { annotations: {}, host: HOST, folder: '', http: 1, https: 2, upstream: 3 };
  expect(() => nginxConf({ ...source, config })).toThrow(/worker-snippet/);
});

describe.skipIf(missing.length > 0)('nginx takes what the ConfigMap and the annotations say', () => {
  const ports = { http: 8080, https: 8443, upstream: 8000 };
  const check = (choice: Partial<NginxIngress>, expose: object = {}) => {
    const folder = folderWithCertificate();
    write(folder, choice, expose, ports);
    return testConf(folder);
  };
  const fullExpose = { maxBodySize: '20m', readTimeoutSeconds: 3600, rateLimit: { requestsPerSecond: 5, burstFactor: 2, connections: 9 } };

  test.each([
    ['by default', {}, {}],
    ['with connections from nodes', { loadBalancer: 'in-tree' }, {}],
    ['with TLS 1.3 alone', { minimumTls: '1.3' }, {}],
    [
      'with everything stated',
      { minimumTls: '1.2', hsts: { maxAgeSeconds: 60, includeSubdomains: false }, rateLimit: { requestsPerSecond: 9 } },
      fullExpose,
    ],
  ] as const)('%s', (_, choice, expose) => {
    expect(check(choice, expose)).toEqual({ status: 0, said: expect.stringMatching(/syntax is ok[\s\S]*test is successful/) });
  });

  test('and would say so if it did not', () => {
    const folder = folderWithCertificate();
    write(folder, {}, {}, ports);
    const conf = join(folder, 'nginx.conf');
    writeFileSync(conf, readFileSync(conf, 'utf8').replace('ssl_protocols TLSv1.2', 'ssl_protocols TLSv9'));
    expect(testConf(folder)).toMatchObject({ status: 1, said: expect.stringMatching(/TLSv9/) });
  });
});

describe.skipIf(missing.length > 0)('a running nginx', () => {
  let folder: string;
  let upstream: Server;
  let ports: Pick<ConfSource, 'http' | 'https' | 'upstream'>;
  let nginx: ChildProcess;
  const start = async (choice: Partial<NginxIngress>, expose: object, proxies?: string) => {
    write(folder, choice, expose, ports, proxies);
    nginx = spawn('nginx', ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')], { env, stdio: 'ignore' });
    await untilOpen(ports.https);
  };
  const stop = () =>
    new Promise<void>((done) => {
      nginx.once('exit', () => done());
      nginx.kill('SIGTERM');
    });
  const logged = () =>
    readFileSync(join(folder, 'access.log'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const ask = (path: string, headers = '', body = '') =>
    request(
      ports.http,
      `PROXY TCP4 203.0.113.7 10.0.0.9 55555 80\r\nGET ${path} HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n${headers}${body === '' ? '' : `Content-Length: ${body.length}\r\n`}\r\n${body}`,
    );

  beforeAll(async () => {
    folder = folderWithCertificate();
    upstream = createServer((incoming, answer) =>
      answer
        .setHeader('X-Powered-By', 'something')
        .end(JSON.stringify({ for: incoming.headers['x-forwarded-for'], id: incoming.headers['x-request-id'] })),
    ).listen(0, '127.0.0.1');
    ports = { http: await freePort(), https: await freePort(), upstream: (upstream.address() as AddressInfo).port };
  });
  afterEach(() => {
    nginx.kill('SIGKILL');
  });
  afterAll(() => {
    upstream.close();
  });

  test('believes the load balancer who the client is, logs it in JSON without the query, and limits it', async () => {
    await start({}, { maxBodySize: '1k', rateLimit: { requestsPerSecond: 1, burstFactor: 3 } }, '127.0.0.0/16');
    const first = await ask('/shop?token="secret"', 'X-Forwarded-For: 198.51.100.1\r\nUser-Agent: say "hi"\\\r\n');
    expect(first).toMatch(/^HTTP\/1.1 200/);
    expect(first).toContain('"for":"203.0.113.7"');
    expect(first).not.toMatch(/X-Powered-By|Server: nginx\//);
    expect(await ask('/large', '', 'x'.repeat(2000))).toMatch(/^HTTP\/1.1 413/);
    const more = await Promise.all(Array.from({ length: 6 }, () => ask('/more')));
    expect(more.filter((answer) => answer.startsWith('HTTP/1.1 429')).length).toBeGreaterThan(0);
    await stop();
    const [line] = logged();
    expect(line).toMatchObject({
      client: '203.0.113.7',
      path: '/shop',
      status: '200',
      host: HOST,
      user_agent: 'say "hi"\\',
      upstream_status: '200',
    });
    expect(line?.request_id).toMatch(/^[0-9a-f]{32}$/);
    expect(first).toContain(`"id":"${line?.request_id}"`);
    expect(JSON.stringify(line)).not.toContain('secret');
  });

  test('believes nobody else', async () => {
    await start({}, {}, '10.0.0.0/24');
    expect(await ask('/')).toContain('"for":"127.0.0.1"');
    await stop();
  });

  test.each([
    ['1.2', { 'TLSv1.2': true, 'TLSv1.3': true }],
    ['1.3', { 'TLSv1.2': false, 'TLSv1.3': true }],
  ] as const)('speaks TLS %s and newer, prefers 1.3, and remembers browsers of it', async (minimumTls, expected) => {
    await start({ minimumTls, loadBalancer: 'in-tree' }, {});
    const speaks = async (version: 'TLSv1.2' | 'TLSv1.3') => (await handshake(ports.https, HOST, version)) === version;
    expect({ 'TLSv1.2': await speaks('TLSv1.2'), 'TLSv1.3': await speaks('TLSv1.3') }).toEqual(expected);
    expect(await handshake(ports.https, HOST)).toBe('TLSv1.3');
    expect(await handshake(ports.https, 'unknown.example')).toBeUndefined();
    const answer = await request(ports.https, `GET / HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`, HOST);
    expect(answer).toContain('Strict-Transport-Security: max-age=31536000; includeSubDomains');
    await stop();
  });
});

/** Sends bytes to a port, over TLS for a host that is named, and gives what comes back. */
function request(port: number, text: string, servername?: string): Promise<string> {
  return new Promise((done, fail) => {
    const options = { host: '127.0.0.1', port };
    const socket: Socket = servername === undefined ? connect(options) : tlsConnect({ ...options, servername, rejectUnauthorized: false });
    let answer = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      answer += part;
    });
    socket.on('close', () => done(answer)).on('error', fail);
    socket.write(text);
  });
}

/** Version of TLS that is agreed on; `undefined` where there is none. */
function handshake(port: number, servername: string, version?: 'TLSv1.2' | 'TLSv1.3'): Promise<string | undefined> {
  return new Promise((done) => {
    const versions = version === undefined ? {} : { minVersion: version, maxVersion: version };
    const socket = tlsConnect({ host: '127.0.0.1', port, servername, rejectUnauthorized: false, ...versions }, () => {
      done(socket.getProtocol() ?? undefined);
      socket.destroy();
    });
    socket.on('error', () => done(undefined));
  });
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createTcpServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

async function untilOpen(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const open = await new Promise<boolean>((done) => {
      const socket = connect({ host: '127.0.0.1', port }, () => {
        socket.destroy();
        done(true);
      }).on('error', () => done(false));
    });
    if (open) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('nginx does not listen');
}
