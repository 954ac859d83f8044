import { basename, dirname } from 'node:path';
import { App } from 'cdk8s';
import { customKinds } from '../../imports';
import { collect, NamedChart } from '../../synth/collect';
import { refuse } from '../../synth/error';
import { identityProblems } from '../../synth/identity';
import { layout } from '../../synth/layout';
import { orderObject } from '../../synth/order';
import { scopes } from '../../synth/scope';
import { type RenderedFile, writeDist } from '../../synth/writer';
import { toYaml } from '../../synth/yaml';
import type { Meter } from '../meter';
import { addObjectsL1 } from '../objects-l1';
import { NAMESPACE, type ServiceSpec, specs } from '../specs';
import type { SubjectReport, SubjectRun } from './subject';

const scopeOf = scopes(customKinds);

/** This project's pipeline: the same functions in the same order as fleet/. Each cluster is let go once it is text. */
export function ours({ services, clusters, folder, meter }: SubjectRun): SubjectReport {
  const all = specs(services);
  const size = Math.ceil(services / clusters);
  const files: RenderedFile[] = [];
  const retained: number[] = [];
  for (let cluster = 0; cluster < clusters; cluster += 1) {
    files.push(...renderCluster(`cluster-${cluster}`, all.slice(cluster * size, (cluster + 1) * size), meter));
    if (globalThis.gc !== undefined) retained.push(heap(globalThis.gc));
  }
  const characters = files.reduce((sum, { text }) => sum + text.length, 0);
  const { added, changed } = meter.phase('write', () => writeDist(dirname(folder), files, basename(folder)));
  const [first = 0] = retained;
  return {
    files: files.length,
    characters,
    extra: { written: added.length + changed.length, retained: (retained.at(-1) ?? 0) - first },
  };
}

function renderCluster(name: string, part: readonly ServiceSpec[], meter: Meter): readonly RenderedFile[] {
  const charts = meter.phase('build', () => {
    const app = new App();
    return part.map((spec) => {
      const chart = new NamedChart(app, spec.name);
      addObjectsL1(chart, spec);
      return chart;
    });
  });
  return meter.phase('render', () => {
    const objects = charts.flatMap((chart) => collect(chart, chart.node.id));
    refuse(identityProblems(objects, scopeOf));
    return layout(objects, () => NAMESPACE).map(({ path, object }) => ({ path: `${name}/${path}`, text: toYaml(orderObject(object)) }));
  });
}

/** Bytes that are in use once everything that can go is gone. */
function heap(collectGarbage: () => void): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
