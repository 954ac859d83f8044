import { environments } from '../overlays/environments';
import { cli } from '../report/graph/cli';
import { clusters } from './clusters';
import { factsOf } from './facts';

// `npm run graph`: a map of each cluster, with the fleet's facts for the clusters that the fleet knows.
const known = new Map(
  clusters.map(({ name, props, environment }) => [name, factsOf({ ...props, name, environment: environments[environment] })]),
);
// npm runs its scripts in the project's folder, and tells where the user stands; to scripts that they start as well, hence the name.
const { npm_lifecycle_event: script, INIT_CWD: userFolder } = process.env;
const from = script === 'graph' ? userFolder : undefined;
const { stdout, stderr, exitCode } = cli(process.argv.slice(2), (cluster) => known.get(cluster) ?? {}, from);
if (stdout !== '') process.stdout.write(`${stdout}\n`);
if (stderr !== '') process.stderr.write(`${stderr}\n`);
// Not process.exit(): it would cut off what a pipe has not taken yet.
process.exitCode = exitCode;
