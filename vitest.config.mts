import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['test/**/*.test.ts'], exclude: ['test/e2e/**', 'test/tools/**', 'test/browser/**'], testTimeout: 30_000 } });
