import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MovedRecord } from '../../synth/names-file';
import { crdsFolder, GIVEN } from './harness/crds';
import { goneText } from './harness/gone';
import { type Plan, planOf } from './harness/plan';
import { sync } from './harness/sync';
import { open, ownTargets, REPOSITORY, type TestCluster } from './harness/targets';
import { upgrade } from './harness/upgrade';

// The judge of upgrades itself: that upgrade.test.ts can fail, and what saves it. Each case is a pair of small folders.

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'fleet-manifests-upgrade-'));
});
afterAll(() => rmSync(root, { recursive: true }));

type Files = Readonly<Record<string, string>>;

let folders = 0;
/** A cluster with one Application per folder; `files` are theirs, as `app/web.yaml`. */
function planned(files: Files, applications: Files = { app: application('app') }): Plan {
  folders += 1;
  const cluster = `dist/test/${folders}`;
  const put = (name: string, text: string) => {
    mkdirSync(dirname(join(root, cluster, name)), { recursive: true });
    writeFileSync(join(root, cluster, name), text.replaceAll('$CLUSTER', cluster));
  };
  put('bootstrap.yaml', application('root', 'prune: true'));
  for (const [name, text] of Object.entries(applications)) put(`root/${name}.yaml`, text);
  for (const [name, text] of Object.entries(files)) put(name, text);
  const plan = planOf(root, cluster);
  expect(plan.problems).toEqual([]);
  return plan;
}

/** What the name lock has of an object, `from` as it was and `to` as it is. */
const moved = (object: string, from: string, to: string): readonly MovedRecord[] => [
  { from: `${object} (${from})`, to: `${object} (${to})`, why: 'test' },
];

if (ownTargets().length === 0) test.skip('needs a control plane of its own', () => {});

