/** Kubernetes minors, first and last included; a side that is left out is open. */
export interface MinorRange {
  readonly from?: string;
  readonly to?: string;
  /** Where upstream says so; or, where it says nothing, why the catalogue draws these bounds. */
  readonly source: string;
  /** Whether upstream states the range. Where it does not, synth says so. @default true */
  readonly stated?: false;
}

/** Where a chart comes from. */
export interface ChartReference {
  /** Address of the chart repository; an OCI registry without `oci://`. */
  readonly repository: string;
  readonly name: string;
  /** Exact version. */
  readonly version: string;
}

/** A folder of an upstream git repository at a tag. */
export interface GitReference {
  readonly repository: string;
  readonly path: string;
  readonly tag: string;
}

/** A file of an upstream release, where the repository has no folder that could be synced. */
export interface ReleaseAsset {
  readonly url: string;
}

/** A container image: `registry/name`, tag and, where it is known, digest. */
export interface ImageReference {
  readonly name: string;
  readonly tag: string;
  /** `sha256:…`. @default - the tag alone */
  readonly digest?: string;
}

/** What a release asks of another component. */
export interface Requirement {
  /** Component by its name in the catalogue. */
  readonly component: string;
  /** Versions that upstream states, first and last included. */
  readonly from: string;
  readonly to: string;
  readonly source: string;
  /** Why another version is taken all the same. @default - none: a version outside the range does not render */
  readonly exception?: string;
}

/** One version of a component that clusters may run. */
export interface Release {
  readonly version: string;
  readonly kubernetes: MinorRange;
  /** Images by their role, also those that only arguments name. @default - none */
  readonly images?: Readonly<Record<string, ImageReference>>;
  /** @default - not delivered as a chart */
  readonly chart?: ChartReference;
  /** Where its CustomResourceDefinitions come from. @default - it has none, or they come with the chart */
  readonly crds?: GitReference | ReleaseAsset;
  /** @default - none */
  readonly requires?: readonly Requirement[];
  /** When upstream stopped, or will stop, to mend this version. @default - not known */
  readonly endOfLife?: string;
}

/** A third-party component: what it is, and the versions that clusters may run, newest first. */
export interface Component {
  readonly name: string;
  /** What it does, in a few words. */
  readonly what: string;
  /** SPDX identifier. */
  readonly licence: string;
  /** Why the project as a whole has no future; printed at each synth of a cluster that runs it. @default - it has one */
  readonly retired?: string;
  readonly releases: readonly [Release, ...Release[]];
}
