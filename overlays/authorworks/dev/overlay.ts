import type { authorworks } from '../../../apps/authorworks';
import type { Overlay } from '../../../charts/workload/platform';

/** What differs in dev. */
export const dev: Overlay<typeof authorworks> = {
  gateway: { env: { LOG_LEVEL: 'debug' } },
  userService: { env: { LOG_LEVEL: 'debug' } },
  content: { env: { LOG_LEVEL: 'debug' } },
  editor: { env: { LOG_LEVEL: 'debug' } },
  subscription: { env: { LOG_LEVEL: 'debug' } },
};
