import type { Labels } from '../workload/labels';

/** Labels by which the pods of a component's part are selected; they never change. */
export const componentSelector = (component: string, part: string): Labels => ({
  'app.kubernetes.io/component': part,
  'app.kubernetes.io/instance': component,
  'app.kubernetes.io/name': component,
});

/** Labels of every object of a component's part. The version stands on pods alone, since it changes. */
export const componentLabels = (component: string, part: string): Labels => ({
  ...componentSelector(component, part),
  'app.kubernetes.io/managed-by': 'cdk8s',
  'app.kubernetes.io/part-of': 'platform',
});
