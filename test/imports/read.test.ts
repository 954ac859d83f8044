import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSource } from '../../scripts/import/read';

describe('readSource', () => {
  let server: Server;
  let address: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      response.statusCode = request.url === '/crd.yaml' ? 200 : 404;
      response.end('kind: CustomResourceDefinition');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((done) => server.close(done)));

  it('fetches an address', async () => {
    expect(await readSource(`${address}/crd.yaml`)).toEqual({ name: `${address}/crd.yaml`, text: 'kind: CustomResourceDefinition' });
  });
  it('refuses an answer that is not a success, with address and status', async () => {
    await expect(readSource(`${address}/other.yaml`)).rejects.toThrow(
      `${address}/other.yaml: cannot be read (HTTP 404 Not Found); give a file or an http(s) URL`,
    );
  });
  it('says why a server cannot be reached', async () => {
    await expect(readSource('http://127.0.0.1:1/crd.yaml')).rejects.toThrow(
      /^http:\/\/127\.0\.0\.1:1\/crd\.yaml: cannot be read \(.*(ECONNREFUSED|bad port)/,
    );
  });
  it('refuses a file that is not there, with its path', async () => {
    await expect(readSource('no/such.yaml')).rejects.toThrow(/^no\/such\.yaml: cannot be read \(ENOENT/);
  });
});
