import { mkdirSync, writeFileSync } from 'node:fs';
import { App } from 'cdk8s';
import { collect, NamedChart } from '../../synth/collect';
import { layout } from '../../synth/layout';
import { addObjectsL1 } from '../objects-l1';
import { NAMESPACE, specs } from '../specs';
import type { SubjectReport, SubjectRun } from './subject';

/** The least that could be done: the same objects, ready made, through JSON.stringify into the same files. */
export function floor({ services, folder, meter }: SubjectRun): SubjectReport {
  // Not measured. A chart at a time, so that nothing but plain objects is left.
  const objects = specs(services).flatMap((spec) => {
    const chart = new NamedChart(new App(), spec.name);
    addObjectsL1(chart, spec);
    return collect(chart, spec.name);
  });
  const laidOut = layout(objects, () => NAMESPACE);
  const files = meter.phase('render', () => laidOut.map(({ path, object }) => ({ path, text: JSON.stringify(object) })));
  meter.phase('write', () => {
    mkdirSync(folder, { recursive: true });
    for (const directory of new Set(files.map(({ path }) => path.slice(0, path.lastIndexOf('/'))))) mkdirSync(`${folder}/${directory}`);
    for (const { path, text } of files) writeFileSync(`${folder}/${path}`, text);
  });
  return { files: files.length, characters: files.reduce((sum, { text }) => sum + text.length, 0) };
}
