import { App } from 'cdk8s';
import type { Construct } from 'constructs';
import type { PodParty } from '../../charts/network';
import { collect, NamedChart } from '../../synth/collect';
import { type Objects, objects } from '../workload/support';

/** Pods called `name` in the namespace `shop`, in the mesh, with the port `http`. */
export const party = (name: string, more: Partial<PodParty> = {}): PodParty => ({
  name,
  namespace: 'shop',
  selector: { app: name },
  serviceAccount: name,
  meshed: true,
  ports: { http: { number: 8080 } },
  ...more,
});

/** What a function adds to a chart. */
export function rendered(add: (scope: Construct) => void): Objects {
  const chart = new NamedChart(new App(), 'network');
  add(chart);
  return objects(collect(chart));
}
