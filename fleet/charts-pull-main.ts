import { catalogue } from '../charts/catalogue';
import { pullCharts } from './helm/pull';
import { chartsOf } from './helm/reference';

// `npm run charts:pull -- [--accept-changed] [chart …]`: archives of the catalogue's charts, as the lock pins them. See docs/charts.md.
const USAGE = 'npm run charts:pull -- [--accept-changed] [name of a chart …]';

async function main(args: readonly string[]): Promise<0 | 1> {
  const acceptChanged = args.includes('--accept-changed');
  const names = args.filter((arg) => arg !== '--accept-changed');
  const all = chartsOf(Object.values(catalogue));
  const stranger = names.find((name) => !all.some((chart) => chart.name === name));
  if (stranger !== undefined) {
    throw new Error(
      `${stranger}: the catalogue has no chart of this name; it has ${[...new Set(all.map(({ name }) => name))].join(', ')}.\n${USAGE}`,
    );
  }
  if (acceptChanged && names.length === 0)
    throw new Error(`--accept-changed needs the names of the charts whose change is meant.\n${USAGE}`);
  const charts = names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
  return pullCharts({ root: process.cwd(), charts, print: (text) => console.error(text), acceptChanged });
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
