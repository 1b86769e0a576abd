import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The file whose lock says that a server uses the folder. */
export const LOCK_FILE = 'server.lock';

/**
 * Makes the data folder, open to its owner alone, and tries to write in it.
 *
 * @throws the system's error (EACCES, EROFS, ENOTDIR, ENOSPC …), for `dataProblem` to put into a sentence.
 */
export const prepareDataFolder = (dataDir: string): void => {
  makeFolder(dataDir);
  closeSync(openSync(join(dataDir, LOCK_FILE), 'a', 0o600));
};

/** Folder by folder: Node's own recursive form never returns where the system refuses with ENOENT, as /proc does. */
const makeFolder = (path: string): void => {
  if (statSync(path, { throwIfNoEntry: false })) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
};
