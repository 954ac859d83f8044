import { defineConfig } from 'vitest/config';

// Started by `npm run test:e2e`. One file at a time: each has a control plane of its own, and that keeps a small machine busy.
export default defineConfig({
  test: { include: ['test/e2e/**/*.test.ts'], fileParallelism: false, testTimeout: 300_000, hookTimeout: 120_000, reporters: ['verbose'] },
});
