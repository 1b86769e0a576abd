import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';

const root = resolve(import.meta.dirname, '../..');

export const newFolder = (name: string): string => mkdtempSync(join(tmpdir(), `anteroom-${name}-`));

/** A port that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.on('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port'))));
    });
  });
}

export interface ServerProcess {
  readonly address: string;
  /** One-use codes printed at this start. */
  readonly deskCode: string;
  readonly monitorCode: string;
  readonly pid: number;
  /** SIGKILL: as a power cut would. */
  kill(): Promise<void>;
  stop(): Promise<number | null>;
}

const ended = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null ? Promise.resolve(child.exitCode) : new Promise((done) => child.once('exit', done));

/** Starts the built server alone, as `npm run server` does, and waits until it listens and has printed its codes. */
export async function startServer(options: { data: string; port: number; demo?: boolean }): Promise<ServerProcess> {
  const child = spawn(
    process.execPath,
    [join(root, 'out/main/server.cjs'), '--data', options.data, '--port', String(options.port), ...(options.demo ? ['--demo'] : [])],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let printed = '';
  const codes = await new Promise<{ desk: string; monitor: string }>((done, fail) => {
    const read = (chunk: Buffer) => {
      printed += chunk.toString();
      const desk = /\/desk#pair=([A-Z0-9-]+)/.exec(printed)?.[1];
      const monitor = /\/monitor#pair=([A-Z0-9-]+)/.exec(printed)?.[1];
      if (desk && monitor) done({ desk, monitor });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => fail(new Error(`The server ended with ${code} before it was ready:\n${printed}`)));
  });
  return {
    address: `http://127.0.0.1:${options.port}`,
    deskCode: codes.desk,
    monitorCode: codes.monitor,
    pid: child.pid ?? 0,
    async kill() {
      child.kill('SIGKILL');
      await ended(child);
    },
    stop() {
      child.kill('SIGINT');
      return ended(child);
    },
  };
}

export interface DeskApp {
  readonly app: ElectronApplication;
  readonly desk: Page;
  /** SIGKILL to the app with all its processes, as a power cut would. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

const pageOf = (page: Page) => new URL(page.url()).pathname;

/** The window of a kind, once it is open. */
export async function windowOf(app: ElectronApplication, kind: 'desk' | 'monitor'): Promise<Page> {
  const isKind = (page: Page) => page.url().startsWith('app:') && pageOf(page).includes(kind);
  return app.windows().find(isKind) ?? app.waitForEvent('window', { predicate: isKind });
}

/** Starts the built desktop app in the Electron that the `electron` package points to. */
export async function launchDesk(options: {
  data: string;
  name?: string;
  /** Port of its own embedded server. */
  port?: number;
  demo?: boolean;
  join?: { address: string; code: string };
  monitor?: boolean;
}): Promise<DeskApp> {
  const app = await _electron.launch({
    cwd: root,
    args: [
      root,
      '--data',
      options.data,
      ...(options.name ? ['--name', options.name] : []),
      ...(options.port ? ['--port', String(options.port)] : []),
      ...(options.demo ? ['--demo'] : []),
      ...(options.join ? ['--join', options.join.address, '--code', options.join.code] : []),
      ...(options.monitor ? [] : ['--no-monitor']),
    ],
  });
  const desk = await windowOf(app, 'desk');
  const main = app.process();
  return {
    app,
    desk,
    async kill() {
      const gone = ended(main);
      // The whole tree: a replica that outlived its app would finish what a power cut would not.
      for (const pid of [...descendants(main.pid ?? 0), main.pid ?? 0]) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // already gone
        }
      }
      await gone;
    },
    close: () => app.close(),
  };
}

/** Process ids below a process, deepest first (Linux). */
function descendants(pid: number): number[] {
  const parents = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const parent = Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);
      parents.set(parent, [...(parents.get(parent) ?? []), Number(name)]);
    } catch {
      // ended while we looked
    }
  }
  const below = (at: number): number[] => (parents.get(at) ?? []).flatMap((child) => [...below(child), child]);
  return below(pid);
}
