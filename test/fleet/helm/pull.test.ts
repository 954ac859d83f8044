import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ChartReference } from '../../../charts/catalogue';
import { digestOf } from '../../../fleet/helm/archive';
import { pullCharts } from '../../../fleet/helm/pull';
import { archiveFile, readArchive, readChartLock, STORE, writeChartLock } from '../../../fleet/helm/store';
import { chart, folder, greeter, publish, repository, serve } from './support';

async function pull(root: string, charts: readonly ChartReference[], acceptChanged = false) {
  const said: string[] = [];
  const code = await pullCharts({ root, charts, print: (text) => said.push(text), acceptChanged });
  return { code, text: said.join('\n') };
}

/** Every file below the store. */
function stored(root: string): readonly string[] {
  try {
    return readdirSync(join(root, STORE), { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));
  } catch {
    return [];
  }
}

const other = chart('greeter', '1.2.3', { 'templates/other.yaml': '' });

describe('from a chart repository', () => {
  test('an archive comes into the store, its digest into the lock', async () => {
    const [root, { address }] = [folder(), await repository()];
    expect(await pull(root, [greeter(address)])).toEqual({
      code: 0,
      text: expect.stringMatching(/new in the lock: trusted as it came[\s\S]*1 downloaded/),
    });
    const digest = digestOf(chart());
    expect([...readChartLock(root).digests]).toEqual([[`${address}/greeter 1.2.3`, digest]]);
    expect(Buffer.from(readArchive(root, digest)!)).toEqual(Buffer.from(chart()));
  });

  test('what is there and locked is not asked for again; what is damaged is', async () => {
    const [root, made] = [folder(), await repository()];
    await pull(root, [greeter(made.address)]);
    made.asked.length = 0;
    expect((await pull(root, [greeter(made.address)])).text).toMatch(/0 downloaded, 1 already there/);
    expect(made.asked).toEqual([]);
    writeFileSync(archiveFile(root, digestOf(chart())), 'half');
    expect((await pull(root, [greeter(made.address)])).code).toBe(0);
    expect(readArchive(root, digestOf(chart()))).toBeDefined();
  });

  test('a repository that states no digest is trusted with its first archive', async () => {
    const [root, made] = [folder(), await repository()];
    publish(made, chart(), '');
    expect((await pull(root, [greeter(made.address)])).code).toBe(0);
  });

  test.each<[string, RegExp, (made: Awaited<ReturnType<typeof repository>>) => void, ((address: string) => ChartReference)?]>([
    [
      'a wrong digest',
      /greeter 1\.2\.3: wrong digest: the repository's index says sha256:0{64}, what came is sha256:/,
      (made) => publish(made, chart(), '0'.repeat(64)),
    ],
    [
      'a missing version',
      /greeter 9\.9\.9: the repository has no such version; it has 1\.3\.0, 1\.2\.3/,
      () => {},
      (address) => greeter(address, '9.9.9'),
    ],
    [
      'a missing chart',
      /hello 1: .*index\.yaml has no chart of this name/,
      () => {},
      (repository) => ({ repository, name: 'hello', version: '1' }),
    ],
    ['a missing archive', /greeter-1\.2\.3\.tgz: the server answers 404/, ({ files }) => delete files['/greeter-1.2.3.tgz']],
    ['no index', /index\.yaml: the server answers 404/, ({ files }) => delete files['/index.yaml']],
    [
      'a page instead of an index',
      /index\.yaml: this is no index of a chart repository/,
      ({ files }) => (files['/index.yaml'] = '<html>: {'),
    ],
    ['a page instead of an archive', /what came is 6 bytes that are no \.tgz archive/, (made) => publish(made, Buffer.from('<html>'))],
    ['the archive of another version', /what came is the chart greeter 1\.3\.0/, (made) => publish(made, chart('greeter', '1.3.0'))],
    ['an archive that is cut off', /no \.tgz archive/, (made) => publish(made, chart().subarray(0, 200))],
  ])('%s is one error, and leaves nothing', async (_, message, change, reference = greeter) => {
    const [root, made] = [folder(), await repository()];
    change(made);
    const { code, text } = await pull(root, [reference(made.address)]);
    expect(code).toBe(1);
    expect(text).toMatch(message);
    expect(text.split('\n\n')).toHaveLength(2);
    expect(stored(root)).toEqual([]);
    expect(readChartLock(root).digests.size).toBe(0);
  });

  test('a repository that does not answer is named', async () => {
    const { text } = await pull(folder(), [greeter('http://127.0.0.1:9')]);
    expect(text).toMatch(/^http:\/\/127\.0\.0\.1:9\/index\.yaml: .*check the address and the network/);
  });

  test('one chart that fails holds back the lock, not the others’ archives', async () => {
    const [root, { address }] = [folder(), await repository()];
    expect((await pull(root, [greeter(address, '9.9.9'), greeter(address)])).code).toBe(1);
    expect(readChartLock(root).digests.size).toBe(0);
    expect(stored(root)).toHaveLength(1);
  });
});

