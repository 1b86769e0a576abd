import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Speed, measured beside the floors of the same run (bare fsync, socket, window); prints figures and asserts nothing about time. */
export default defineConfig({
  resolve: { alias: { '@shared': resolve(import.meta.dirname, 'shared') } },
  test: {
    include: ['test/bench/**/*.bench.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    pool: 'forks',
    fileParallelism: false,
  },
});
