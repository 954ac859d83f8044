import { type LockEntry, lockEntry, parseEntry } from '../../../synth/names-entry';
import type { MovedRecord } from '../../../synth/names-file';
import { describe } from '../../../synth/object';
import { type Applied, applier } from './apply';
import type { Client } from './client';
import { GIVEN } from './crds';
import { annotation, type Document } from './documents';
import { type Gone, goneBetween } from './gone';
import type { Plan } from './plan';
import { sync } from './sync';

/** What an API server said to the next dist, on top of the one before. */
export interface Upgrade {
  /** What it refused, and the name lock had announced: it takes the object as soon as the old one is deleted. */
  readonly announced: readonly string[];
  /** What it refused without a word before, or still refuses when the old object is deleted. */
  readonly refused: readonly string[];
  /** What the next dist has no more. */
  readonly gone: readonly Gone[];
  /** What is still there although it was pruned, or is not although it was to be left. */
  readonly astray: readonly string[];
}

/** What goes from one dist to the next. */
export interface Step {
  /** What stands: it is synced already. */
  readonly before: Plan;
  readonly after: Plan;
  /** `moved` of the name lock that belongs to `after`. */
  readonly moved: readonly MovedRecord[];
  /** Folder of custom resource definitions for the server's line. */
  readonly crds: string;
}

/** Applies the next dist as Argo CD would, where the one before stands: hooks anew, then what there is, then what is gone. */
export async function upgrade(client: Client, { before, after, moved, crds }: Step): Promise<Upgrade> {
  const to = applier(client);
  const old = before.stages.flatMap((stage) => stage.documents.map((document) => ({ document, namespace: stage.namespace })));
  const pathOf = async (document: Document, namespace: string) => {
    const at = await to.address(document.object, namespace);
    return typeof at === 'string' ? undefined : at.path;
  };
  const remove = async (document: Document, namespace: string) => {
    const path = await pathOf(document, namespace);
    if (path !== undefined) await client.request('DELETE', `${path}?propagationPolicy=Background`);
  };

  const hooks = after.stages.flatMap((stage) =>
    stage.documents.filter(isMadeAnew).map((document) => ({ document, namespace: stage.namespace })),
  );
  for (const { document, namespace } of hooks) await remove(document, namespace);

  const defined = new Set([...GIVEN, ...before.stages.flatMap((stage) => stage.crds)]);
  const { applied } = await sync(client, after, { crds, defined });
  const announced: string[] = [];
  const refused: string[] = [];
  for (const each of applied.filter(({ refusal }) => refusal !== undefined)) {
    const text = refusalText(each);
    const stood = old.find(({ document }) => describe(document.object) === describe(each.document.object));
    if (stood === undefined || !isAnnounced(stood.document, each.document, moved)) {
      refused.push(text);
      continue;
    }
    await remove(stood.document, stood.namespace);
    const again = await to.apply(each.document, each.application, stood.namespace);
    if (again.refusal === undefined) announced.push(text);
    else refused.push(`${refusalText(again)} (although the old one is deleted)`);
  }

  const gone = goneBetween(before, after);
  const astray: string[] = [];
  for (const { document, fate } of gone) {
    const namespace = old.find((each) => each.document === document)?.namespace ?? 'default';
    if (fate === 'pruned') await remove(document, namespace);
    const path = await pathOf(document, namespace);
    const { status, body } = path === undefined ? { status: 404, body: undefined } : await client.request('GET', path);
    // A finalizer may hold it until a controller that does not run here has done its part.
    const isThere = status === 200 && body.metadata.deletionTimestamp === undefined;
    if (isThere !== (fate === 'left')) astray.push(`${describe(document.object)} is to be ${fate}, but the server answers ${status}`);
  }
  return { announced, refused, gone, astray };
}

/** Whether records lead from an object as it was to the same object as it is: names are the same, and what is fixed is not. */
export function isAnnounced(before: Document, after: Document, moved: readonly MovedRecord[]): boolean {
  const goal = lockEntry(after.object);
  let entry = lockEntry(before.object);
  // No chain of records is longer than there are records.
  for (let steps = 0; goal !== undefined && entry !== undefined && steps < moved.length; steps += 1) {
    const at: LockEntry = entry;
    const record = moved.find(({ from }) => isSame(parseEntry(from), at));
    entry = record === undefined ? undefined : parseEntry(record.to);
    if (isSame(entry, goal)) return true;
  }
  return false;
}

/** An entry of a record may leave out what is fixed. */
function isSame(record: LockEntry | undefined, entry: LockEntry): boolean {
  return record?.object === entry.object && (record.fixed === '' || record.fixed === entry.fixed);
}

/** Argo CD deletes such a hook before it makes it again; that is also what it does with one that names no policy. */
function isMadeAnew({ object }: Document): boolean {
  const policy = annotation(object, 'argocd.argoproj.io/hook-delete-policy') ?? 'BeforeHookCreation';
  return annotation(object, 'argocd.argoproj.io/hook') !== undefined && policy.includes('BeforeHookCreation');
}

function refusalText({ document, status, refusal }: Applied): string {
  return `${document.source}: ${status} ${refusal}`;
}
