import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** End-to-end tests: the built app in real Electron and Chromium, one file at a time, since they share the screen. */
export default defineConfig({
  resolve: { alias: { '@shared': resolve(import.meta.dirname, 'shared') } },
  test: {
    include: ['test/e2e/**/*.e2e.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    fileParallelism: false,
  },
});
