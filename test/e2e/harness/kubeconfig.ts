import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import type { Server } from './client';

interface Kubeconfig {
  readonly contexts?: readonly { readonly name: string; readonly context: { readonly cluster: string; readonly user: string } }[];
  readonly clusters?: readonly { readonly name: string; readonly cluster: Entry }[];
  readonly users?: readonly { readonly name: string; readonly user: Entry }[];
}

type Entry = Readonly<Record<string, string | undefined>>;

/**
 * The server of one context of a kubeconfig, with certificates or a token. The file's current context is never looked at.
 * @throws an Error when the context does not exist, or its user logs in by a program
 */
export function serverOf(file: string, context: string): Server {
  const config = parse(readFileSync(file, 'utf8')) as Kubeconfig;
  const found = config.contexts?.find(({ name }) => name === context)?.context;
  const cluster = config.clusters?.find(({ name }) => name === found?.cluster)?.cluster;
  const user = config.users?.find(({ name }) => name === found?.user)?.user;
  if (cluster?.server === undefined || user === undefined) {
    const names = config.contexts?.map(({ name }) => name).join(', ') ?? 'none';
    throw new Error(`${file} has no complete context ${context}; it has: ${names}`);
  }
  // Either in the file, as base64, or in a file of its own.
  const pem = (entry: Entry, key: string): string | undefined => {
    const data = entry[`${key}-data`];
    const path = entry[key];
    if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8');
    return path === undefined ? undefined : readFileSync(resolve(dirname(file), path), 'utf8');
  };
  const token =
    user.token ?? (user.tokenFile === undefined ? undefined : readFileSync(resolve(dirname(file), user.tokenFile), 'utf8').trim());
  const [cert, key] = [pem(user, 'client-certificate'), pem(user, 'client-key')];
  if (token === undefined && cert === undefined) {
    throw new Error(`${file}: user of context ${context} has neither token nor client certificate; other ways to log in are not supported`);
  }
  return { url: cluster.server.replace(/\/$/, ''), ca: pem(cluster, 'certificate-authority'), token, cert, key };
}
