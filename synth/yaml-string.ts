import { DEFAULT_SCALAR_STYLE_RULES, type DumpOptions, dump, SCALAR_STYLE, type ScalarLayout } from 'js-yaml';

/** A value that has no safe form in YAML; the message says what was found and what was expected. */
export class Unwritable extends Error {}

/** Text that every parser reads as the same string without quotes, unless it looks like something else. */
const BARE = /^(?:[A-Za-z0-9_/$]|--?[A-Za-z])[\x21\x22\x24-\x39\x3b-\x7e]*$/;

/** As above with spaces, colons and number signs in it; where they stand decides. */
const SENTENCE = /^(?:[A-Za-z0-9_/$]|--?[A-Za-z])[\x20-\x7e]*$/;

/**
 * What some parser takes for a number or a date: decimal, hexadecimal, octal, binary, sexagesimal, with separators, with exponent (one
 * parser takes even an exponent alone).
 */
const NUMBER_LIKE = /^(?:0[xXoObB]?[0-9a-fA-F_]*|[0-9][0-9_,.:eE+-]*|[0-9]{4}-[0-9].*|[eE][-+]?[0-9]+)$/;

/** Words that YAML 1.1 or 1.2 reads as a truth value or null, in any case. */
const WORD = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

const LONGEST_WORD = 5;

const ASCII_LINE = /^[\x20-\x7e]*$/;

/** Characters that must be escaped: controls, line breaks of YAML 1.1 that 1.2 does not know, byte order mark, non-characters. */
const ESCAPED = /(?![\t\n])[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/u;

/** Keys longer than this need a form that few people can read, and few parsers are tried on. */
const LONGEST_KEY = 1000;

/**
 * The text of a string, quoted whenever YAML 1.1, YAML 1.2 or a parser in use could read it as anything else. Strings of several
 * lines become a literal block where that is lossless. What is not plain ASCII on one line is left to js-yaml.
 *
 * @param pad indentation of the line that the string begins on; `undefined` for a key, which stays on one line
 * @throws Unwritable for half a surrogate pair, or a key that is too long
 */
export function stringText(value: string, pad: string | undefined): string {
  if (pad === undefined && value.length > LONGEST_KEY) {
    throw new Unwritable(`found a key of ${value.length} characters. Expected at most ${LONGEST_KEY}: shorten it.`);
  }
  if (isPlain(value)) return value;
  if (ASCII_LINE.test(value)) return quoted(value);
  if (/\p{Surrogate}/u.test(value)) {
    throw new Unwritable(`found ${JSON.stringify(value)}, which holds half a surrogate pair. Expected whole characters: mend the text.`);
  }
  return pad !== undefined && fitsBlock(value)
    ? block(value, pad)
    : dump(value, { ...OPTIONS, scalarStyleRules: [doubleQuoted] }).slice(0, -1);
}

function isPlain(value: string): boolean {
  if (!BARE.test(value)) {
    if (!SENTENCE.test(value) || value.includes(': ') || value.includes(' #')) return false;
    if (value.endsWith(' ') || value.endsWith(':')) return false;
  }
  return !NUMBER_LIKE.test(value) && (value.length > LONGEST_WORD || !WORD.test(value));
}

/** Single quotes only where they save escapes, as around JSON. */
function quoted(value: string): string {
  return /["\\]/.test(value) && !value.includes("'") ? `'${value}'` : JSON.stringify(value);
}

/** Whether a literal block gives the text back in every parser and shows a reader all there is to see. */
function fitsBlock(value: string): boolean {
  return value.includes('\n') && !ESCAPED.test(value) && /^\n*[^\s]/.test(value) && !/^[ \t]+$/m.test(value);
}

/** A literal block as an item of a list, cut out of its list and moved to where it belongs; the second item keeps closing blank lines in place. */
function block(value: string, pad: string): string {
  const text = dump([value, 0], { ...OPTIONS, scalarStyleRules: [literal, DEFAULT_SCALAR_STYLE_RULES.fallbackToDoubleQuoted] });
  return text.slice('- '.length, -'\n- 0\n'.length).replace(/\n(?!\n|$)/g, `\n${pad}`);
}

const OPTIONS: DumpOptions = { lineWidth: -1, noRefs: true };

function literal(layout: ScalarLayout): void {
  if (layout.node.value.includes('\n')) layout.style = SCALAR_STYLE.LITERAL_BLOCK;
}

function doubleQuoted(layout: ScalarLayout): void {
  layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
}
