import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, connect } from './client';
import { freePort, type Processes, processes } from './processes';

/** An API server of our own, on loopback, with an empty etcd behind it. */
export interface ControlPlane {
  /** Asks as an administrator. */
  readonly client: Client;
  /** As `v1.28.15`. */
  readonly version: string;
  /** A kubeconfig of an administrator, for controllers and for people who debug. */
  readonly kubeconfig: string;
  /** A certificate for 127.0.0.1 with its key and its authority, as PEM: it serves the harness's webhooks too. */
  readonly serving: { readonly cert: string; readonly key: string; readonly ca: string };
  /** Starts further programs next to it, and waits for them. */
  readonly processes: Processes;
  /** Ends everything and removes every file. */
  stop(): Promise<void>;
}

/**
 * Starts etcd and the API server that lie in a folder, and waits until the server is ready.
 * @throws an Error with the ends of their logs
 */
export async function startControlPlane(binaries: string): Promise<ControlPlane> {
  const own = processes();
  try {
    const etcd = `http://127.0.0.1:${await freePort()}`;
    own.start(join(binaries, 'etcd'), [
      `--data-dir=${join(own.folder, 'etcd')}`,
      `--listen-client-urls=${etcd}`,
      `--advertise-client-urls=${etcd}`,
      '--listen-peer-urls=http://127.0.0.1:0',
      // Nothing here outlives the run, so nothing needs to reach the disk.
      '--unsafe-no-fsync',
      '--log-level=error',
    ]);
    const port = await freePort();
    const token = randomBytes(24).toString('hex');
    own.start(join(binaries, 'kube-apiserver'), apiServerFlags(own.folder, etcd, port, token));

    const certificate = join(own.folder, 'apiserver.crt');
    await own.until('certificate of the API server', async () => readFileSync(certificate, 'utf8').includes('END CERTIFICATE'));
    const ca = readFileSync(certificate, 'utf8');
    const server = { url: `https://127.0.0.1:${port}`, ca, token };
    const client = connect(server);
    await own.until('ready API server', async () => (await client.request('GET', '/readyz')).status === 200);
    // The server makes the system namespaces itself, a moment after it is ready.
    await own.until('namespace default', async () => (await client.request('GET', '/api/v1/namespaces/default')).status === 200);
    const kubeconfig = join(own.folder, 'kubeconfig');
    writeFileSync(kubeconfig, kubeconfigOf(server), { mode: 0o600 });
    return {
      client,
      version: (await client.request('GET', '/version')).body.gitVersion,
      kubeconfig,
      serving: { cert: ca, key: readFileSync(join(own.folder, 'apiserver.key'), 'utf8'), ca },
      processes: own,
      async stop() {
        client.close();
        await own.stop();
      },
    };
  } catch (error) {
    await own.stop();
    throw error;
  }
}

function apiServerFlags(folder: string, etcd: string, port: number, token: string): readonly string[] {
  const accounts = join(folder, 'service-accounts.key');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(accounts, privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
  const tokens = join(folder, 'tokens.csv');
  writeFileSync(tokens, `${token},admin,admin,system:masters\n`, { mode: 0o600 });
  return [
    `--etcd-servers=${etcd}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${port}`,
    // It makes its own certificate in here.
    `--cert-dir=${folder}`,
    `--token-auth-file=${tokens}`,
    '--authorization-mode=Node,RBAC',
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-key-file=${accounts}`,
    `--service-account-signing-key-file=${accounts}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    '--endpoint-reconciler-type=none',
    '--allow-privileged=true',
    '--profiling=false',
  ];
}

function kubeconfigOf(server: { readonly url: string; readonly ca: string; readonly token: string }): string {
  // JSON is YAML.
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'e2e', cluster: { server: server.url, 'certificate-authority-data': Buffer.from(server.ca).toString('base64') } }],
    users: [{ name: 'admin', user: { token: server.token } }],
    contexts: [{ name: 'e2e', context: { cluster: 'e2e', user: 'admin' } }],
    'current-context': 'e2e',
  });
}
