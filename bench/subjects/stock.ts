import fs from 'node:fs';
import { App, Chart, YamlOutputType } from 'cdk8s';
import type { Meter } from '../meter';
import { addObjectsL1 } from '../objects-l1';
import { addObjectsL2 } from '../objects-l2';
import { specs } from '../specs';
import type { Subject, SubjectReport, SubjectRun } from './subject';

/** cdk8s as it comes, with the classes of cdk8s-plus and its default output: a file per chart. */
export const stock: Subject = (run) => synth(run, YamlOutputType.FILE_PER_CHART, addObjectsL2);

/** The same with a folder per chart and a file per object. */
export const stockFolders: Subject = (run) => synth(run, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, addObjectsL2);

/** cdk8s's own synthesis of exactly the objects that this project's pipeline gets: only what follows the constructs differs. */
export const stockL1: Subject = (run) => synth(run, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, addObjectsL1);

function synth({ services, folder, meter }: SubjectRun, yamlOutputType: YamlOutputType, add: typeof addObjectsL1): SubjectReport {
  const app = meter.phase('build', () => {
    const app = new App({ outdir: folder, yamlOutputType });
    for (const spec of specs(services)) add(new Chart(app, spec.name), spec);
    return app;
  });
  const written = meterWrites(meter);
  meter.phase('render', () => app.synth());
  return written;
}

/** cdk8s writes as it renders: its calls of the file system are measured one by one. */
function meterWrites(meter: Meter): SubjectReport {
  const report = { files: 0, characters: 0 };
  const { writeFileSync, mkdirSync } = fs;
  fs.writeFileSync = (file, data, options) => {
    report.files += 1;
    report.characters += String(data).length;
    meter.phase('write', () => writeFileSync(file, data, options));
  };
  fs.mkdirSync = ((path: string, options: fs.MakeDirectoryOptions) =>
    meter.phase('write', () => mkdirSync(path, options))) as typeof fs.mkdirSync;
  return report;
}
