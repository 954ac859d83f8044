type Parser = typeof import('@prometheus-io/lezer-promql', { with: { 'resolution-mode': 'import' }}).parser;

/** What an expression of PromQL names. */
export interface Named {
  /** Metrics, each with the labels that matchers of it name. */
  readonly metrics: readonly { readonly name: string; readonly labels: readonly string[] }[];
  /** Labels that results are grouped or matched by. */
  readonly grouped: readonly string[];
}

/** Durations that Grafana puts in. */
const filled = (expr: string): string => expr.replace(/\$__(rate_interval|interval|range)/g, '5m');

/** A reader of expressions; the parser is a module of another kind, which is loaded late. It throws where an expression is no PromQL. */
export async function reader(): Promise<(expr: string) => Named> {
  const { parser } = await import('@prometheus-io/lezer-promql');
  return (expr) => read(parser, expr);
}

function read(parser: Parser, expr: string): Named {
  const text = filled(expr);
  const metrics: { name: string; labels: string[] }[] = [];
  const grouped: string[] = [];
  const made = [...text.matchAll(/label_replace\([\s\S]*?,\s*"(\w+)",\s*"/g)].map(([, label = '']) => label);
  parser.parse(text).iterate({
    enter: ({ type, from, to, node }) => {
      const found = text.slice(from, to);
      if (type.isError) throw new Error(`no PromQL at ${from}: ${text.slice(from, from + 20)} in ${expr}`);
      if (type.name === 'VectorSelector') {
        const name = node.getChild('Identifier');
        const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
        const labels = matchers.map((matcher) => {
          const label = matcher.getChild('LabelName');
          return label === null ? '' : text.slice(label.from, label.to);
        });
        metrics.push({ name: name === null ? '' : text.slice(name.from, name.to), labels });
      }
      if (type.name === 'LabelName' && node.parent?.type.name === 'GroupingLabels' && !made.includes(found)) grouped.push(found);
    },
  });
  return { metrics, grouped };
}
