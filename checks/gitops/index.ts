import type { Check } from '../check';
import { applicationNamespace } from './application-namespace';
import { applicationPath } from './application-path';
import { applicationProject } from './application-project';
import { argoCdFields } from './argo-cd-fields';
import { pruneProtection } from './prune-protection';
import { singleScrape } from './single-scrape';
import { syncWave } from './sync-wave';

/** Whether Argo CD can sync what is rendered, and what must hold for whole clusters. */
export const gitopsChecks: readonly Check[] = [
  applicationPath,
  applicationNamespace,
  applicationProject,
  argoCdFields,
  syncWave,
  pruneProtection,
  singleScrape,
];
