import type { Check } from '../check';
import { minorOf } from '../kubernetes-minor';
import { meshOf } from '../mesh';
import { podIndex } from '../pod-index';

/** The first minor whose kubelet ends sidecars when the containers of a Job are done. */
const NATIVE_SIDECARS = 29;

/** Pods of Jobs get a proxy only where it ends with them. */
export const meshedJobs: Check = {
  id: 'meshed-jobs',
  title: 'Below Kubernetes 1.29 pods of Jobs are not meshed.',
  severity: 'error',
  needs: ['kubernetes'],
  why: "Linkerd's proxy is an ordinary container there and never ends: the Job hangs, and a migration holds up its rollout.",
  mend: 'Set the annotation linkerd.io/inject: disabled on the pod template of the Job.',
  *run(objects, { kubernetes }) {
    const minor = minorOf(kubernetes);
    if (minor === undefined || minor >= NATIVE_SIDECARS) return;
    const meshed = meshOf(objects);
    for (const template of podIndex(objects).templates) {
      const { kind } = template.subject.object;
      if ((kind !== 'Job' && kind !== 'CronJob') || !meshed(template)) continue;
      const from = template.annotations['linkerd.io/inject'] === undefined ? 'its Namespace' : 'its pod template';
      const field = `${template.field}.metadata.annotations['linkerd.io/inject']`;
      yield { subject: template.subject, field, message: `${from} enables injection, and the cluster runs Kubernetes ${kubernetes}` };
    }
  },
};
