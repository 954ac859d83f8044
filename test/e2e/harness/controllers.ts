import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAMS } from './build';
import type { ControlPlane } from './control-plane';

/** The programs beside the API server, which `KUBEBUILDER_ASSETS` may lack. */
export function missingControllers(binaries: string): readonly string[] {
  return PROGRAMS.filter((program) => !existsSync(join(binaries, program)));
}

/**
 * Starts kube-controller-manager and kube-scheduler next to an API server, and waits until controllers write.
 * @throws an Error with the ends of their logs
 */
export async function startControllers({ client, kubeconfig, processes }: ControlPlane, binaries: string): Promise<void> {
  processes.start(join(binaries, 'kube-controller-manager'), [
    `--kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    // Nobody asks them.
    '--secure-port=0',
    `--service-account-private-key-file=${join(processes.folder, 'service-accounts.key')}`,
    `--root-ca-file=${join(processes.folder, 'apiserver.crt')}`,
    '--kube-api-qps=500',
    '--kube-api-burst=1000',
    // Autoscalers look every 15 s, and not at pods younger than five minutes.
    '--horizontal-pod-autoscaler-sync-period=1s',
    '--horizontal-pod-autoscaler-cpu-initialization-period=0s',
    '--horizontal-pod-autoscaler-initial-readiness-delay=0s',
    '--profiling=false',
  ]);
  const config = join(processes.folder, 'scheduler.json');
  writeFileSync(config, JSON.stringify(schedulerConfig(kubeconfig)));
  processes.start(join(binaries, 'kube-scheduler'), [`--config=${config}`, '--secure-port=0']);
  await processes.until('controllers', async () => {
    const made = ['serviceaccounts/default', 'configmaps/kube-root-ca.crt'].map((path) =>
      client.request('GET', `/api/v1/namespaces/default/${path}`),
    );
    return (await Promise.all(made)).every(({ status }) => status === 200);
  });
}

function schedulerConfig(kubeconfig: string): object {
  return {
    apiVersion: 'kubescheduler.config.k8s.io/v1',
    kind: 'KubeSchedulerConfiguration',
    leaderElection: { leaderElect: false },
    clientConnection: { kubeconfig, qps: 500, burst: 1000 },
    enableProfiling: false,
    // A pod that found no node waits up to ten seconds otherwise.
    podInitialBackoffSeconds: 1,
    podMaxBackoffSeconds: 1,
  };
}