describe('an archive that was changed under the same version', () => {
  async function changed() {
    const [root, made] = [folder(), await repository()];
    writeChartLock(root, { helm: 'v3.19.5', digests: new Map([[`${made.address}/greeter 1.2.3`, digestOf(other)]]) });
    return { root, address: made.address };
  }

  test('is refused', async () => {
    const { root, address } = await changed();
    const before = readChartLock(root);
    expect(await pull(root, [greeter(address)])).toEqual({
      code: 1,
      text: expect.stringMatching(
        /changed under the same version: sha256:\w{64} is locked, what came is sha256:[\s\S]*--accept-changed greeter/,
      ),
    });
    expect(readChartLock(root)).toEqual(before);
    expect(stored(root)).toEqual([]);
  });

  test('is taken when somebody says so, and then stays', async () => {
    const { root, address } = await changed();
    expect((await pull(root, [greeter(address)], true)).text).toMatch(/changed in the lock; it was sha256:/);
    expect(readChartLock(root)).toEqual({ helm: 'v3.19.5', digests: new Map([[`${address}/greeter 1.2.3`, digestOf(chart())]]) });
    expect((await pull(root, [greeter(address)])).text).toMatch(/1 already there/);
  });
});

describe('from an OCI registry', () => {
  /** A registry that gives anybody a token, as public ones do. @param blob - what it sends as the archive */
  async function registry({ blob = chart(), login = false, tag = '1.2.3' } = {}): Promise<string> {
    const digest = digestOf(chart());
    const address: string = await serve(({ url = '', headers }, response) => {
      if (url.startsWith('/token')) return login ? response.writeHead(403).end() : response.end(JSON.stringify({ token: `for ${url}` }));
      if (headers.authorization !== 'Bearer for /token?service=here&scope=repository%3Acharts%2Fgreeter%3Apull') {
        const challenge = `Bearer realm="${address}/token",service="here",scope="repository:charts/greeter:pull"`;
        return response.writeHead(401, { 'www-authenticate': challenge }).end();
      }
      const layers = [
        { mediaType: 'application/vnd.cncf.helm.chart.provenance.v1.prov', digest: 'sha256:0' },
        { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', digest },
      ];
      if (url === `/v2/charts/greeter/manifests/${tag}`) return response.end(JSON.stringify({ layers }));
      if (url === `/v2/charts/greeter/blobs/${digest}`) return response.end(blob);
      return response.writeHead(404).end();
    });
    return `${address.replace('http://', '')}/charts`;
  }

  test('an archive comes as from a repository', async () => {
    const [root, place] = [folder(), await registry()];
    expect((await pull(root, [greeter(place)])).code).toBe(0);
    expect([...readChartLock(root).digests]).toEqual([[`${place}/greeter 1.2.3`, digestOf(chart())]]);
  });

  test('and where an index names the registry', async () => {
    const [root, place, made] = [folder(), await registry(), await repository()];
    made.files['/index.yaml'] = `entries: { greeter: [{ version: 1.2.3, urls: ["oci://${place}/greeter:1.2.3"] }] }`;
    expect((await pull(root, [greeter(made.address)])).code).toBe(0);
  });

  test.each<[string, RegExp, Parameters<typeof registry>[0]]>([
    [
      'other bytes than its manifest says',
      /wrong digest: the registry's manifest says sha256:\w{64}, what came is sha256:/,
      { blob: other },
    ],
    ['no such version', /the registry has no version 1\.2\.3/, { tag: '1.3.0' }],
    ['a wish for a login', /the registry gives no token without a login/, { login: true }],
  ])('%s is one error, and leaves nothing', async (_, message, options) => {
    const root = folder();
    const { code, text } = await pull(root, [greeter(await registry(options))]);
    expect(code).toBe(1);
    expect(text).toMatch(message);
    expect(stored(root)).toEqual([]);
  });
});
