/** A directed graph by ids. */
export interface Links {
  readonly ids: readonly string[];
  readonly links: readonly (readonly [from: string, to: string])[];
}

/** More layers than this are put together: nobody follows arrows through a map that is ten screens wide. */
const MOST_LAYERS = 8;

/**
 * Layer of every id, from 0: callers before those they call, as far as circles allow. All ids of a circle are laid out as if its
 * links back (found depth first, in the order of `ids`) were not there; of long chains, neighbouring layers are one.
 */
export function layersOf({ ids, links }: Links): ReadonlyMap<string, number> {
  const forward = withoutCircles({ ids, links });
  const layers = new Map<string, number>();
  const callers = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const [from, to] of forward) callers.get(to)?.push(from);
  const layerOf = (id: string): number => {
    const known = layers.get(id);
    if (known !== undefined) return known;
    const layer = Math.max(-1, ...(callers.get(id) ?? []).map(layerOf)) + 1;
    layers.set(id, layer);
    return layer;
  };
  for (const id of ids) layerOf(id);
  // A caller stands right before the first that it calls: otherwise all that nobody calls would crowd the first layer.
  const called = new Map<string, string[]>();
  for (const [from, to] of forward) called.set(from, [...(called.get(from) ?? []), to]);
  for (const id of [...ids].sort((a, b) => (layers.get(b) ?? 0) - (layers.get(a) ?? 0))) {
    const next = (called.get(id) ?? []).map((other) => layers.get(other) ?? 0);
    if (next.length > 0 && callers.get(id)?.length === 0) layers.set(id, Math.min(...next) - 1);
  }
  return merged(layers);
}

/** Puts neighbouring layers together, those with the fewest ids first, until they are few enough. */
function merged(layers: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  let groups: (readonly string[])[] = [];
  for (const [id, layer] of layers) groups[layer] = [...(groups[layer] ?? []), id];
  groups = groups.filter((group) => group !== undefined);
  while (groups.length > MOST_LAYERS) {
    const sizes = groups.slice(1).map((group, i) => group.length + (groups[i]?.length ?? 0));
    const least = sizes.indexOf(Math.min(...sizes));
    groups.splice(least, 2, [...(groups[least] ?? []), ...(groups[least + 1] ?? [])]);
  }
  return new Map(groups.flatMap((group, layer) => group.map((id) => [id, layer] as const)));
}

function withoutCircles({ ids, links }: Links): readonly (readonly [string, string])[] {
  const next = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const [from, to] of links) if (from !== to) next.get(from)?.push(to);
  const state = new Map<string, 'open' | 'done'>();
  const kept: [string, string][] = [];
  const visit = (id: string): void => {
    state.set(id, 'open');
    for (const other of next.get(id) ?? []) {
      if (state.get(other) === 'open') continue;
      kept.push([id, other]);
      if (state.get(other) === undefined) visit(other);
    }
    state.set(id, 'done');
  };
  // From those that nobody calls, so that a link back is one that leads back for the reader, too.
  const called = new Set(links.filter(([from, to]) => from !== to).map(([, to]) => to));
  for (const id of [...ids.filter((each) => !called.has(each)), ...ids]) if (state.get(id) === undefined) visit(id);
  return kept;
}
