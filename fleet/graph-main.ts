import type { ClusterFacts } from '../checks/facts';
import { environments } from '../overlays/environments';
import { cli } from '../report/graph/cli';
import { clusters } from './clusters';
import { factsOf } from './facts';
import { renderCluster } from './render';
import { readData } from './synth';

// `npm run graph`: a map of each cluster, with the fleet's facts for the clusters that the fleet knows.
const root = process.cwd();

/** Names of addresses and of pods that are not rendered come with the declared edges, so from the sources. */
function known(cluster: string): Partial<ClusterFacts> {
  const definition = clusters.find(({ name }) => name === cluster);
  if (definition === undefined) return {};
  try {
    return renderCluster(definition, readData(root, definition)).facts;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `Warning: ${cluster}: its map lacks the names of addresses and other pods, since the sources do not render: ${reason}\n`,
    );
    return factsOf({ ...definition.props, name: cluster, environment: environments[definition.environment] });
  }
}

// npm runs its scripts in the project's folder, and tells where the user stands; to scripts that they start as well, hence the name.
const { npm_lifecycle_event: script, INIT_CWD: userFolder } = process.env;
const { stdout, stderr, exitCode } = cli(process.argv.slice(2), known, script === 'graph' ? userFolder : undefined);
if (stdout !== '') process.stdout.write(`${stdout}\n`);
if (stderr !== '') process.stderr.write(`${stderr}\n`);
// Not process.exit(): it would cut off what a pipe has not taken yet.
process.exitCode = exitCode;
