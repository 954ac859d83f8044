import type { authorworks } from '../../../apps/authorworks';
import type { Overlay } from '../../../charts/workload/platform';

/** What differs in production. */
export const production: Overlay<typeof authorworks> = {
  gateway: {
    resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '1000m', memory: '1Gi' } },
    env: { LOG_LEVEL: 'warn' },
  },
  userService: { resources: { requests: { cpu: '300m', memory: '512Mi' }, limits: { cpu: '1000m', memory: '1Gi' } } },
  content: { resources: { requests: { cpu: '500m', memory: '768Mi' }, limits: { cpu: '2000m', memory: '1536Mi' } } },
  editor: { resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '2000m', memory: '2Gi' } } },
  subscription: { resources: { requests: { cpu: '200m', memory: '256Mi' }, limits: { cpu: '1000m', memory: '512Mi' } } },
};
