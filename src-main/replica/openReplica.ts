import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseProblem, databaseProblem } from '@shared/database/driver';
import { prepareDatabase } from '@shared/database/open';
import { createReplicaStore, type ReplicaStore } from '@shared/database/replicaStore';
import type { ReplicaId } from '@shared/domain/ids';
import type { LoadedReplica, ReplicaIdentity } from '@shared/sync/clientEvents';
import { forkReplica } from '@shared/sync/forkReplica';
import { replicaFacts } from '@shared/sync/replicaFacts';
import Database from 'better-sqlite3';

/** An open replica.db with what it held. */
export interface OpenReplica {
  readonly store: ReplicaStore;
  readonly loaded: LoadedReplica;
  /** Writes everything to the one file and closes it. */
  readonly close: () => void;
}

/**
 * Opens a desk's database, or makes it for this device. A file that another device of this PC wrote (its key was lost and
 * it was admitted again) is bound to this one with all its commands, as after a fork (S5).
 * @throws DatabaseProblem in words for the person at the desk.
 */
export const openReplica = (file: string, device: Omit<ReplicaIdentity, 'replicaId'>, newReplicaId: () => ReplicaId): OpenReplica => {
  let database: Database.Database | undefined;
  try {
    if (!existsSync(file)) mkdirSync(dirname(file), { recursive: true });
    database = new Database(file);
    prepareDatabase(database, 'replica');
    const store = createReplicaStore(database);
    let loaded = store.load() ?? store.initialise({ ...device, replicaId: newReplicaId() });
    if (loaded.identity.deviceId !== device.deviceId) {
      bind(store, loaded, { ...device, replicaId: newReplicaId() });
      loaded = store.load() ?? loaded;
    }
    const opened = database;
    return { store, loaded, close: () => closeWhole(opened) };
  } catch (error) {
    database?.close();
    throw inWords(error);
  }
};

const bind = (store: ReplicaStore, loaded: LoadedReplica, { replicaId, ...device }: ReplicaIdentity): void => {
  const { identity, applied, ...rest } = forkReplica(replicaFacts(loaded), replicaId);
  store.commit({ rebind: { ...rest, identity: { ...identity, ...device } }, applied });
};

const closeWhole = (database: Database.Database): void => {
  try {
    database.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
};

/** The system's own errors (a folder that cannot be made) as the same typed problem as SQLite's. */
const inWords = (error: unknown): DatabaseProblem => {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code)) {
    return new DatabaseProblem(
      'read_only',
      'The data folder cannot be written to: allow this user to write there, or choose another one with --data.',
      { cause: error },
    );
  }
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new DatabaseProblem('disk_full', 'The disk is full: free some space, then start again.', { cause: error });
  return databaseProblem(error);
};
