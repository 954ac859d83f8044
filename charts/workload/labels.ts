import type { ResolvedWorkload } from './resolve';

/** String labels by key. */
export type Labels = Readonly<Record<string, string>>;

/** The labels by which a workload without given ones is selected. */
export const standardSelector = (name: string, platform: string): Labels => ({
  'app.kubernetes.io/instance': platform,
  'app.kubernetes.io/name': name,
});

/** The recommended labels of Kubernetes. */
export const standardLabels = (name: string, component: string, platform: string): Labels => ({
  ...standardSelector(name, platform),
  'app.kubernetes.io/component': component,
  'app.kubernetes.io/managed-by': 'cdk8s',
  'app.kubernetes.io/part-of': platform,
});

/**
 * Labels by which Services, Deployments and policies select a workload's pods. They never change: where a document gives
 * a selector that one is used (`selector`), else name and instance.
 */
export function selectorOf(workload: ResolvedWorkload, platform: string): Labels {
  return workload.props.selector ?? standardSelector(workload.name, platform);
}

/** Labels of every object of a workload: the recommended ones, and those it is selected by. */
export function labelsOf(workload: ResolvedWorkload, platform: string): Labels {
  return {
    ...standardLabels(workload.name, workload.kind === 'cronJob' ? 'batch' : workload.kind, platform),
    ...selectorOf(workload, platform),
  };
}
