import { EVENT_ID, getScalarValue, load, parseEvents, YAMLException } from 'js-yaml';
import { DataError, type Path, type Problem } from './problem';

/** A YAML document with the places of its values. */
export interface YamlSource {
  readonly value: unknown;
  /** Keys that are given twice. */
  readonly problems: readonly Problem[];
  /** Line of a value, counted from 1; of the nearest mapping or list around it when it is not there. */
  lineOf(path: Path): number;
  /** A scalar as it is written in the file, before YAML makes a number or boolean of it. */
  textOf(path: Path): string | undefined;
}

/**
 * Parses one YAML 1.2 (or JSON) document. What only YAML 1.1 knows does not exist here: a date is text, `yes` is text, `<<` is a key like any
 * other, `012` is the number 12. A `null` in a mapping counts as left out, since that is how Terraform writes an unset value.
 * @throws DataError when the text is no YAML, is empty, holds several documents or an alias. The text itself is never shown: it might hold a secret.
 */
export function parseYaml(text: string, file: string): YamlSource {
  // `json` lets the last of several equal keys win; they are reported below, with all other problems of the file.
  const value = guarded(file, () => load(text, { json: true, maxAliases: 0 }));
  const places = locate(text);
  return {
    value: withoutNull(value),
    problems: places.problems,
    lineOf: (path) => {
      for (let length = path.length; length >= 0; length--) {
        const place = places.byPath.get(JSON.stringify(path.slice(0, length)));
        if (place !== undefined) return place.line;
      }
      return 1;
    },
    textOf: (path) => places.byPath.get(JSON.stringify(path))?.text,
  };
}

function guarded<T>(file: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    // js-yaml's own message quotes the lines around the place, and its reason may quote a word of them.
    const reason = error.reason.replace(/"[^"]*"|!<.*>/g, '(not shown)');
    const { mark } = error;
    throw new DataError(file, [
      {
        path: [],
        line: mark === undefined ? undefined : mark.line + 1,
        found: mark === undefined ? reason : `${reason}, at column ${mark.column + 1}`,
        expected: 'one YAML document, without aliases and tags',
        mend: 'mend the YAML at or just before this place; a text that starts with one of ! & * % @ needs quotes',
      },
    ]);
  }
}

interface Place {
  readonly line: number;
  readonly text?: string;
}

/** Walks the document once for the line of every value, and for keys that are given twice. */
function locate(text: string): { byPath: ReadonlyMap<string, Place>; problems: readonly Problem[] } {
  const events = parseEvents(text, {});
  const byPath = new Map<string, Place>();
  const problems: Problem[] = [];
  let at = 1; // 0 opens the document

  const ended = () => events[at] === undefined || events[at]?.type === EVENT_ID.POP;

  /** Reads one value; `keyLine` is the line of its key, which is where a reader looks for an empty or nested value. */
  const value = (path: Path, keyLine?: number): void => {
    const event = events[at++];
    if (event?.type === EVENT_ID.SCALAR) {
      byPath.set(JSON.stringify(path), { line: keyLine ?? lineAt(event.valueStart), text: getScalarValue(text, event) });
    } else if (event?.type === EVENT_ID.SEQUENCE) {
      byPath.set(JSON.stringify(path), { line: keyLine ?? lineAt(event.start) });
      for (let index = 0; !ended(); index++) value([...path, index]);
      at++;
    } else if (event?.type === EVENT_ID.MAPPING) {
      byPath.set(JSON.stringify(path), { line: keyLine ?? lineAt(event.start) });
      const seen = new Map<string, number>();
      while (!ended()) {
        const key = events[at++];
        if (key?.type !== EVENT_ID.SCALAR) return; // load() has refused other keys
        const name = getScalarValue(text, key);
        const line = lineAt(key.valueStart);
        const first = seen.get(name);
        if (first !== undefined) problems.push(givenTwice([...path, name], line, first));
        seen.set(name, line);
        value([...path, name], line);
      }
      at++;
    }
  };

  const breaks = [...text.matchAll(/\n/g)].map((match) => match.index);
  const lineAt = (offset: number): number => {
    const line = breaks.findIndex((position) => position >= offset);
    return (line === -1 ? breaks.length : line) + 1;
  };

  value([]);
  return { byPath, problems };
}

function givenTwice(path: Path, line: number, first: number): Problem {
  return {
    path,
    line,
    found: `the key is given twice, first on line ${first}`,
    expected: 'every key once',
    mend: 'remove one of the two; were both kept, one of them would be ignored in silence',
  };
}

function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, withoutNull(member)]),
  );
}
