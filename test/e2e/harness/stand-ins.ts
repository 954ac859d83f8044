import type { KubeObject } from '../../../synth/object';
import { trustManager } from './bundles';
import { certManager } from './certificates';
import type { Client } from './client';
import { prometheusOperator } from './prometheus-operator';
import { makeSecrets } from './secrets';

/** Plays the controllers that make objects of others. */
export interface StandIns {
  /** Makes what can be made by now. @param stored objects that are new on the server */
  see(stored: readonly KubeObject[]): Promise<void>;
  /** Objects of which nothing could be made so far, one sentence each. */
  waiting(): readonly string[];
}

/** External Secrets, cert-manager, trust-manager and the Prometheus operator, in this order: each may need what the one before made. */
export function standIns(client: Client): StandIns {
  const certificates = certManager(client);
  const bundles = trustManager(client);
  const instances = prometheusOperator(client);
  return {
    async see(stored) {
      await makeSecrets(client, stored);
      await certificates.see(stored);
      await bundles.see(stored);
      await instances.see(stored);
    },
    waiting: () => [...certificates.waiting(), ...bundles.waiting(), ...instances.waiting()],
  };
}
