import { setTimeout as pause } from 'node:timers/promises';
import type { Unit } from '../../charts/gitops';
import { customKinds } from '../../imports';
import { describe } from '../../synth/object';
import { templatesCalling } from './archive';
import { renderedCharts, writeEntry } from './cache';
import { apiVersionsOf, type ChartRender, chartRenderOf, renderKey, type TemplatedObject } from './chart-render';
import { driftOf } from './drift';
import { hookOf } from './hooks';
import { CHART_LOCK, type ChartLock } from './lock';
import { objectsOf } from './output';
import { type Helm, helmTemplate } from './program';
import { chartText } from './reference';
import { type RenderingCluster, renderedObjects, unstatedKinds } from './rendered-unit';
import { archiveFile, readArchive, readChartLock, writeChartLock } from './store';

/** A cluster whose charts are rendered here, with all its units. */
export interface ChartCluster extends RenderingCluster {
  readonly units: readonly Unit[];
}

export interface RenderChartsOptions {
  /** The project's folder. Absolute. */
  readonly root: string;
  readonly clusters: readonly ChartCluster[];
  /** Called only when there is something to render for. */
  readonly helm: () => Helm;
  /** Receives what people should read. */
  readonly print: (text: string) => void;
  /** Locks the version of helm that is used, whatever was locked before. @default false */
  readonly acceptHelm?: boolean;
  /**
   * Milliseconds between the two renders, so that a chart that shows the time is noticed: of all, and of those whose templates call `now`.
   * @default { all: 1100, clock: 61000 }
   */
  readonly pauses?: { readonly all: number; readonly clock: number };
}

/** A render that the cache lacks. */
interface Missing {
  readonly cluster: string;
  readonly unit: Unit;
  readonly render: ChartRender;
  readonly key: string;
  readonly file: string;
  readonly archive: Uint8Array;
}

/**
 * Renders every chart of the clusters that the cache lacks, twice, and keeps those that came out the same.
 * @returns the exit code: 0, or 1 when anything was wrong; what came out right is kept all the same
 */
export async function renderCharts({
  root,
  clusters,
  helm,
  print,
  acceptHelm = false,
  pauses = { all: 1100, clock: 61_000 },
}: RenderChartsOptions): Promise<0 | 1> {
  if (clusters.length === 0) {
    print("No cluster has delivery 'rendered': nothing to do.");
    return 0;
  }
  const lock = readChartLock(root);
  const problems: string[] = [];
  const fail = (place: string, error: unknown) => problems.push(`${place}: ${error instanceof Error ? error.message : String(error)}`);
  const program = helm();
  refuseOtherHelm(lock, program, acceptHelm);
  const { missing, present } = look(root, clusters, lock, program, fail);
  const first = missing.flatMap((each) => {
    try {
      const output = helmTemplate(program, each.render, each.file);
      return [{ ...each, output, objects: objectsOf(output) }];
    } catch (error) {
      fail(placeOf(each), error);
      return [];
    }
  });
  const clocked = first.filter(readsClock);
  if (clocked.length > 0 && pauses.clock > 1000) {
    print(`A minute's pause, since what is rendered may show the time: ${clocked.map(({ render }) => render.chart.name).join(', ')} …`);
  }
  const pauseMs = clocked.length > 0 ? pauses.clock : pauses.all;
  // Counted from the end of the last render: on a busy machine a chart may look at the clock late.
  if (first.length > 0) await pause(pauseMs);
  let kept = 0;
  for (const { output, objects, ...each } of first) {
    try {
      const again = helmTemplate(program, each.render, each.file);
      if (again !== output) refuseDrift(objects, objectsOf(again));
      writeEntry(root, each.key, { objects });
      kept += 1;
      for (const note of notesOn(each, objects)) print(`Note: ${placeOf(each)}: ${note}`);
    } catch (error) {
      fail(placeOf(each), error);
    }
  }
  if (problems.length === 0) writeChartLock(root, { ...lock, helm: program.version });
  else print(`${problems.join('\n\n')}\n`);
  print(
    `Charts by helm ${program.version}: ${kept} rendered, ${present} already there${problems.length === 0 ? '' : `, ${problems.length} failed`}.`,
  );
  return problems.length === 0 ? 0 : 1;
}

