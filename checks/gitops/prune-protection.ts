import { groupOf } from '../../synth/object';
import { mapAt, shown } from '../at';
import type { Check } from '../check';
import { applicationOf, isApplication } from './applications';

const OPTIONS = 'argocd.argoproj.io/sync-options';
const NEEDED = ['Prune=false', 'Delete=false'];
const KEPT = new Set(['/Namespace', '/PersistentVolumeClaim', 'apiextensions.k8s.io/CustomResourceDefinition']);

/** What holds data is not deleted by a sync. */
export const pruneProtection: Check = {
  id: 'prune-protection',
  title: 'Claims, custom resource definitions and namespaces that Argo CD manages can be neither pruned nor deleted by it.',
  severity: 'error',
  why: 'Removing the file, or the Application, deletes the data: with a definition all its objects go, with a namespace everything in it.',
  mend: 'Add the annotation argocd.argoproj.io/sync-options: Prune=false,Delete=false.',
  *run(objects) {
    if (!objects.some(isApplication)) return;
    const known = objects.some((subject) => applicationOf(subject) !== undefined);
    for (const subject of objects) {
      const { object } = subject;
      if (!KEPT.has(`${groupOf(object)}/${object.kind}`)) continue;
      // Where folders are known, what is in none of them is not Argo CD's: the bootstrap file.
      if (known && applicationOf(subject) === undefined) continue;
      const annotations = mapAt(object, 'metadata', 'annotations');
      if (annotations['helm.sh/resource-policy'] === 'keep') continue;
      const options = String(annotations[OPTIONS] ?? '')
        .split(',')
        .map((option) => option.trim());
      const missing = NEEDED.filter((option) => !options.includes(option));
      if (missing.length === 0) continue;
      const message = `sync-options is ${shown(annotations[OPTIONS])}, which lacks ${missing.join(' and ')}`;
      yield { subject, field: `metadata.annotations['${OPTIONS}']`, message };
    }
  },
};
