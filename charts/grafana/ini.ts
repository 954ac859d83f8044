/** Sections of an INI file, each with its keys. A value that is left out is not written. */
export type Ini = Readonly<Record<string, Readonly<Record<string, string | number | boolean | undefined>>>>;

/** What begins a comment, is taken for quotes around a value, or for a line that goes on. */
const SPECIAL = /[;#]|^(["']).*\1$|^\s|\s$|\\$/;

/**
 * The text of a `grafana.ini`.
 * @throws for a value that would end early or be filled in by the reader
 */
export function iniText(ini: Ini): string {
  return Object.entries(ini)
    .map(([section, keys]) => {
      const lines = Object.entries(keys).flatMap(([key, value]) =>
        value === undefined ? [] : [`${key} = ${valueText(section, key, value)}`],
      );
      return [`[${section}]`, ...lines, ''].join('\n');
    })
    .join('\n');
}

function valueText(section: string, key: string, value: string | number | boolean): string {
  const text = String(value);
  if (/[\n\r`]|%\(/.test(text)) {
    throw new Error(
      `grafana.ini: ${section}.${key} is ${JSON.stringify(text)}; line breaks, backquotes and \`%(\` cannot be written there.`,
    );
  }
  return SPECIAL.test(text) ? `\`${text}\`` : text;
}
