import { join } from 'node:path';
import Database from 'better-sqlite3';
import { dataInUse } from '../problems';
import { LOCK_FILE } from './dataFolder';

export interface DataLock {
  release(): void;
}

/**
 * Makes sure that one server at a time writes a data folder: two would each keep a head of the log in memory and fork it.
 * The lock is an exclusive SQLite transaction on a file of its own, which the system releases however the process ends,
 * so that no stale lock is left after a crash or a power cut.
 *
 * @throws ServerProblem `data_in_use` when another process holds it; the system's or SQLite's error when the folder cannot be written.
 */
export const lockData = (dataDir: string): DataLock => {
  const database = new Database(join(dataDir, LOCK_FILE), { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') throw dataInUse(dataDir);
    throw error;
  }
  return { release: () => void database.close() };
};
