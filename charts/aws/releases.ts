import type { z } from 'zod';
import type { EnvironmentName } from '../overlay/value';
import type { DeepReadonly, LoadedContract } from './contract';
import { mapping, object, text } from './field';
import { type Problem, show } from './problem';
import { isFloating, isTag, type TagRule } from './tags';
import { type Partly, validate } from './validate';

const imageName = text(/^(?=.{2,256}$)[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*$/, {
  expected: 'the name of an image, as authorworks/gateway',
  mend: 'give the name alone, in lower case: no registry, tag or digest',
});

const release = object({
  /** Tag of the image. */
  tag: text(isTag, {
    expected: 'an image tag, as "v1.4.2"',
    mend: 'use letters, digits, _ . and -, at most 128, the first one no dot or hyphen',
  }),
  /** Digest that the tag had when it was released: the image that runs, even if the tag is moved. @default - whatever the tag means */
  digest: text(/^sha256:[0-9a-f]{64}$/, {
    expected: 'a digest: sha256: and 64 hexadecimal digits in lower case',
    mend: 'copy the digest of the image index, e.g. from `crane digest <image>:<tag>`',
  }).optional(),
});

/** The schema of `releases.yaml`. */
export const releasesSchema = object({
  /** Release of each image, by the image's name. */
  images: mapping(imageName, release),
  /** Pinned version of secrets, by the name of the Kubernetes Secret; a new version restarts the workloads that mount it. */
  secretVersions: mapping(
    text(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, {
      expected: 'the name of a Secret, as authorworks-gateway',
      mend: 'use lower-case letters, digits, dots and hyphens',
    }),
    text(/^(?:uuid\/[A-Za-z0-9-]{32,64}|[1-9]\d{0,8})$/, {
      expected: 'a fixed version: "uuid/<version id>" for Secrets Manager, "3" for Parameter Store',
      mend: 'copy it from `aws secretsmanager list-secret-version-ids`; a stage such as AWSCURRENT moves, so it pins nothing',
    }),
  ).default({}),
});

/** Which version of what runs in one cluster. */
export type Releases = DeepReadonly<z.output<typeof releasesSchema>>;

/** One image's tag and, when it is pinned, digest. */
export type Release = Releases['images'][string];

/** Releases with the files they were read from, for messages: the environment's, then the region's where there is one. */
export interface LoadedReleases {
  readonly files: readonly string[];
  readonly data: Releases;
}

/** What releases are held to. */
export interface ReleaseRules {
  readonly environment: EnvironmentName;
  /** The platform's rule for image tags. */
  readonly tags: TagRule;
}

/**
 * Reads the text of a `releases.yaml`. Pure; `readReleases` in `fleet/` reads the file.
 * @throws DataError with every problem of the file
 */
export function loadReleases(text: string, file: string, rules: ReleaseRules): LoadedReleases {
  return { files: [file], data: validate(text, file, releasesSchema, [(data) => soundTags(data, rules)]) };
}

/** Tags follow the platform's pattern; in dev a floating tag will do as well. */
function* soundTags({ images }: Partly<Releases>, { environment, tags }: ReleaseRules): Iterable<Problem> {
  for (const [image, entry] of Object.entries(images ?? {})) {
    const tag = entry?.tag;
    if (tag === undefined) continue;
    const { pattern, example } = tags({ service: image.slice(image.lastIndexOf('/') + 1), environment });
    const floating = isFloating(tag);
    if (pattern.test(tag) || (floating && environment === 'dev')) continue;
    yield {
      path: ['images', image, 'tag'],
      found: floating ? `${show(tag)}, a floating tag` : show(tag),
      expected: `a tag of the platform's form for ${environment}, as ${example}`,
      mend: floating
        ? 'release a version: a floating tag may run other code tomorrow without a change in git; only dev may use one'
        : 'correct the tag, or build the image with a tag of this form',
    };
  }
}

/** Lays a region's releases on top of the environment's. An entry replaces the whole entry: a tag never meets another tag's digest. */
export function layer(base: LoadedReleases, region: LoadedReleases): LoadedReleases {
  return {
    files: [...base.files, ...region.files],
    data: {
      images: { ...base.data.images, ...region.data.images },
      secretVersions: { ...base.data.secretVersions, ...region.data.secretVersions },
    },
  };
}

/**
 * The release of an image.
 * @throws Error when the image has no entry
 */
export function releaseOf({ files, data }: LoadedReleases, image: string): Release {
  const found = Object.hasOwn(data.images, image) ? data.images[image] : undefined;
  if (found !== undefined) return found;
  const known = Object.keys(data.images).sort().join(', ') || 'none';
  throw new Error(
    `${files.join(', ')}: images has no entry "${image}"; there are: ${known}. Add the entry with a tag, or correct the workload's image.`,
  );
}

/**
 * What a pod's `image` says: `<registry>/<image>:<tag>`, with `@<digest>` when the release is pinned.
 * @throws Error when the image has no entry in the releases
 */
export function imageReference(contract: LoadedContract, releases: LoadedReleases, image: string): string {
  const { tag, digest } = releaseOf(releases, image);
  return `${contract.data.registry}/${image}:${tag}${digest === undefined ? '' : `@${digest}`}`;
}

/** The pinned version of a Kubernetes Secret's source, or `undefined` when it follows the current one. */
export function secretVersion({ data }: LoadedReleases, secret: string): string | undefined {
  return Object.hasOwn(data.secretVersions, secret) ? data.secretVersions[secret] : undefined;
}

/** Images with a release that no workload uses, sorted: leftovers, or a misspelt name. */
export function unusedImages({ data }: LoadedReleases, used: Iterable<string>): readonly string[] {
  return unused(data.images, used);
}

/** Secrets with a pinned version that no workload uses, sorted. */
export function unusedSecretVersions({ data }: LoadedReleases, used: Iterable<string>): readonly string[] {
  return unused(data.secretVersions, used);
}

function unused(entries: object, used: Iterable<string>): readonly string[] {
  const known = new Set(used);
  return Object.keys(entries)
    .filter((name) => !known.has(name))
    .sort();
}
