import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@shared': resolve(import.meta.dirname, 'shared'), '@': resolve(import.meta.dirname, 'src-renderer') } },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'test/bench/**'],
    // the ticket page's style is served as text; the screens' styles are not looked at
    css: { include: [/server\/http\/ticket\//] },
    testTimeout: 30_000,
    pool: 'forks',
  },
});
