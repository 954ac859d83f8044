import type { LoadedContract } from '../charts/aws/contract';
import type { LoadedReleases } from '../charts/aws/releases';
import type { Cluster } from '../charts/cluster';
import { checkEnvironment } from '../charts/environment';
import { type ResolvedWorkload, resolvePlatform } from '../charts/workload/resolve';
import type { ClusterFacts } from '../checks/facts';
import { customKinds } from '../imports';
import { environments } from '../overlays/environments';
import { refuse } from '../synth/error';
import { identityProblems } from '../synth/identity';
import { layout } from '../synth/layout';
import type { SourcedObject } from '../synth/object';
import { orderObject } from '../synth/order';
import { scopes } from '../synth/scope';
import type { RenderedFile } from '../synth/writer';
import { toYaml } from '../synth/yaml';
import type { ClusterDefinition } from './definition';
import { factsOf, networkFacts } from './facts';
import { gitopsObjects } from './gitops';
import { kindsDefinedBy, type RenderedCharts, withRenderedCharts } from './helm/rendered-unit';
import { type ClusterUnits, unitsOf } from './units';

/** Data of a cluster that is read from files. */
export interface ClusterData {
  readonly aws: LoadedContract;
  readonly releases: LoadedReleases;
  /** Charts that `npm run charts:render` has rendered. @default - none, as for clusters whose charts Argo CD renders */
  readonly charts?: RenderedCharts;
}

/** A cluster as it will stand in dist. */
export interface RenderedCluster {
  readonly name: string;
  /** Paths below dist. */
  readonly files: readonly RenderedFile[];
  readonly objects: readonly SourcedObject[];
  readonly facts: ClusterFacts;
  /** Given names of the images that run. */
  readonly images: readonly string[];
  /** Names of the Secrets whose version is pinned by their workload. */
  readonly pinnedSecrets: readonly string[];
  /** What people should know of the components that run, although they render. */
  readonly notices: readonly string[];
}

/**
 * A cluster and everything that runs in it, before its charts are rendered. Pure.
 * @throws with construct paths, when something contradicts itself
 */
export function clusterUnits(definition: ClusterDefinition, data: ClusterData): ClusterUnits & { readonly cluster: Cluster } {
  const environment = environments[definition.environment];
  checkEnvironment(environment);
  if (!/^1\.\d+$/.test(definition.props.kubernetes)) {
    throw new Error(`overlays/${definition.name}/cluster.ts: kubernetes is '${definition.props.kubernetes}'; expected a minor, as '1.28'.`);
  }
  const { aws, releases } = data;
  const { name, platform } = definition;
  const cluster: Cluster = { ...definition.props, aws, releases, name, platform: platform.name, environment };
  checkProps(definition, data);
  return { cluster, ...unitsOf(cluster, resolvePlatform(platform, definition.environment, definition.overlays)) };
}

/**
 * Renders a cluster. Pure: the same definition and data give the same bytes.
 * @throws with construct paths, when something contradicts itself
 */
export function renderCluster(definition: ClusterDefinition, data: ClusterData): RenderedCluster {
  const { cluster, units: given, workloads: rendered, graph, notices } = clusterUnits(definition, data);
  const { charts = { lock: { digests: new Map() }, entry: () => undefined } } = data;
  const units = cluster.delivery === 'rendered' ? withRenderedCharts(cluster, given, charts, customKinds) : given;
  const { roots, bootstrap } = gitopsObjects(
    cluster,
    units.map(({ unit }) => unit),
  );
  const inFolders = [...units.flatMap(({ objects }) => objects), ...roots];
  const objects = [...inFolders, ...bootstrap];
  const defined = kindsDefinedBy(objects.map(({ object }) => object));
  refuse(identityProblems(objects, scopes([...customKinds, ...defined])));
  const namespaces = new Map(units.map(({ unit }) => [unit.name, unit.namespace]));
  const files = layout(inFolders, (application) => namespaces.get(application) ?? 'argocd').map(({ path, object }) => ({
    path: `${definition.name}/${path}`,
    text: toYaml(orderObject(object)),
  }));
  const documents = {
    path: `${definition.name}/bootstrap.yaml`,
    text: bootstrap.map(({ object }) => toYaml(orderObject(object))).join('---\n'),
  };
  return {
    name: definition.name,
    files: [...files, documents],
    objects,
    facts: { ...factsOf(cluster), ...networkFacts(graph) },
    images: rendered.flatMap(imagesOf),
    pinnedSecrets: rendered.flatMap(pinnedSecretsOf),
    notices,
  };
}

function imagesOf({ props, ...workload }: ResolvedWorkload): readonly string[] {
  const extra = [...Object.values(props.init ?? {}), ...Object.values(props.sidecars ?? {})];
  const migration = workload.kind === 'cronJob' || !('migration' in props) ? undefined : props.migration?.image;
  return [props.image, migration, ...extra.map(({ image }) => image)].filter((image) => image !== undefined);
}

function pinnedSecretsOf({ name, props }: ResolvedWorkload): readonly string[] {
  return Object.entries(props.secrets ?? {}).flatMap(([short, { onChange }]) => (onChange === 'restart' ? [`${name}-${short}`] : []));
}

/** What cluster.ts says must hold together, and agree with the contract. */
function checkProps({ name, region, props }: ClusterDefinition, { aws }: ClusterData): void {
  if (region !== undefined && aws.data.region !== region) {
    throw new Error(
      `${aws.file}: region is ${aws.data.region}, but fleet/clusters.ts says ${region} of ${name}. Take the contract of that region's cluster.`,
    );
  }
  if (props.meshCni === true && !props.mesh) {
    throw new Error(`overlays/${name}/cluster.ts: meshCni is on, but the cluster has no mesh. Set \`mesh: true\`, or leave meshCni out.`);
  }
  for (const group of props.nodeGroups) {
    const { min, max } = group.size;
    if (!Number.isInteger(min) || !Number.isInteger(max) || min < 0 || max < 1 || min > max) {
      throw new Error(
        `overlays/${name}/cluster.ts: node group "${group.name}" has size ${min} to ${max}; expected whole numbers, min from 0 up to max.`,
      );
    }
    const stranger = group.zones.find((zone) => !aws.data.zones.includes(zone));
    if (stranger !== undefined) {
      throw new Error(
        `overlays/${name}/cluster.ts: node group "${group.name}" has zone ${stranger}, but ${aws.file} has the zones ${aws.data.zones.join(', ')}. Correct one of them.`,
      );
    }
  }
}
