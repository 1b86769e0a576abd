import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOWNLOADS = 'https://github.com/electron/electron/releases/download/';
/** A download that gets on may take this long on a slow line, in milliseconds. */
const DOWNLOAD_WITHIN = 10 * 60_000;
/** Where the download's host does not answer, only an earlier download kept on this machine can help. */
const OFFLINE_WITHIN = 20_000;
const PROBE_WITHIN = 5_000;

const platformPath = () =>
  process.platform === 'win32' ? 'electron.exe' : process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';

/** Path of the binary that the `electron` package points to, or null when it is not there. */
const installed = (root) => {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  const path = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : platformPath();
  const binary = join(process.env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist'), path);
  return existsSync(binary) ? binary : null;
};

const reachable = async () => {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? DOWNLOADS;
  try {
    await fetch(mirror, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_WITHIN) });
    return true;
  } catch {
    // behind a proxy only the installer itself can tell
    return process.env.ELECTRON_GET_USE_PROXY !== undefined;
  }
};

/**
 * Finds Electron's binary, downloading it at the first start. Resolves to null when it cannot be had: never rejects, and
 * never waits long for a host that does not answer.
 */
export const findElectron = async (root, say, stopped) => {
  const found = installed(root);
  if (found || process.env.ELECTRON_OVERRIDE_DIST_PATH) return found;
  const installer = join(root, 'node_modules', 'electron', 'install.js');
  if (!existsSync(installer)) return null;
  say('Downloading Electron (once, about 110 MB) …');
  const child = spawn(process.execPath, [installer], { cwd: root, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  stopped.addEventListener('abort', () => child.kill(), { once: true });
  let limit = setTimeout(() => child.kill(), DOWNLOAD_WITHIN);
  void reachable().then((yes) => {
    if (yes || child.exitCode !== null) return;
    clearTimeout(limit);
    limit = setTimeout(() => child.kill(), OFFLINE_WITHIN);
  });
  await ended;
  clearTimeout(limit);
  return installed(root);
};
