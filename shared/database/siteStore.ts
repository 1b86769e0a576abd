import { z } from 'zod';
import * as ids from '../domain/ids';
import { instant } from '../domain/time';
import { genesisChain } from '../sync/chain';
import type { LoadedSite, LogReader, ReplicaRecord, SiteCommit } from '../sync/serverEvents';
import { inTransaction, type SqlDriver } from './driver';
import { createLogReader } from './logReader';
import { createMetaValues } from './metaValues';
import { createRowStatements, type UnreadableRow } from './rowStatements';

const whole = z.number().int();

interface SiteIdentity {
  readonly epoch: ids.Epoch;
  readonly siteReplicaId: ids.ReplicaId;
  readonly siteDeviceId: ids.DeviceId;
}

export interface SiteStore {
  /** Everything that a core needs, or null in a new file. @throws DatabaseProblem */
  load(): LoadedSite | null;
  /** Founds a history in a new file. @throws DatabaseProblem */
  initialise(identity: SiteIdentity): LoadedSite;
  /** Writes one commit: rows, log, watermarks, outcomes, all of it or nothing (S4). @throws DatabaseProblem */
  commit(data: SiteCommit): void;
  readonly log: LogReader;
  /** Stores the sha256 (hex) of a device's token. @throws DatabaseProblem */
  putDeviceSecret(deviceId: ids.DeviceId, tokenHash: string): void;
  /** The sha256 (hex) of a device's token, or undefined for a device that was never paired. */
  deviceSecret(deviceId: string): string | undefined;
  /** Rows that the last `load` could not read, to be reported (S14). */
  readonly skipped: readonly UnreadableRow[];
}

/** The store of the site on a connection that `prepareDatabase` made ready. */
export function createSiteStore(driver: SqlDriver): SiteStore {
  const meta = createMetaValues(driver);
  const rows = createRowStatements(driver);
  const skipped: UnreadableRow[] = [];
  const upsertN = (table: 'applied' | 'outcomesSeen') =>
    driver.prepare(`INSERT INTO ${table} (replicaId, n) VALUES (?, ?) ON CONFLICT (replicaId) DO UPDATE SET n = excluded.n`);
  const appliedUpsert = upsertN('applied');
  const seenUpsert = upsertN('outcomesSeen');
  const logInsert = driver.prepare(
    'INSERT INTO log (seq, replicaId, n, commandId, deviceId, receivedAt, at, command, status, outcome, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const repeatInsert = driver.prepare('INSERT INTO logRepeats (replicaId, n, seq) VALUES (?, ?, ?)');
  const privateInsert = driver.prepare('INSERT INTO privateRows (seq, salt, data) VALUES (?, ?, ?)');
  const replicaUpsert = driver.prepare(
    'INSERT INTO replicas (replicaId, deviceId, contactAt) VALUES (?, ?, ?) ' +
      'ON CONFLICT (replicaId) DO UPDATE SET deviceId = excluded.deviceId, contactAt = excluded.contactAt',
  );
  const secretUpsert = driver.prepare(
    'INSERT INTO deviceSecrets (deviceId, tokenHash) VALUES (?, ?) ON CONFLICT (deviceId) DO UPDATE SET tokenHash = excluded.tokenHash',
  );
  const secretSelect = driver.prepare('SELECT tokenHash FROM deviceSecrets WHERE deviceId = ?');

  function write(data: SiteCommit): void {
    rows.write(data.rows);
    for (const row of data.log) {
      logInsert.run(
        row.seq,
        row.replicaId,
        row.n,
        row.commandId,
        row.deviceId,
        row.receivedAt,
        row.at,
        JSON.stringify(row.command),
        row.outcome.status,
        JSON.stringify(row.outcome),
        row.chain,
      );
    }
    for (const row of data.private) privateInsert.run(row.seq, row.salt, row.data);
    for (const row of data.repeats ?? []) repeatInsert.run(row.replicaId, row.n, row.seq);
    for (const [replicaId, n] of Object.entries(data.applied)) appliedUpsert.run(replicaId, n);
    for (const [replicaId, n] of Object.entries(data.outcomesSeen ?? {})) seenUpsert.run(replicaId, n);
    for (const [replicaId, record] of Object.entries(data.replicas ?? {})) replicaUpsert.run(replicaId, record.deviceId, record.contactAt);
    meta.write('head', data.head);
    meta.write('chain', data.chain);
  }

  const numbers = (table: 'applied' | 'outcomesSeen'): Record<string, number> =>
    Object.fromEntries(
      (driver.prepare(`SELECT replicaId, n FROM ${table}`).all() as { replicaId: string; n: number }[]).map((row) => [
        row.replicaId,
        row.n,
      ]),
    );

  function replicas(): Record<string, ReplicaRecord> {
    const stored = driver.prepare('SELECT replicaId, deviceId, contactAt FROM replicas').all() as {
      replicaId: string;
      deviceId: string;
      contactAt: number;
    }[];
    return Object.fromEntries(
      stored.map((row) => [row.replicaId, { deviceId: ids.deviceId.parse(row.deviceId), contactAt: instant.parse(row.contactAt) }]),
    );
  }

  function load(): LoadedSite | null {
    const epoch = meta.read('epoch', ids.epoch);
    const siteReplicaId = meta.read('siteReplicaId', ids.replicaId);
    const siteDeviceId = meta.read('siteDeviceId', ids.deviceId);
    if (!epoch || !siteReplicaId || !siteDeviceId) return null;
    skipped.length = 0;
    return {
      epoch,
      siteReplicaId,
      siteDeviceId,
      head: meta.read('head', whole) ?? 0,
      chain: meta.read('chain', z.string()) ?? genesisChain(epoch),
      historyFrom: meta.read('historyFrom', whole) ?? 0,
      backupSeq: meta.read('backupSeq', whole) ?? 0,
      rows: rows.readAll(skipped),
      applied: numbers('applied'),
      outcomesSeen: numbers('outcomesSeen'),
      replicas: replicas(),
    };
  }

  return {
    load,
    initialise(identity) {
      inTransaction(driver, () => {
        for (const [key, value] of Object.entries(identity)) meta.write(key, value);
      });
      const loaded = load();
      if (!loaded) throw new TypeError('a site that was just founded is not there');
      return loaded;
    },
    commit: (data) => inTransaction(driver, () => write(data)),
    log: createLogReader(driver),
    putDeviceSecret: (deviceId, tokenHash) => inTransaction(driver, () => void secretUpsert.run(deviceId, tokenHash)),
    deviceSecret: (deviceId) => (secretSelect.get(deviceId) as { tokenHash: string } | undefined)?.tokenHash,
    skipped,
  };
}
