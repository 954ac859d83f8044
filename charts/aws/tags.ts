import type { EnvironmentName } from '../overlay/value';

/** The form of a platform's image tags, and one that has it. */
export interface TagPattern {
  readonly pattern: RegExp;
  readonly example: string;
}

/** What a tag pattern may depend on. */
export interface TagContext {
  /** Last part of the image's name: `gateway` for `authorworks/gateway`. */
  readonly service: string;
  readonly environment: EnvironmentName;
}

/** A platform's rule for image tags: the pattern for one image in one environment. */
export type TagRule = (context: TagContext) => TagPattern;

const number = '(?:0|[1-9]\\d*)';
const version = `${number}\\.${number}\\.${number}`;

/** `v1.4.2` or `1.4.2`; `-rc.1` and the like in dev and staging only. */
export const semanticVersion: TagRule = ({ environment }) =>
  environment === 'production'
    ? { pattern: new RegExp(`^v?${version}$`), example: 'v1.4.2' }
    : { pattern: new RegExp(`^v?${version}(?:-rc\\.${number})?$`), example: 'v1.5.0-rc.1' };

/** `{service}-{environment}-{version}-{commit}`, as `aeon-dt-api-prod-3.0.0-a1b2c3d4`; production is written `prod`. */
export const serviceEnvironmentVersionCommit: TagRule = ({ service, environment }) => {
  const short = environment === 'production' ? 'prod' : environment;
  const start = `${service}-${short}-`;
  return { pattern: new RegExp(`^${start.replaceAll('.', '\\.')}${version}-[0-9a-f]{7,40}$`), example: `${start}3.0.0-a1b2c3d4` };
};

/** Whether a registry takes the tag. */
export function isTag(tag: string): boolean {
  return /^\w[\w.-]{0,127}$/.test(tag);
}

/** Whether a tag may come to mean another image: it names neither a full version (`1.4.2`) nor a commit (7 to 40 hexadecimal digits). */
export function isFloating(tag: string): boolean {
  const fixed = /(?:^|[-_])v?\d+\.\d+\.\d+(?![\d.])|(?:^|[-_.])(?=[a-f]*\d)[0-9a-f]{7,40}(?:$|[-_.])/;
  return !fixed.test(tag) || /(?:^|[-_.])latest(?:$|[-_.])/.test(tag);
}
