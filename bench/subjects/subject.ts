import type { Meter } from '../meter';

/** One way of doing the work that is measured; runs in a process of its own. */
export interface SubjectRun {
  /** Number of services. */
  readonly services: number;
  /** Number of clusters that the services are split over, where the subject knows clusters. */
  readonly clusters: number;
  /** Folder to write to; may hold the output of an earlier run of the same subject. */
  readonly folder: string;
  readonly meter: Meter;
}

/** What a subject says of its run, beside times. */
export interface SubjectReport {
  readonly files: number;
  /** Size of all files, in characters. */
  readonly characters: number;
  /** Numbers of one subject alone. @default - none */
  readonly extra?: Readonly<Record<string, number>>;
  /** Seconds of each check. @default - the subject runs none */
  readonly checks?: Readonly<Record<string, number>>;
  /** Number of findings by check. @default - the subject runs none */
  readonly findings?: Readonly<Record<string, number>>;
}

export type Subject = (run: SubjectRun) => SubjectReport;
