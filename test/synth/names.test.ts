import { describe, expect, test } from 'vitest';
import { checkNames } from '../../synth/names';
import { emptyLock, type LockFile } from '../../synth/names-file';
import type { KubeObject } from '../../synth/object';
import { object, sourced } from './objects';

const deployment = (name: string, app = name.slice(name.indexOf('/') + 1)) =>
  object('apps/v1', 'Deployment', name, { spec: { selector: { matchLabels: { app } } } });
const account = (name: string) => object('v1', 'ServiceAccount', name);
const check = (lock: LockFile, ...objects: readonly KubeObject[]) =>
  checkNames(
    lock,
    objects.map((one) => sourced(one)),
  );
/** The lock after a first render of these objects. */
const lockOf = (...objects: readonly KubeObject[]) => check(emptyLock('names.yaml'), ...objects).next;
const why = 'it was time';

describe('what is locked', () => {
  const one = (object: KubeObject) => lockOf(object).names;
  const selector = { matchLabels: { b: '2', a: '1' }, matchExpressions: [{ key: 'tier', operator: 'In', values: ['y', 'x'] }] };

  test.each([
    [object('apps/v1', 'Deployment', 'shop/cart', { spec: { selector } }), 'Deployment shop/cart (a=1,b=2,tier In [x,y])'],
    [object('apps/v1', 'DaemonSet', 'shop/cart', { spec: { selector } }), 'DaemonSet shop/cart (a=1,b=2,tier In [x,y])'],
    [object('argoproj.io/v1alpha1', 'Rollout', 'shop/cart', { spec: { workloadRef: {} } }), 'Rollout shop/cart (no selector)'],
    [object('v1', 'Service', 'shop/cart', { spec: { selector: { app: 'cart' } } }), 'Service shop/cart (app=cart)'],
    [object('v1', 'Service', 'shop/cart', { spec: { clusterIP: 'None' } }), 'Service shop/cart (no selector; headless)'],
    [object('batch/v1', 'CronJob', 'shop/nightly'), 'CronJob shop/nightly'],
    [object('batch/v1', 'Job', 'shop/once'), 'Job shop/once'],
    [account('shop/cart'), 'ServiceAccount shop/cart'],
    [object('v1', 'Namespace', 'shop'), 'Namespace shop'],
    [object('argoproj.io/v1alpha1', 'Application', 'argocd/cart'), 'Application argocd/cart'],
    [object('argoproj.io/v1alpha1', 'AppProject', 'argocd/shop'), 'AppProject argocd/shop'],
    [
      object('v1', 'PersistentVolumeClaim', 'shop/disk', {
        spec: { storageClassName: 'gp3', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
      }),
      'PersistentVolumeClaim shop/disk (gp3; ReadWriteOnce)',
    ],
    [
      object('apps/v1', 'StatefulSet', 'shop/db', {
        spec: {
          selector: { matchLabels: { app: 'db' } },
          serviceName: 'db',
          volumeClaimTemplates: [
            {
              metadata: { name: 'data' },
              spec: { storageClassName: 'gp3', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
            },
          ],
        },
      }),
      'StatefulSet shop/db (app=db; service db; claim data gp3 ReadWriteOnce 10Gi)',
    ],
  ])('%o', (locked, name) => {
    expect(one(locked)).toEqual([name]);
  });

  test.each([
    object('v1', 'ConfigMap', 'shop/cart'),
    object('app.k8s.io/v1', 'Application', 'shop/cart'),
    {
      ...object('batch/v1', 'Job', 'shop/migrate'),
      metadata: { name: 'migrate', namespace: 'shop', annotations: { 'argocd.argoproj.io/hook': 'Sync' } },
    },
  ])('not %o', (free) => {
    expect(one(free)).toEqual([]);
  });
});

test('a first render and new objects are added, sorted, and nothing is ever taken away', () => {
  const lock = lockOf(deployment('shop/b'));
  const { problems, next } = check(lock, deployment('shop/b'), deployment('shop/a'));
  expect(problems).toEqual([]);
  expect(next.names).toEqual(['Deployment shop/a (app=a)', 'Deployment shop/b (app=b)']);
  expect(check(next).next.names).toEqual(next.names);
});

describe('a change without a record is a problem that shows the record', () => {
  test('a rename', () => {
    const [problem, ...others] = check(lockOf(deployment('shop/cart')), deployment('shop/basket')).problems;
    expect(problem).toContain('names.yaml: Deployment shop/cart is locked but not rendered any more');
    expect(problem).toContain('  - from: Deployment shop/cart\n    to: Deployment shop/basket\n');
    expect(problem).toContain('  - object: Deployment shop/cart\n');
    expect(others).toEqual([]);
  });

  test('a removal, with nothing new that it could be', () => {
    const [problem] = check(lockOf(account('shop/cart'), account('shop/till')), account('shop/till'), deployment('shop/cart')).problems;
    expect(problem).toContain('  - object: ServiceAccount shop/cart\n');
    expect(problem).not.toContain('`moved`');
  });

  test('a change of the selector', () => {
    const [problem, ...others] = check(lockOf(deployment('shop/cart', 'cart')), deployment('shop/cart', 'basket')).problems;
    expect(problem).toContain('  - from: Deployment shop/cart (app=cart)\n    to: Deployment shop/cart (app=basket)\n');
    expect(others).toEqual([]);
  });

  test('a selector where there was none', () => {
    const service = (spec: { readonly selector?: { readonly app: string } }) => object('v1', 'Service', 'shop/cart', { spec });
    const lock = lockOf(service({}));
    expect(check(lock, service({ selector: { app: 'cart' } })).problems).toHaveLength(1);
    const moved = [{ from: 'Service shop/cart (no selector)', to: 'Service shop/cart (app=cart)', why }];
    expect(check({ ...lock, moved }, service({ selector: { app: 'cart' } })).problems).toEqual([]);
  });
});

describe('a record', () => {
  const lock = lockOf(deployment('shop/cart', 'cart'), account('shop/cart'));
  const rename = { from: 'Deployment shop/cart', to: 'Deployment shop/basket', why };

  test('of a rename lets it through, also in later renders', () => {
    const moved = { ...lock, moved: [rename] };
    const { problems, next } = check(moved, deployment('shop/basket'), account('shop/cart'));
    expect(problems).toEqual([]);
    expect(next.names).toContain('Deployment shop/basket (app=basket)');
    expect(check(next, deployment('shop/basket'), account('shop/cart')).problems).toEqual([]);
  });

  test('of a removal lets it through', () => {
    expect(check({ ...lock, removed: [{ object: 'ServiceAccount shop/cart', why }] }, deployment('shop/cart')).problems).toEqual([]);
  });

  test('of another selector lets just that selector through', () => {
    const moved = [{ from: 'Deployment shop/cart (app=cart)', to: 'Deployment shop/cart (app=new)', why }];
    const after = check({ ...lock, moved }, deployment('shop/cart', 'new'), account('shop/cart'));
    expect(after.problems).toEqual([]);
    expect(check(after.next, deployment('shop/cart', 'new'), account('shop/cart')).problems).toEqual([]);
    expect(check(after.next, deployment('shop/cart', 'newer'), account('shop/cart')).problems).toHaveLength(1);
  });

  test('may be the first of several steps', () => {
    const first = check({ ...lock, moved: [rename] }, deployment('shop/basket'), account('shop/cart')).next;
    const second = { ...first, moved: [rename, { from: 'Deployment shop/basket', to: 'Deployment shop/bag', why }] };
    expect(check(second, deployment('shop/bag'), account('shop/cart')).problems).toEqual([]);
    const gone = { ...first, removed: [{ object: 'Deployment shop/basket', why }] };
    expect(check(gone, account('shop/cart')).problems).toEqual([]);
    expect(check(first, account('shop/cart')).problems).toHaveLength(1);
  });

  test.each<[string, Partial<LockFile>, readonly KubeObject[], string]>([
    [
      'removes what is rendered',
      { removed: [{ object: 'Deployment shop/cart', why }] },
      [deployment('shop/cart')],
      'removed[0] says that Deployment shop/cart is removed, but it is still',
    ],
    [
      'removes, with its selector, what is rendered with another one',
      { removed: [{ object: 'Deployment shop/cart (app=cart)', why }] },
      [deployment('shop/cart', 'new')],
      'is removed, but it is still rendered',
    ],
    [
      'moves what is still rendered',
      { moved: [rename] },
      [deployment('shop/cart'), deployment('shop/basket')],
      'moved[0] says that Deployment shop/cart is moved, but',
    ],
    [
      'moves to another selector while the old one is rendered',
      { moved: [{ from: 'Deployment shop/cart (app=cart)', to: 'Deployment shop/cart (app=new)', why }] },
      [deployment('shop/cart', 'cart')],
      'is moved, but it is still rendered',
    ],
    [
      'moves to what is not rendered',
      { moved: [rename] },
      [],
      'moves Deployment shop/cart to Deployment shop/basket, which is not rendered',
    ],
    [
      'moves to a selector that is not rendered',
      { moved: [{ ...rename, to: 'Deployment shop/basket (app=x)' }] },
      [deployment('shop/basket')],
      'Deployment shop/basket (app=x), which is not rendered',
    ],
    ['moves to itself', { moved: [{ ...rename, to: rename.from }] }, [deployment('shop/cart')], 'moves Deployment shop/cart to itself'],
    [
      'is about what was never locked',
      { removed: [{ object: 'Deployment shop/crat', why }] },
      [deployment('shop/cart')],
      'Deployment shop/crat, which is not in `names`',
    ],
    [
      'goes in a circle',
      { names: [...lock.names, 'Deployment shop/basket (app=x)'], moved: [rename, { from: rename.to, to: rename.from, why }] },
      [],
      'moved[0] moves Deployment shop/cart to Deployment shop/basket, which is not rendered',
    ],
  ])('that %s is a problem', (_, records, objects, text) => {
    const { problems } = check({ ...lock, ...records }, ...objects, account('shop/cart'));
    expect(problems[0]).toContain('names.yaml: ');
    expect(problems[0]).toContain(text);
  });

  test('that is shown in a problem is accepted as it stands', () => {
    const objects = [deployment('shop/cart', 'x'), account('shop/basket')];
    const text = check(lock, ...objects).problems.join('\n');
    const records = [...text.matchAll(/- from: (.*)\n {4}to: (.*)\n/g)].map(([, from = '', to = '']) => ({ from, to, why }));
    expect(records).toHaveLength(2);
    expect(check({ ...lock, moved: records }, ...objects).problems).toEqual([]);
  });
});
