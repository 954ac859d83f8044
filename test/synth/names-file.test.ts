import { expect, test } from 'vitest';
import { checkNames } from '../../synth/names';
import { emptyLock, formatLock, parseLock } from '../../synth/names-file';
import { messageOf, object, sourced } from './objects';

const FILE = 'overlays/shop/dev/names.yaml';
const TEXT = `\
# Name lock of this cluster: edited header
# of two lines

moved:
  # after the merger
  - from: "Deployment shop/cart (app=cart)"   # old
    to: Deployment shop/basket
    why: |
      one team,
      names: one word
removed:
- {object: Service shop/old, why: nobody calls it}
names:
  - Deployment shop/basket (app=basket)
  - Deployment shop/cart (app=cart)
  - Service shop/old (no selector)
`;

test('what people wrote survives the round trip letter by letter', () => {
  const lock = parseLock(TEXT, FILE);
  expect(lock.moved).toEqual([
    { from: 'Deployment shop/cart (app=cart)', to: 'Deployment shop/basket', why: 'one team,\nnames: one word\n' },
  ]);
  expect(lock.removed).toEqual([{ object: 'Service shop/old', why: 'nobody calls it' }]);
  expect(formatLock(lock)).toBe(TEXT);
});

test('a new name is one new line', () => {
  const objects = ['aaa', 'basket'].map((name) =>
    sourced(object('apps/v1', 'Deployment', `shop/${name}`, { spec: { selector: { matchLabels: { app: name } } } })),
  );
  const { problems, next } = checkNames(parseLock(TEXT, FILE), objects);
  expect(problems).toEqual([]);
  expect(formatLock(next)).toBe(TEXT.replace('names:\n  - Deployment', 'names:\n  - Deployment shop/aaa (app=aaa)\n  - Deployment'));
});

test('a new file begins with what it is, and reads back', () => {
  const text = formatLock({ ...emptyLock(FILE), names: ['Namespace shop', 'Service shop/cart (app=yes: no)'] });
  expect(text).toMatch(/^# Name lock of this cluster/);
  expect(parseLock(text, FILE).names).toEqual(['Namespace shop', 'Service shop/cart (app=yes: no)']);
  expect(formatLock(parseLock(text, FILE))).toBe(text);
  expect(parseLock(formatLock(emptyLock(FILE)), FILE).names).toEqual([]);
});

test('a file without a header gets one, once', () => {
  const text = formatLock(parseLock('removed: []\nnames:\n  - Namespace shop\n', FILE));
  expect(text).toMatch(/^# Name lock of this cluster[\s\S]*\nremoved: \[\]\nnames:\n {2}- Namespace shop\n$/);
  expect(formatLock(parseLock(text, FILE))).toBe(text);
});

test('an empty file is an empty lock', () => {
  expect(parseLock('', FILE)).toMatchObject({ names: [], moved: [], removed: [] });
});

test.each([
  ['an unknown member', 'moves: []\nnames: []\n', ['the file: found {"moves":[],"names":[]}', 'moves']],
  ['a record without a reason', 'removed:\n  - object: Namespace shop\nnames: []\n', ['removed[0].why: found nothing']],
  [
    'a reason that was never filled in',
    'removed:\n  - {object: Namespace shop, why: <reason>}\nnames: []\n',
    ['removed[0].why: found "<reason>"', 'Expected the reason'],
  ],
  [
    'an object in another form',
    'moved:\n  - {from: shop/cart, to: Deployment a, why: x}\nnames: []\n',
    ['moved[0].from: found "shop/cart"', 'Expected "<Kind>'],
  ],
  ['a name of another form', 'names:\n  - 7\n', ['names[0]: found 7']],
  ['all at once', 'moved:\n  - {from: x, to: y, why: z}\nnames: []\n', ['2 problems', 'moved[0].from', 'moved[0].to']],
  ['no YAML', 'moved: [\nnames: []\n', ['not readable as YAML']],
  ['a comment that synth would lose', 'names:\n  - Namespace shop\n  # mine\n', [`${FILE}:3: found "  # mine" below`]],
  ['a record below the names', 'names:\n  - Namespace shop\nremoved: []\n', [`${FILE}:3: found "removed: []" below`]],
])('%s is refused with file, place and value', (_, text, expected) => {
  const message = messageOf(() => parseLock(text, FILE));
  for (const part of [FILE, ...expected]) expect(message).toContain(part);
});
