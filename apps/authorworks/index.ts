import { platform } from '../../charts/workload/platform';
import { content } from './content';
import { databaseBackup } from './database-backup';
import { editor } from './editor';
import { exportWorker } from './export-worker';
import { gateway } from './gateway';
import { mediaWorker } from './media-worker';
import { nightly } from './nightly';
import { subscription } from './subscription';
import { userService } from './user-service';

/** authorworks: writing and publishing books. */
export const authorworks = platform('authorworks', {
  gateway,
  userService,
  content,
  editor,
  subscription,
  mediaWorker,
  exportWorker,
  nightly,
  databaseBackup,
});
