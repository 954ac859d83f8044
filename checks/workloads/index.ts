import type { Check } from '../check';
import { apiVersion } from './api-version';
import { claimTemplates } from './claim-templates';
import { cronJobPolicy } from './cron-job-policy';
import { cronSchedule } from './cron-schedule';
import { durations } from './durations';
import { integers } from './integers';
import { jobPolicy } from './job-policy';
import { knownFields } from './known-fields';
import { meshedJobs } from './meshed-jobs';
import { mountPaths } from './mount-paths';
import { podCounts } from './pod-counts';
import { quantities } from './quantities';
import { terminationGrace } from './termination-grace';
import { updateStrategy } from './update-strategy';

/** Fields of workloads that the API server or a controller would refuse or misread. */
export const workloadChecks: readonly Check[] = [
  apiVersion,
  knownFields,
  quantities,
  integers,
  podCounts,
  durations,
  mountPaths,
  claimTemplates,
  updateStrategy,
  terminationGrace,
  jobPolicy,
  cronSchedule,
  cronJobPolicy,
  meshedJobs,
];
