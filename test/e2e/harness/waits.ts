import type { KubeObject } from '../../../synth/object';
import { annotation } from './documents';
import type { Plan, Stage } from './plan';

/** For whose health Argo CD waits before the next stage: its own Application's, everybody's, or nobody's. */
export type Wait = 'application' | 'all' | 'none';

/**
 * Where Argo CD waits: between the waves of an Application for what it applied so far, and between the waves of a root for all
 * Applications before. Applications of one wave are synced side by side, so between those it does not.
 */
export function waitAfter({ stages }: Plan, stage: Stage): Wait {
  const next = stages[stages.indexOf(stage) + 1];
  if (next === undefined) return 'all';
  if (next.application === stage.application) return 'application';
  const [before, after] = [stage, next].map(({ application }) => rootAndWave(stages, application));
  return before === after ? 'none' : 'all';
}

/** The root that an Application comes from, and its wave there. */
function rootAndWave(stages: readonly Stage[], application: string): string {
  const isIt = ({ kind, metadata }: KubeObject) => kind === 'Application' && metadata.name === application;
  for (const { application: root, documents } of stages) {
    const found = documents.find(({ object }) => isIt(object));
    if (found !== undefined) return `${root} ${annotation(found.object, 'argocd.argoproj.io/sync-wave') ?? '0'}`;
  }
  return application;
}
