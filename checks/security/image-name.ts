/** The parts of a container image's name. */
export interface ImageName {
  /** Host of the registry, with its port. @default - none: the runtime asks its default, Docker Hub */
  readonly registry?: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

const IMAGE = new RegExp(
  '^(?:(?<registry>(?:[a-zA-Z0-9-]+\\.)+[a-zA-Z0-9-]+(?::\\d+)?|[a-zA-Z0-9-]+:\\d+|localhost)/)?' +
    '(?<repository>[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*)' +
    '(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}))?$',
);

/** Takes `registry/repository:tag@digest` apart; `undefined` when no container runtime would read it. */
export function parseImage(image: string): ImageName | undefined {
  return IMAGE.exec(image)?.groups as ImageName | undefined;
}

/** Tags that are moved to newer images by habit. */
const FLOATING =
  /^(?:latest|stable|edge|main|master|develop|development|dev|nightly|canary|next|rolling|snapshot|head|trunk|release|current|lts|staging|prod|production)$/i;

/** Does a tag stand for another image tomorrow? */
export function isFloatingTag(tag: string): boolean {
  return FLOATING.test(tag);
}
