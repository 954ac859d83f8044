import { Meter } from './meter';
import { floor } from './subjects/floor';
import { ours } from './subjects/ours';
import { stock, stockFolders, stockL1 } from './subjects/stock';
import type { Subject } from './subjects/subject';
import { workloads } from './subjects/workloads';

const SUBJECTS: Readonly<Record<string, Subject>> = { ours, floor, stock, stockFolders, stockL1, workloads };

const [name = '', services = '0', clusters = '1', folder = ''] = process.argv.slice(2);
const subject = SUBJECTS[name];
if (subject === undefined) throw new Error(`${name} is not measured. Expected one of ${Object.keys(SUBJECTS).join(', ')}.`);
const meter = new Meter();
const report = subject({ services: Number(services), clusters: Number(clusters), folder, meter });
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
process.stdout.write(
  `${JSON.stringify({
    ...report,
    phases: Object.fromEntries(meter.times),
    process: { user: userCPUTime / 1e6, system: systemCPUTime / 1e6, wall: performance.now() / 1e3 },
    peak: maxRSS * 1024,
  })}\n`,
);
