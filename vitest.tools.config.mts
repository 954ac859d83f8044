import { defineConfig } from 'vitest/config';

// Started by `npm run test:tools`. A tool that is not in the cache is built first, which takes minutes.
export default defineConfig({
  test: { include: ['test/tools/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 900_000, reporters: ['verbose'] },
});
