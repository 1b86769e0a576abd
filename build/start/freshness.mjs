import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['shared', 'src-main', 'src-renderer', 'server', 'electron.vite.config.ts', 'package.json'];
const OUTPUTS = [
  'main/index.cjs',
  'main/replica.cjs',
  'main/server.cjs',
  'preload/desk.cjs',
  'preload/monitor.cjs',
  'renderer/desk.html',
  'renderer/monitor.html',
];

const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const newestIn = (path) => {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  // a folder's own time tells of files that were removed
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestIn(join(path, name))), stat.mtimeMs);
};

/** Whether everything in `out/` is there and newer than every source. */
export const isBuilt = (root) => {
  const oldest = Math.min(...OUTPUTS.map((file) => changedAt(join(root, 'out', file))));
  return oldest > 0 && SOURCES.every((source) => newestIn(join(root, source)) <= oldest);
};

/** Builds when needed, with one line. Throws an error with the build's own words when it fails. */
export const ensureBuilt = (root, say) => {
  if (isBuilt(root)) return;
  const tool = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  if (!existsSync(tool)) throw new Error('The dependencies are not installed: run npm ci first.');
  say('Building Anteroom (after a change only; about half a minute) …');
  const built = spawnSync(process.execPath, [tool, 'build'], { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (built.status !== 0) throw new Error(`The build failed.\n${built.stdout}${built.stderr}`.trim());
};
