#!/usr/bin/env node
// `npm run server`: the sync server alone; builds when needed, then passes its arguments on.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './start/freshness.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
ensureBuilt(root, (line) => process.stdout.write(`${line}\n`));
const child = spawn(process.execPath, [join(root, 'out', 'main', 'server.cjs'), ...process.argv.slice(2)], { stdio: 'inherit' });
// Ctrl-C reaches the whole terminal group: the server stops in order, and its exit code is ours.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