describe.each(ownTargets())('Kubernetes $name', (target) => {
  let cluster: TestCluster;
  let crds: string;
  beforeAll(async () => {
    cluster = await open(target);
    crds = crdsFolder(cluster.line, REPOSITORY);
  });
  afterAll(() => cluster?.stop());

  let defined: ReadonlySet<string> = new Set();
  const step = async (before: Plan, after: Plan, records: readonly MovedRecord[] = []) => {
    const { applied } = await sync(cluster.client, before, { crds, defined });
    defined = new Set(GIVEN);
    expect(applied.flatMap(({ refusal }) => refusal ?? [])).toEqual([]);
    return upgrade(cluster.client, { before, after, moved: records, crds });
  };
  /** From one text of a single object to another. */
  const change = (before: string, after: string, records: readonly MovedRecord[] = []) =>
    step(planned({ 'app/object.yaml': before }), planned({ 'app/object.yaml': after }), records);

  test('what may change passes, and nothing is listed', async () => {
    const result = await change(deployment('fine', 'fine', 'image:1'), deployment('fine', 'fine', 'image:2'));
    expect(result).toEqual({ announced: [], refused: [], gone: [], astray: [] });
  });

  describe.each([
    {
      what: 'a selector',
      object: 'Deployment default/web',
      before: deployment('web', 'old'),
      after: deployment('web', 'new'),
      from: 'app=old',
      to: 'app=new',
      reason: /deployments?\S* "web" is invalid: spec.selector: .*field is immutable/i,
    },
    {
      what: 'a claim template',
      object: 'StatefulSet default/db',
      before: statefulSet('10Gi'),
      after: statefulSet('20Gi'),
      from: 'app=db; service db; claim data ReadWriteOnce 10Gi',
      to: 'app=db; service db; claim data ReadWriteOnce 20Gi',
      reason: /"db" is invalid: spec: Forbidden: updates to statefulset spec/,
    },
  ])('$what', ({ object, before, after, from, to, reason }) => {
    test('is refused, and that fails without a record', async () => {
      const { announced, refused, astray } = await change(before, after);
      expect(refused).toEqual([expect.stringMatching(reason)]);
      expect({ announced, astray }).toEqual({ announced: [], astray: [] });
    });

    test('fails with a record of something else', async () => {
      const { refused } = await change(before, after, [...moved(object, from, 'app=other'), ...moved(`${object}-2`, from, to)]);
      expect(refused).toHaveLength(1);
    });

    test('passes with a record, or with records in a row: the old one is deleted, the new one is accepted', async () => {
      const records = [...moved(object, from, 'app=between'), ...moved(object, 'app=between', to)];
      expect(await change(before, after, records)).toMatchObject({ announced: [expect.stringMatching(reason)], refused: [] });
      // What is made anew stands: the same again, now the other way round.
      expect(await change(after, before, moved(object, to, from))).toMatchObject({ announced: [expect.any(String)], refused: [] });
    });
  });

  test('an announced object that is wrong in itself still fails', async () => {
    const broken = deployment('wrong', 'new').replace('image: image', 'imagee: image');
    const { refused, announced } = await change(
      deployment('wrong', 'old'),
      broken,
      moved('Deployment default/wrong', 'app=old', 'app=new'),
    );
    expect(refused).toEqual([expect.stringMatching(/imagee.*\(although the old one is deleted\)$/s)]);
    expect(announced).toEqual([]);
  });

  describe('the role of a binding', () => {
    test('fails, whatever is recorded: the name lock has nothing to say of bindings', async () => {
      const { refused } = await change(
        binding('people', 'view'),
        binding('people', 'edit'),
        moved('RoleBinding default/people', 'view', 'edit'),
      );
      expect(refused).toEqual([expect.stringMatching(/roleRef: .*cannot change roleRef/)]);
    });

    test('changes under another name, and the old binding is pruned', async () => {
      const { refused, gone, astray } = await change(binding('viewers', 'view'), binding('editors', 'edit'));
      expect({ refused, astray }).toEqual({ refused: [], astray: [] });
      expect(gone.map(goneText)).toEqual(['pruned RoleBinding default/viewers of app: its Application prunes']);
    });
  });

  test('a hook is made anew each time, so that its template may change', async () => {
    const { refused } = await change(job('migrate', 'image:1', true), job('migrate', 'image:2', true));
    expect(refused).toEqual([]);
    const plain = await change(job('once', 'image:1', false), job('once', 'image:2', false));
    expect(plain.refused).toEqual([expect.stringMatching(/spec.template: .*field is immutable/)]);
  });

  test('what is gone is pruned or left, by what its Application and the object say', async () => {
    const all = {
      'app/a.yaml': configMap('pruned'),
      'app/b.yaml': configMap('kept', 'Prune=false,Delete=false'),
      'app/c.yaml': configMap('asks', 'Prune=confirm'),
      'app/d.yaml': configMap('moves'),
      'app/e.yaml': configMap('stays'),
      'manual/a.yaml': configMap('of-manual'),
      'manual/b.yaml': configMap('stays-manual'),
      'owned/a.yaml': configMap('of-owned'),
      'owned/b.yaml': configMap('kept-of-owned', 'Delete=false'),
      'loose/a.yaml': configMap('of-loose'),
      'asking/a.yaml': configMap('of-asking'),
    };
    const before = planned(all, {
      app: application('app'),
      manual: application('manual', ''),
      owned: application('owned', 'prune: true', 'finalizers: [resources-finalizer.argocd.argoproj.io]'),
      loose: application('loose'),
      asking: application('asking', 'prune: true', 'annotations: { argocd.argoproj.io/sync-options: Prune=confirm }'),
    });
    const after = planned(
      { 'app/e.yaml': all['app/e.yaml'], 'manual/b.yaml': all['manual/b.yaml'], 'manual/d.yaml': all['app/d.yaml'] },
      { app: application('app'), manual: application('manual', '') },
    );
    const { gone, refused, astray } = await step(before, after);
    expect({ refused, astray }).toEqual({ refused: [], astray: [] });
    expect(gone.map(({ document, fate }) => `${fate} ${document.object.metadata.name}`).sort()).toEqual([
      'left asking',
      'left asks',
      'left kept',
      'left kept-of-owned',
      'left of-asking',
      'left of-loose',
      'left of-manual',
      'pruned loose',
      'pruned of-owned',
      'pruned owned',
      'pruned pruned',
    ]);
  });
});

function application(name: string, automated = 'prune: true', metadata = ''): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
  ${metadata}
spec:
  project: default
  destination: { server: https://kubernetes.default.svc, namespace: default }
  source: { repoURL: https://git.example.org/fleet.git, path: $CLUSTER/${name} }
  syncPolicy: { ${automated === '' ? '' : `automated: { ${automated} }`} }
`;
}

function deployment(name: string, app: string, image = 'image'): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: default }
spec:
  selector: { matchLabels: { app: ${app} } }
  template:
    metadata: { labels: { app: ${app} } }
    spec: { containers: [{ name: main, image: ${image} }] }
`;
}

function statefulSet(size: string): string {
  return `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: default }
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: main, image: image, volumeMounts: [{ name: data, mountPath: /data }] }] }
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: ${size} } } }
`;
}

function binding(name: string, role: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: ${name}, namespace: default }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role} }
subjects: [{ kind: Group, apiGroup: rbac.authorization.k8s.io, name: people }]
`;
}

function job(name: string, image: string, isHook: boolean): string {
  return `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
  namespace: default
  annotations: ${isHook ? '{ argocd.argoproj.io/hook: Sync, argocd.argoproj.io/hook-delete-policy: BeforeHookCreation }' : '{}'}
spec:
  template:
    spec: { restartPolicy: Never, containers: [{ name: main, image: "${image}" }] }
`;
}

function configMap(name: string, options?: string): string {
  const annotations = options === undefined ? '{}' : `{ argocd.argoproj.io/sync-options: "${options}" }`;
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: default, annotations: ${annotations} }\ndata: { a: b }\n`;
}
