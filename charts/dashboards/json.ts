/** Columns after which a value is broken into lines. */
const WIDTH = 120;

/**
 * Text of a value as JSON: what fits stands on one line, all else a member to a line; members by name. So the text is short, the same
 * for equal values, and a changed panel is a few changed lines.
 */
export function jsonText(value: unknown): string {
  // As JSON keeps it: without members that are undefined, or functions.
  return `${text(JSON.parse(JSON.stringify(value)), '', 0)}\n`;
}

function text(value: unknown, pad: string, before: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const line = flat(value);
  if (pad.length + before + line.length <= WIDTH) return line;
  const inner = `${pad} `;
  if (Array.isArray(value)) return `[\n${value.map((each) => inner + text(each, inner, 0)).join(',\n')}\n${pad}]`;
  const members = membersOf(value).map(([name, member]) => {
    const key = `${JSON.stringify(name)}: `;
    return inner + key + text(member, inner, key.length);
  });
  return `{\n${members.join(',\n')}\n${pad}}`;
}

function flat(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(flat).join(', ')}]`;
  const members = membersOf(value).map(([name, member]) => `${JSON.stringify(name)}: ${flat(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** Members by name. */
const membersOf = (value: object): readonly (readonly [string, unknown])[] => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
