import { expect, test } from 'vitest';
import { exponent, median } from '../../bench/statistics';

test('the median is the middle value whatever the order, and the mean of two middle ones', () => {
  expect(median([9, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 9])).toBe(3);
  expect(median([5])).toBe(5);
});

test('the exponent tells linear from quadratic growth', () => {
  const grown = (power: number) => [100, 1000, 5000].map((size) => ({ size, value: 3 * size ** power }));
  expect(exponent(grown(1))).toBeCloseTo(1);
  expect(exponent(grown(2))).toBeCloseTo(2);
});

test('growth that bends up only at the end shows', () => {
  const points = [
    { size: 100, value: 1 },
    { size: 1000, value: 10 },
    { size: 2000, value: 40 },
  ];
  expect(exponent(points)).toBeCloseTo(2);
});

test('one size says nothing of growth', () => {
  expect(exponent([{ size: 100, value: 1 }])).toBeUndefined();
});
