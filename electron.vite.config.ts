import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;
const alias = { '@shared': resolve(root, 'shared') };

export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      target: 'node18',
      externalizeDeps: { include: ['better-sqlite3'] },
      rollupOptions: {
        input: {
          index: resolve(root, 'src-main/index.ts'),
          replica: resolve(root, 'src-main/replica/process.ts'),
          server: resolve(root, 'server/process.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    resolve: { alias },
    build: {
      rollupOptions: {
        input: { desk: resolve(root, 'src-main/preload/desk.ts'), monitor: resolve(root, 'src-main/preload/monitor.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
      isolatedEntries: true,
    },
  },
  renderer: {
    root: resolve(root, 'src-renderer'),
    resolve: { alias: { ...alias, '@': resolve(root, 'src-renderer') } },
    plugins: [react(), tailwindcss()],
    build: {
      assetsInlineLimit: 0,
      rollupOptions: { input: { desk: resolve(root, 'src-renderer/desk.html'), monitor: resolve(root, 'src-renderer/monitor.html') } },
    },
  },
});
