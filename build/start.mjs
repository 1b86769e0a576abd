#!/usr/bin/env node
// `npm start`: builds when needed, then runs the desktop application; where Electron or a display is missing, one line says so
// and the same screens are served to a browser. Ctrl-C stops everything that was started and ends with code 0.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveBrowser } from './start/browserServer.mjs';
import { runDesktopApp } from './start/desktopApp.mjs';
import { findElectron } from './start/electronBinary.mjs';
import { flagsForApp, readFlags, usage } from './start/flags.mjs';
import { ensureBuilt } from './start/freshness.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const say = (line) => process.stdout.write(`${line}\n`);

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stopping.abort());

const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** Runs the application and resolves to the exit code, or says why that is impossible here. */
const start = async (flags) => {
  if (flags.browser) return { why: 'As asked' };
  if (!hasDisplay()) return { why: 'No display here' };
  const binary = await findElectron(root, say, stopping.signal);
  if (stopping.signal.aborted) return { code: 0 };
  if (!binary) return { why: "Electron's binary is missing and could not be downloaded" };
  const app = await runDesktopApp(binary, root, flagsForApp(flags), say, stopping.signal);
  return app.ran ? { code: app.code } : { why: `Electron does not run here (${app.why})` };
};

const main = async () => {
  const flags = readFlags(process.argv.slice(2));
  if (flags.help) {
    say(usage());
    return 0;
  }
  ensureBuilt(root, say);
  if (stopping.signal.aborted) return 0;
  const { code, why } = await start(flags);
  if (code !== undefined) return code;
  if (flags.join !== undefined) {
    say(`${why}: open the address of the other PC in a browser instead, and type the code there.`);
    return 1;
  }
  return serveBrowser(root, flags, why, say, stopping.signal);
};

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
