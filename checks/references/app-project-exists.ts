import { textAt } from '../at';
import type { Check } from '../check';
import { lookup, namespaceOf } from '../lookup';

const GROUP = 'argoproj.io';

/** Projects that Applications belong to are there. */
export const appProjectExists: Check = {
  id: 'app-project-exists',
  title: 'Every AppProject that an Argo CD Application belongs to exists.',
  severity: 'error',
  why: 'Argo CD refuses to sync the Application (InvalidSpecError).',
  mend: 'Correct spec.project, render the AppProject, or list it among the facts as existing.',
  *run(objects, facts) {
    const all = lookup(objects, facts);
    const applications = [
      ...all.all(GROUP, 'Application').map((subject) => ({ subject, path: ['spec', 'project'] })),
      ...all.all(GROUP, 'ApplicationSet').map((subject) => ({ subject, path: ['spec', 'template', 'spec', 'project'] })),
    ];
    // Applications may live outside Argo CD's namespace; the projects never do.
    const projects = new Set(all.all(GROUP, 'AppProject').map(({ object }) => object.metadata.name));
    for (const { subject, path } of applications) {
      const name = textAt(subject.object, ...path);
      // Argo CD makes the project `default` itself; an ApplicationSet may compute the name.
      if (name === undefined || name === 'default' || name.includes('{{') || projects.has(name)) continue;
      if (all.existsOutside('AppProject', name, namespaceOf(subject.object)) || all.existsOutside('AppProject', name, 'argocd')) continue;
      yield { subject, field: path.join('.'), message: `belongs to AppProject ${name}, which does not exist` };
    }
  },
};
