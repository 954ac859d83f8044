import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ALL_ADDRESSES, blocksSet, cidrSet, cidrsOf, describeAddresses } from '../../../checks/reachability/address-set';
import { ALL_PORTS, describePorts, portSet, rangesOf } from '../../../checks/reachability/port-set';
import { region, regionDifference, regionIntersection } from '../../../checks/reachability/region';
import { difference, intersection, type Spans, union } from '../../../checks/reachability/spans';

const spans = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 })), { maxLength: 5 })
  .map((list): Spans<number> => union(...list.map(([a, b]): Spans<number> => (a === b ? [] : [[Math.min(a, b), Math.max(a, b)]]))));
const members = (set: Spans<number>) => Array.from({ length: 31 }, (_, i) => set.some(([first, end]) => first <= i && i < end));

test('spans are sets of numbers', () => {
  fc.assert(
    fc.property(spans, spans, (a, b) => {
      const [inA, inB] = [members(a), members(b)];
      expect(members(union(a, b))).toEqual(inA.map((here, i) => here || inB[i]));
      expect(members(intersection(a, b))).toEqual(inA.map((here, i) => here && inB[i]));
      expect(members(difference(a, b))).toEqual(inA.map((here, i) => here && !inB[i]));
      // Equal sets are equal lists.
      expect(union(difference(a, b), intersection(a, b))).toEqual(a);
    }),
  );
});

test('regions are sets of address and port', () => {
  const piece = fc.record({ addresses: spans, ports: spans });
  const pieces = fc.array(piece, { maxLength: 4 });
  type Pieces = readonly { readonly addresses: Spans<number>; readonly ports: Spans<number> }[];
  const big = (list: Pieces) =>
    list.map(({ addresses, ports }) => ({ ports, addresses: addresses.map(([a, b]) => [BigInt(a), BigInt(b)] as const) }));
  const has = (list: ReturnType<typeof region>, address: number, port: number) =>
    list.some(
      ({ addresses, ports }) =>
        addresses.some(([a, b]) => a <= BigInt(address) && BigInt(address) < b) && ports.some(([a, b]) => a <= port && port < b),
    );
  fc.assert(
    fc.property(pieces, pieces, fc.nat(30), fc.nat(30), (a, b, address, port) => {
      const [left, right] = [region(big(a)), region(big(b))];
      const [inA, inB] = [has(big(a), address, port), has(big(b), address, port)];
      expect(has(left, address, port)).toBe(inA);
      expect(has(regionDifference(left, right), address, port)).toBe(inA && !inB);
      expect(has(regionIntersection(left, right), address, port)).toBe(inA && inB);
    }),
  );
});

describe('addresses', () => {
  test.each([
    [['10.0.0.0/8'], '10.0.0.0/8'],
    [['10.0.0.0/9', '10.128.0.0/9'], '10.0.0.0/8'],
    [['0.0.0.0/0', '::/0'], 'every address'],
    [['0.0.0.0/0'], '0.0.0.0/0'],
    [['2001:db8::/32', '10.0.0.1/32'], '10.0.0.1/32, 2001:db8::/32'],
    [['2001:db8:0:0:1:0:0:1/128'], '2001:db8::1:0:0:1/128'],
    [['::1/128'], '::1/128'],
    [['1::/128'], '1::/128'],
    [['1:2:3:4:5:6:7:8/128'], '1:2:3:4:5:6:7:8/128'],
    [['no address'], 'no address'],
  ])('%j are %s', (cidrs, text) => {
    expect(describeAddresses(blocksSet(cidrs.map((cidr) => ({ cidr }))))).toBe(text);
  });

  test('an exception leaves the rest, in the fewest CIDRs', () => {
    expect(cidrsOf(blocksSet([{ cidr: '10.0.0.0/24', except: ['10.0.0.0/26', '10.0.0.255/32'] }]))).toEqual([
      '10.0.0.64/26',
      '10.0.0.128/26',
      '10.0.0.192/27',
      '10.0.0.224/28',
      '10.0.0.240/29',
      '10.0.0.248/30',
      '10.0.0.252/31',
      '10.0.0.254/32',
    ]);
  });

  test('CIDRs of a set are the set', () => {
    const block = fc
      .tuple(fc.nat(0xffffffff), fc.integer({ min: 0, max: 32 }))
      .map(([n, bits]) => `${[24, 16, 8, 0].map((shift) => Math.floor(n / 2 ** shift) % 256).join('.')}/${bits}`);
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 3 }), fc.array(block, { maxLength: 3 }), (cidrs, except) => {
        const set = blocksSet(cidrs.map((cidr) => ({ cidr, except })));
        expect(blocksSet(cidrsOf(set).map((cidr) => ({ cidr })))).toEqual(set);
      }),
    );
  });

  test('the two versions are never one span', () => {
    const last6 = cidrSet('ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128');
    expect(cidrsOf(blocksSet([{ cidr: '0.0.0.0/32' }, { cidr: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128' }]))).toHaveLength(2);
    expect(intersection(ALL_ADDRESSES, last6)).toEqual(last6);
  });
});

test('ports of one protocol are apart from those of another', () => {
  const set = union(portSet({ protocol: 'TCP', first: 65_535, last: 65_535 }), portSet({ protocol: 'UDP', first: 1, last: 1 }));
  expect(rangesOf(set)).toEqual([
    { protocol: 'TCP', first: 65_535, last: 65_535 },
    { protocol: 'UDP', first: 1, last: 1 },
  ]);
  expect(describePorts(ALL_PORTS)).toBe('every port');
  expect(describePorts(union(portSet({ protocol: 'TCP', first: 80, last: 81 }), portSet({ protocol: 'TCP', first: 82, last: 90 })))).toBe(
    'TCP 80-90',
  );
});
