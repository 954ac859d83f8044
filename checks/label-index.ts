import { type LabelSelector, selects } from './selectors';

/** Labelled things of several namespaces, found without looking at all of them. */
export interface LabelIndex<Item> {
  readonly namespaces: readonly string[];
  inNamespace(namespace: string): readonly Item[];
  select(namespace: string, selector: LabelSelector | undefined): readonly Item[];
  /** As `select`, in all namespaces. */
  selectEverywhere(selector: LabelSelector | undefined): readonly Item[];
}

/** Indexes items by namespace and by every label of theirs. */
export function labelIndex<Item>(
  items: readonly Item[],
  of: (item: Item) => { readonly namespace: string; readonly labels: Readonly<Record<string, string>> },
): LabelIndex<Item> {
  const byNamespace = new Map<string, Item[]>();
  const byLabel = new Map<string, Item[]>();
  for (const item of items) {
    const { namespace, labels } = of(item);
    push(byNamespace, namespace, item);
    for (const [key, value] of Object.entries(labels)) {
      push(byLabel, `${namespace}/${key}=${value}`, item);
      push(byLabel, `/${key}=${value}`, item);
    }
  }
  // Any pair of matchLabels bounds the candidates; the rarest bounds them best.
  const among = (all: readonly Item[], prefix: string, selector: LabelSelector | undefined) => {
    let candidates = all;
    for (const [key, value] of Object.entries(selector?.matchLabels ?? {})) {
      const having = byLabel.get(`${prefix}/${key}=${value}`) ?? [];
      if (having.length < candidates.length) candidates = having;
    }
    return candidates.filter((item) => selects(selector, of(item).labels));
  };
  return {
    namespaces: [...byNamespace.keys()],
    inNamespace: (namespace) => byNamespace.get(namespace) ?? [],
    select: (namespace, selector) => among(byNamespace.get(namespace) ?? [], namespace, selector),
    selectEverywhere: (selector) => among(items, '', selector),
  };
}

function push<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}
