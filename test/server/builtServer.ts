import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { onTestFinished } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/**
 * The server's program as it is shipped: one CommonJS file for Node 18 with everything in it but better-sqlite3. Built into a
 * folder below node_modules, from which that one is found; a build takes about two seconds.
 */
export const buildServer = async (): Promise<string> => {
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const outDir = mkdtempSync(join(cache, 'anteroom-server-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@shared': join(root, 'shared') } },
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: true,
      target: 'node18',
      outDir,
      rollupOptions: { input: { server: join(root, 'server/process.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  });
  return join(outDir, 'server.cjs');
};

export interface Spawned {
  readonly child: ChildProcess;
  /** Everything written so far. */
  readonly output: { out: string; error: string };
  /** Resolves with the match once it was written; rejects when the program ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Runs the program as a terminal does, and ends it with the test. */
export const spawnServer = (program: string, args: readonly string[], environment: Record<string, string> = {}): Spawned => {
  const child = spawn(process.execPath, [program, ...args], { env: { PATH: process.env.PATH ?? '', ...environment } });
  const output = { out: '', error: '' };
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((done) =>
    child.once('close', (code, signal) => done({ code, signal })),
  );
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.error += text));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    child,
    output,
    ended,
    printed: (pattern) =>
      new Promise((done, fail) => {
        const look = () => {
          const match = pattern.exec(output.out);
          if (match) done(match);
        };
        child.stdout.on('data', look);
        void ended.then(() => fail(new Error(`ended before it printed ${pattern}: ${output.out}${output.error}`)));
        look();
      }),
  };
};
