import { expect, test } from 'vitest';
import { network } from './network';

test('addresses are of the zone’s subnet, each once, until it is used up', () => {
  const addresses = network({ a: '10.0.0.240/28', b: '10.0.255.0/23' });
  const inA = Array.from({ length: 11 }, () => addresses.next('a'));
  expect([inA[0], inA[10], new Set(inA).size]).toEqual(['10.0.0.244', '10.0.0.254', 11]);
  expect(() => addresses.next('a')).toThrow('subnet 10.0.0.240/28 of a is used up');
  expect(addresses.next('b')).toBe('10.0.255.4');
  expect(() => addresses.next('c')).toThrow('zone c has no private subnet; there are a, b');
});
