import { expect, test } from 'vitest';
import { refuse, SynthError } from '../../synth/error';

test('an error lists all of its problems', () => {
  const error = new SynthError(['first: bad.\nMore of it.', 'second: bad.']);
  expect(error.problems).toHaveLength(2);
  expect(error.message).toBe('2 problems:\n\n1. first: bad.\n   More of it.\n\n2. second: bad.');
});

test('a single problem is the message', () => {
  expect(new SynthError(['only: bad.']).message).toBe('only: bad.');
});

test('no problems, no error', () => {
  expect(() => refuse([])).not.toThrow();
  expect(() => refuse(['bad.'])).toThrow(SynthError);
});
