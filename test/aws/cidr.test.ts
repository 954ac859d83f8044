import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, isPrivate, overlaps, parseCidr } from '../../charts/aws/cidr';

const block = (text: string) => parseCidr(text)!;

describe('parseCidr', () => {
  it('knows the ends of the range', () => {
    expect(parseCidr('10.0.32.0/19')).toEqual({ first: 0x0a002000, last: 0x0a003fff, prefix: 19 });
    expect(parseCidr('255.255.255.255/32')).toEqual({ first: 0xffffffff, last: 0xffffffff, prefix: 32 });
    expect(parseCidr('0.0.0.0/0')).toEqual({ first: 0, last: 0xffffffff, prefix: 0 });
  });

  it.each([
    '10.0.0.1/24',
    '10.0.0.0/33',
    '256.0.0.0/8',
    '10.0.0/24',
    '10.0.0.0',
    '010.0.0.0/8',
    '10.0.0.0/08',
    ' 10.0.0.0/8',
    '2001:db8::/32',
    '',
  ])('refuses "%s"', (text) => expect(parseCidr(text)).toBeUndefined());

  it('accepts exactly the first address of a block', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.integer({ min: 0, max: 32 }), (address, prefix) => {
        const text = `${[24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')}/${prefix}`;
        expect(parseCidr(text) !== undefined).toBe(address % 2 ** (32 - prefix) === 0);
      }),
    );
  });
});

describe('blocks', () => {
  it('contain their parts and themselves', () => {
    expect(contains(block('10.0.0.0/16'), block('10.0.255.0/24'))).toBe(true);
    expect(contains(block('10.0.0.0/16'), block('10.0.0.0/16'))).toBe(true);
    expect(contains(block('10.0.0.0/16'), block('10.0.0.0/15'))).toBe(false);
    expect(contains(block('10.0.0.0/16'), block('10.1.0.0/24'))).toBe(false);
  });

  it('overlap when they share an address, whichever is asked', () => {
    expect(overlaps(block('10.0.0.0/24'), block('10.0.0.128/25'))).toBe(true);
    expect(overlaps(block('10.0.0.128/25'), block('10.0.0.0/24'))).toBe(true);
    expect(overlaps(block('10.0.0.0/24'), block('10.0.1.0/24'))).toBe(false);
  });

  it('are private inside RFC 1918 only', () => {
    expect(['10.100.0.0/16', '172.31.0.0/16', '192.168.0.0/16'].map((text) => isPrivate(block(text)))).toEqual([true, true, true]);
    expect(['172.32.0.0/16', '8.8.8.0/24', '10.0.0.0/7'].map((text) => isPrivate(block(text)))).toEqual([false, false, false]);
  });
});
