import type { SourcedObject } from '../../synth/object';
import type { Check } from '../check';
import { applicationOf, applicationsOf } from './applications';

/** Applications and folders of dist belong together. */
export const applicationPath: Check = {
  id: 'application-path',
  title: 'The path of an Argo CD Application is a rendered folder, and every rendered folder has an Application.',
  severity: 'error',
  why: 'Argo CD reports that the path does not exist, or never sees the objects of the folder.',
  mend: 'Let the path be dist/<cluster>/<application>, of an application that is rendered.',
  *run(objects, { cluster }) {
    const firstOf = new Map<string, SourcedObject>();
    for (const subject of objects) {
      const application = applicationOf(subject);
      if (application !== undefined && !firstOf.has(application)) firstOf.set(application, subject);
    }
    const applications = applicationsOf(objects);
    // Without folders there is nothing to compare; without Applications nothing is synced by Argo CD.
    if (firstOf.size === 0 || applications.length === 0) return;

    const sources = applications.flatMap((application) => application.sources.map((source) => ({ application, ...source })));
    const withFolder = sources.flatMap((source) =>
      source.path === undefined ? [] : [{ ...source, path: source.path, folder: lastOf(source.path) }],
    );
    // Paths in the repositories of others are not ours to know.
    const own = new Set(withFolder.filter(({ folder }) => firstOf.has(folder)).map(({ repoURL }) => repoURL));
    const ours = withFolder.filter(({ path, repoURL }) => path.startsWith('dist/') || own.has(repoURL));
    for (const { application, field, path, folder } of ours) {
      const { subject, name } = application;
      const expected = cluster === undefined || !path.startsWith('dist/') ? undefined : `dist/${cluster}/${folder}`;
      if (!firstOf.has(folder)) {
        yield { subject, field: `${field}.path`, message: `the path is ${path}, but nothing is rendered for an application ${folder}` };
      } else if (expected !== undefined && path.replace(/\/$/, '') !== expected) {
        yield { subject, field: `${field}.path`, message: `the path is ${path}, which is not of this cluster; expected ${expected}` };
      } else if (folder !== name) {
        const message = `the path leads to the folder of ${folder}, expected that of ${name}`;
        yield { subject, field: `${field}.path`, severity: 'warning', message, mend: 'Give the Application and its folder one name.' };
      }
    }
    // An ApplicationSet may make the missing ones.
    if (objects.some(({ object }) => object.kind === 'ApplicationSet')) return;
    const reached = new Set(ours.map(({ folder }) => folder));
    for (const [folder, subject] of firstOf) {
      if (!reached.has(folder)) yield { subject, message: `no Argo CD Application has the folder of application ${folder} as its path` };
    }
  },
};

function lastOf(path: string): string {
  return path.replace(/\/$/, '').split('/').at(-1) ?? '';
}
