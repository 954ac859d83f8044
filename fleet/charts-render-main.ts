import { clusters } from './clusters';
import { findHelm } from './helm/program';
import { renderCharts } from './helm/render-charts';
import { clusterUnits } from './render';
import { readData } from './synth';

// `npm run charts:render -- [--accept-helm]`: renders charts of clusters with delivery 'rendered', for synth. See docs/charts.md.
const USAGE = 'npm run charts:render -- [--accept-helm]';

async function main(args: readonly string[]): Promise<0 | 1> {
  const stranger = args.find((arg) => arg !== '--accept-helm');
  if (stranger !== undefined) throw new Error(`${stranger} is not known.\n${USAGE}`);
  const root = process.cwd();
  const rendered = clusters.filter(({ props }) => props.delivery === 'rendered');
  return renderCharts({
    root,
    clusters: rendered.map((definition) => {
      const { cluster, units } = clusterUnits(definition, readData(root, definition));
      return { name: cluster.name, kubernetes: cluster.kubernetes, units: units.map(({ unit }) => unit) };
    }),
    helm: () => findHelm(root, process.env.HELM),
    print: (text) => console.error(text),
    acceptHelm: args.includes('--accept-helm'),
  });
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
