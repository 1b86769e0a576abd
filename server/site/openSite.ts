import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { prepareDatabase } from '@shared/database/open';
import { createSiteStore, type SiteStore } from '@shared/database/siteStore';
import { deviceId, epoch, replicaId } from '@shared/domain/ids';
import type { LoadedSite } from '@shared/sync/serverEvents';
import Database from 'better-sqlite3';
import { uuidv7 } from 'uuidv7';
import type { Logger, TimedQuery } from '../operations/log';

export interface OpenSite {
  readonly file: string;
  readonly store: SiteStore;
  readonly loaded: LoadedSite;
  close(): void;
}

/**
 * Opens `site.db` of the data folder, or founds a history in a new one.
 *
 * @throws DatabaseProblem or SQLite's error: newer version, read-only, full, damaged, in use.
 */
export const openSite = (dataDir: string, log: Logger, timed: TimedQuery): OpenSite => {
  const file = join(dataDir, 'site.db');
  // for its owner alone, as SQLite's files beside it then are
  closeSync(openSync(file, 'a', 0o600));
  const database = new Database(file);
  try {
    timed('prepare database', () => prepareDatabase(database, 'site'));
    const store = createSiteStore(database);
    const loaded =
      timed('load site', () => store.load()) ??
      store.initialise({ epoch: epoch.parse(uuidv7()), siteReplicaId: replicaId.parse(uuidv7()), siteDeviceId: deviceId.parse(uuidv7()) });
    for (const { table, id } of store.skipped) log.error({ table, id }, 'unreadable row skipped');
    return { file, store, loaded, close: () => void database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
};