function refuseOtherHelm({ helm }: ChartLock, { version }: Helm, accept: boolean): void {
  if (helm === undefined || helm === version || accept) return;
  throw new Error(
    `helm is ${version}, but ${CHART_LOCK} has ${helm}, since another version may render something else. Install ${helm} (or name its file in HELM), ` +
      'or change the lock: npm run charts:render -- --accept-helm',
  );
}

/** What the cache lacks, each render once; what cannot be rendered is told. */
function look(
  root: string,
  clusters: readonly ChartCluster[],
  lock: ChartLock,
  helm: Helm,
  fail: (place: string, error: unknown) => void,
): { readonly missing: readonly Missing[]; readonly present: number } {
  const { entry } = renderedCharts(root);
  const missing = new Map<string, Missing>();
  let present = 0;
  for (const { name: cluster, kubernetes, units } of clusters) {
    const apiVersions = apiVersionsOf(units, customKinds);
    for (const unit of units) {
      const render = chartRenderOf(unit, kubernetes, apiVersions);
      if (render === undefined) continue;
      const place = placeOf({ cluster, unit, render });
      const digest = lock.digests.get(chartText(render.chart));
      const archive = digest === undefined ? undefined : readArchive(root, digest);
      if (digest === undefined)
        fail(place, `${CHART_LOCK} has no such chart. Name it in charts/catalogue/components/, and run: npm run charts:pull`);
      else if (archive === undefined) fail(place, 'its archive is not in the store. Run: npm run charts:pull');
      else {
        const key = renderKey(render, digest, helm.version);
        if (entry(key) !== undefined) present += 1;
        else missing.set(key, { cluster, unit, render, key, file: archiveFile(root, digest), archive });
      }
    }
  }
  return { missing: [...missing.values()], present };
}

function refuseDrift(first: readonly TemplatedObject[], second: readonly TemplatedObject[]): void {
  const drift = driftOf(first, second);
  if (drift.length === 0) return;
  throw new Error(
    `two renders of it differ, so every synth would change what runs:\n${drift.map((line) => `  ${line}`).join('\n')}\n` +
      "  Set values that turn this off (a Secret or certificate that others make), or let Argo CD render the chart: delivery 'argocd'.",
  );
}

/** Whether a template that gave an object, or may have helped one, reads the clock. */
function readsClock({ archive, objects }: { readonly archive: Uint8Array; readonly objects: readonly TemplatedObject[] }): boolean {
  const used = new Set(objects.map(({ template }) => template));
  return templatesCalling(archive, 'now').some((template) => used.has(template) || /\/_[^/]*$/.test(template));
}

/** What people should know of a chart that rendered. */
function notesOn({ unit, archive }: Missing, objects: readonly TemplatedObject[]): readonly string[] {
  const hooks = objects.flatMap(({ object }) => {
    const hook = hookOf(object);
    if (hook === undefined) return [];
    return [`${describe(object)} is a hook (${hook.events.join(', ')}): ${hook.kept ? 'Argo CD runs it as its own' : 'left out'}`];
  });
  const calls = (called: 'lookup' | 'now', what: string) => {
    const templates = templatesCalling(archive, called);
    return templates.length === 0 ? [] : [`${what} in ${templates.join(', ')}`];
  };
  const kinds = unstatedKinds(unit, renderedObjects(unit, { objects }, customKinds));
  return [
    ...hooks,
    ...calls('lookup', 'asks the cluster (lookup) and is rendered as if nothing was there,'),
    ...calls('now', 'reads the clock (now), so that it may change with the day,'),
    ...(kinds.length === 0 ? [] : [`brings kinds that its unit does not state, so that delivery 'argocd' would stop: ${kinds.join(', ')}`]),
  ];
}

function placeOf({ cluster, unit, render }: Pick<Missing, 'cluster' | 'unit' | 'render'>): string {
  return `${cluster}: ${unit.name} (${chartText(render.chart)})`;
}
