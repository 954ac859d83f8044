import { type Exposes, storedLabels } from '../../charts/metrics';

/** What an expression may read: labels by the name of the series. */
export type Known = ReadonlyMap<string, ReadonlySet<string>>;

/** Series of what components expose; histograms and summaries are several. */
export function knownSeries(exposed: readonly Exposes[]): Map<string, ReadonlySet<string>> {
  const known = new Map<string, ReadonlySet<string>>();
  for (const target of exposed) {
    for (const [name, metric] of Object.entries(target.metrics)) {
      const labels = storedLabels(target, metric);
      const plain = new Set(labels);
      if (metric.type === 'counter' || metric.type === 'gauge') known.set(name, plain);
      else for (const part of ['_count', '_sum']) known.set(`${name}${part}`, plain);
      if (metric.type === 'histogram') known.set(`${name}_bucket`, new Set([...labels, 'le']));
      if (metric.type === 'summary') known.set(name, new Set([...labels, 'quantile']));
    }
  }
  return known;
}

/** A tool that says what is wrong with an expression, empty when nothing is. */
export type Reader = (expr: string, known: Known) => readonly string[];

/** The reader, over the parser that Prometheus' own web page uses. It is an ES module, hence the wait. */
export async function reader(): Promise<Reader> {
  const { parser } = await import('@prometheus-io/lezer-promql');
  return (expr, known) => {
    const problems: string[] = [];
    const selected: (ReadonlySet<string> | undefined)[] = [];
    const grouped: string[] = [];
    const text = (node: { readonly from: number; readonly to: number }) => expr.slice(node.from, node.to);
    parser.parse(expr).iterate({
      enter: ({ type, from, node }) => {
        if (type.isError) problems.push(`no PromQL at character ${from}: ${expr.slice(from, from + 30)}`);
        // What label_replace and label_join make is a label like any other.
        if (type.name === 'FunctionIdentifier' && /^label_(replace|join)$/.test(text(node))) {
          const [made] = node.parent?.getChild('FunctionCallBody')?.getChildren('StringLiteral') ?? [];
          if (made !== undefined) selected.push(new Set([text(made).slice(1, -1)]));
        }
        if (type.name === 'LabelName' && node.parent?.type.name === 'GroupingLabels') grouped.push(text(node));
        if (type.name !== 'VectorSelector') return;
        const identifier = node.getChild('Identifier');
        const name = identifier === null ? '' : text(identifier);
        const labels = known.get(name);
        selected.push(labels);
        if (labels === undefined) problems.push(`no component exposes "${name}"`);
        for (const matcher of node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []) {
          const label = matcher.getChild('LabelName');
          if (label === null) continue;
          if (labels !== undefined && !labels.has(text(label))) problems.push(`"${name}" has no label "${text(label)}"`);
        }
      },
    });
    for (const label of grouped) {
      if (!selected.some((labels) => labels?.has(label))) problems.push(`nothing that is read has the label "${label}"`);
    }
    return problems;
  };
}
