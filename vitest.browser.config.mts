import { defineConfig } from 'vitest/config';

// `npm run test:browser`: needs Chromium. One file at a time, since each starts one.
export default defineConfig({ test: { include: ['test/browser/**/*.test.ts'], fileParallelism: false, testTimeout: 60_000, hookTimeout: 60_000 } });
