import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Component, catalogue } from '../../../charts/catalogue';
import { archiveProblem, filesOf } from '../../../fleet/helm/archive';
import { formatChartLock, parseChartLock } from '../../../fleet/helm/lock';
import { chartsOf, chartText } from '../../../fleet/helm/reference';
import { readChartLock } from '../../../fleet/helm/store';
import { fileInZip } from '../../../fleet/helm/zip';
import { chart, greeter, tgz } from './support';

const digest = `sha256:${'a'.repeat(64)}`;

describe('the lock', () => {
  test('is written sorted, and read back the same', () => {
    const lock = {
      helm: 'v3.19.5',
      digests: new Map([
        ['https://b.example/x 2.0.0', digest],
        ['ghcr.io/a/x 1.0.0+1', digest],
      ]),
    };
    const text = formatChartLock(lock);
    expect(text).toMatch(/\nhelm: v3\.19\.5\ncharts:\n {2}ghcr.*\n {2}https/);
    expect(parseChartLock(text)).toEqual(lock);
    expect(parseChartLock(formatChartLock({ digests: new Map() }))).toEqual({ digests: new Map() });
    expect(parseChartLock('')).toEqual({ digests: new Map() });
  });

  test.each([
    ['charts: { "a/x 1": sha256:12 }', /a\/x 1: Expected sha256: and 64/],
    ['charts: { x: 1 }', /charts\.lock\.yaml: charts: /],
    ['helm: 3.19', /helm: /],
    ['helms: v3', /helms/],
    ['charts: [', /not readable as YAML.*git checkout/s],
  ])('%s is refused', (text, message) => {
    expect(() => parseChartLock(text)).toThrow(message);
  });

  test('of this project can be read, and pins nothing that the catalogue does not name', () => {
    const named = chartsOf(Object.values(catalogue)).map(chartText);
    expect([...readChartLock(process.cwd()).digests.keys()].filter((text) => !named.includes(text))).toEqual([]);
  });
});

test('a chart that several releases name is pulled once', () => {
  const release = (version: string) => ({ version, kubernetes: { source: 'test' }, chart: greeter('https://charts.example.com/') });
  const component: Component = { name: 'greeter', what: 'greets', licence: 'MIT', releases: [release('2'), release('1')] };
  expect(chartsOf([component]).map(chartText)).toEqual(['https://charts.example.com/greeter 1.2.3']);
});

describe('an archive', () => {
  test('is read with names of any length', () => {
    const long = `greeter/${'x'.repeat(120)}.yaml`;
    expect(filesOf(tgz({ 'greeter/a': 'a', [long]: 'ü'.repeat(600), 'greeter/b': '' }))).toEqual([
      { path: 'greeter/a', text: 'a' },
      { path: long, text: 'ü'.repeat(600) },
      { path: 'greeter/b', text: '' },
    ]);
  });

  test('is the chart that it says', () => {
    expect(archiveProblem(chart(), greeter('x'))).toBeUndefined();
    expect(archiveProblem(chart('other'), greeter('x'))).toBe('the chart other 1.2.3');
    expect(archiveProblem(tgz({ 'greeter/values.yaml': '' }), greeter('x'))).toBe('an archive without Chart.yaml');
    expect(archiveProblem(tgz({ 'greeter/charts/sub/Chart.yaml': '' }), greeter('x'))).toBe('an archive without Chart.yaml');
  });
});

test('a file comes out of a zip archive, stored or compressed', () => {
  const zip = zipOf([
    ['readme', Buffer.from('hello'), 0],
    ['helm/helm', Buffer.from('x'.repeat(1000)), 8],
  ]);
  expect(fileInZip(zip, 'readme')?.toString()).toBe('hello');
  expect(fileInZip(zip, 'helm/helm')?.toString()).toBe('x'.repeat(1000));
  expect(fileInZip(zip, 'helm')).toBeUndefined();
  expect(() => fileInZip(Buffer.from('no'), 'helm')).toThrow('this is no zip archive');
});

function zipOf(files: readonly (readonly [name: string, bytes: Buffer, method: 0 | 8])[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  for (const [name, bytes, method] of files) {
    const data = method === 0 ? bytes : deflateRawSync(bytes);
    const at = Buffer.concat(locals).length;
    const header = Buffer.alloc(30);
    header.write('PK\x03\x04', 'latin1');
    header.writeUInt16LE(name.length, 26);
    // A field that only the local header has.
    header.writeUInt16LE(4, 28);
    locals.push(header, Buffer.from(name), Buffer.alloc(4), data);
    const entry = Buffer.alloc(46);
    entry.write('PK\x01\x02', 'latin1');
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt16LE(3, 32);
    entry.writeUInt32LE(at, 42);
    central.push(entry, Buffer.from(`${name}abc`));
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(Buffer.concat(locals).length, 16);
  return Buffer.concat([...locals, ...central, end]);
}
