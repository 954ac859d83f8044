import { resolve } from 'node:path';
import { cli } from '../checks/cli';
import { clusterFacts } from './cluster-facts';

// `npm run check`: the checks over a folder of YAML, with the fleet's facts for the clusters that the fleet knows.
const root = resolve(__dirname, '..');
// npm runs its scripts in the project's folder, and tells where the user stands; to scripts that they start as well, hence the name.
const { npm_lifecycle_event: script, INIT_CWD: userFolder } = process.env;
const from = script === 'check' ? userFolder : undefined;
const { stdout, stderr, exitCode } = cli(process.argv.slice(2), (cluster) => clusterFacts(root, cluster), from);
if (stdout !== '') process.stdout.write(`${stdout}\n`);
if (stderr !== '') process.stderr.write(`${stderr}\n`);
// Not process.exit(): it would cut off what a pipe has not taken yet.
process.exitCode = exitCode;
