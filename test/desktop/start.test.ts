import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary';

const script = resolve(import.meta.dirname, '../../build/start.mjs');
/** Building may be part of the first start. */
const WITH_BUILD = 180_000;

const start = (args: string[], environment: Record<string, string> = {}): ChildProcess & { output: () => string } => {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...rest } = process.env;
  const child = spawn(process.execPath, [script, ...args], { env: { ...rest, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  onTestFinished(() => void child.kill('SIGKILL'));
  return Object.assign(child, { output: () => output });
};

/** Resolves with the first line that matches; rejects when the process ends without one. */
const lineOf = (child: ReturnType<typeof start>, pattern: RegExp): Promise<RegExpExecArray> =>
  new Promise((found, failed) => {
    const look = () => {
      const match = pattern.exec(child.output());
      if (match) found(match);
    };
    child.stdout?.on('data', look);
    child.once('close', (code) => failed(new Error(`ended with ${code}: ${child.output()}`)));
  });

/** A folder with an Electron that ends like one whose system libraries are missing. */
const brokenElectron = (): string => {
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, 'electron'),
    '#!/bin/sh\necho "electron: error while loading shared libraries: libnss3.so: cannot open shared object file" >&2\nexit 127\n',
  );
  chmodSync(join(folder, 'electron'), 0o755);
  return folder;
};

const ended = async (child: ChildProcess): Promise<unknown> =>
  child.exitCode === null && child.signalCode === null ? (await once(child, 'close'))[0] : child.exitCode;

describe('npm start', () => {
  it.each([
    [['--dmeo'], '--dmeo is not a flag of npm start. npm start -- --help lists them.'],
    [['demo'], 'demo is not a flag of npm start. npm start -- --help lists them.'],
    [['--port', '70000'], '--port 70000 is not a port number: use 1 to 65535, such as 7420.'],
    [['--port', '7420x'], '--port 7420x is not a port number: use 1 to 65535, such as 7420.'],
    [['--data'], '--data needs a value: --data DIR.'],
    [['--name', '--demo'], '--name needs a value: --name NAME.'],
    [['--demo=yes'], '--demo takes no value.'],
    [['--join', '10.0.0.5:7420'], '--join needs --code CODE, the short code that the other PC shows.'],
  ])('refuses %j in one sentence', async (args, sentence) => {
    const child = start(args);
    expect(await ended(child)).toBe(2);
    expect(child.output().trim()).toBe(sentence);
  });

  it('lists its flags', async () => {
    const child = start(['--help']);
    expect(await ended(child)).toBe(0);
    for (const flag of ['data', 'port', 'demo', 'join', 'code', 'name', 'no-monitor', 'browser', 'lan'])
      expect(child.output()).toContain(`--${flag}`);
  });

  const linux = process.platform === 'linux';
  it.runIf(linux)(
    'without a display says so in one line and serves the pages to a browser, until Ctrl-C',
    { timeout: WITH_BUILD },
    async () => {
      const child = start(['--port', '0', '--data', temporaryFolder()]);
      const [line, link = ''] = await lineOf(child, /^No display here: .*?(http:\S+#pair=\S+)/m);
      expect(line).toContain('serving desk, monitor and tickets to a browser at');
      const page = await fetch(link);
      expect(page.status).toBe(200);
      expect(page.headers.get('content-type')).toContain('text/html');
      child.kill('SIGINT');
      expect(await ended(child)).toBe(0);
      await expect(fetch(link)).rejects.toThrow('fetch failed');
    },
  );

  it('serves to a browser when asked to', { timeout: WITH_BUILD }, async () => {
    const child = start(['--browser', '--port', '0', '--data', temporaryFolder()]);
    const [, link = ''] = await lineOf(child, /(http:\S+#pair=\S+)/);
    expect((await fetch(link)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended(child)).toBe(0);
  });

  it.runIf(linux)('goes on in a browser when Electron ends before it is ready', { timeout: WITH_BUILD }, async () => {
    const child = start(['--port', '0', '--data', temporaryFolder()], { DISPLAY: ':none', ELECTRON_OVERRIDE_DIST_PATH: brokenElectron() });
    const [line] = await lineOf(child, /^Electron does not run here .*#pair=\S+/m);
    expect(line).toContain('libnss3.so: cannot open shared object file');
    child.kill('SIGINT');
    expect(await ended(child)).toBe(0);
  });
});
