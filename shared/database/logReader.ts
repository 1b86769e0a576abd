import * as ids from '../domain/ids';
import { outcome } from '../domain/outcome';
import { instant } from '../domain/time';
import type { LoggedCommand, LogReader, LogRow } from '../sync/serverEvents';
import type { SqlDriver } from './driver';
import { parseStored } from './metaValues';

interface StoredLogRow {
  readonly seq: number;
  readonly replicaId: string;
  readonly n: number;
  readonly commandId: string;
  readonly deviceId: string;
  readonly receivedAt: number;
  readonly at: number;
  readonly command: string;
  readonly outcome: string;
  readonly chain: string;
}

/** Reads the committed log of a site's file. */
export function createLogReader(driver: SqlDriver): LogReader {
  const byNumber = driver.prepare(
    'SELECT * FROM log WHERE replicaId = ? AND n = ? ' +
      'UNION ALL SELECT log.* FROM logRepeats JOIN log USING (seq) WHERE logRepeats.replicaId = ? AND logRepeats.n = ? LIMIT 1',
  );
  const byCommandId = driver.prepare('SELECT * FROM log WHERE commandId = ?');
  const chainAt = driver.prepare('SELECT chain FROM log WHERE seq = ?');
  const seen = driver.prepare('SELECT n FROM outcomesSeen WHERE replicaId = ?');
  const unseen = driver.prepare(`SELECT * FROM log WHERE replicaId = ? AND n > ? AND status <> 'applied'`);
  const unseenRepeats = driver.prepare(
    'SELECT logRepeats.n AS ownN, log.* FROM logRepeats JOIN log USING (seq) ' +
      `WHERE logRepeats.replicaId = ? AND logRepeats.n > ? AND log.status <> 'applied'`,
  );
  return {
    byNumber(replicaId, n) {
      const row = byNumber.get(replicaId, n, replicaId, n) as StoredLogRow | undefined;
      return row && logRow(row);
    },
    byCommandId(commandId) {
      const row = byCommandId.get(commandId) as StoredLogRow | undefined;
      return row && logRow(row);
    },
    chainAt: (seq) => (chainAt.get(seq) as { chain: string } | undefined)?.chain,
    unseenOutcomes(replicaId) {
      const after = (seen.get(replicaId) as { n: number } | undefined)?.n ?? 0;
      const own = (unseen.all(replicaId, after) as StoredLogRow[]).map(logRow);
      const repeated = (unseenRepeats.all(replicaId, after) as (StoredLogRow & { ownN: number })[]).map((row) => ({
        ...logRow(row),
        replicaId,
        n: row.ownN,
      }));
      return [...own, ...repeated].sort((a, b) => a.n - b.n);
    },
  };
}

const logRow = (row: StoredLogRow): LogRow => ({
  seq: row.seq,
  replicaId: ids.replicaId.parse(row.replicaId),
  n: row.n,
  commandId: ids.commandId.parse(row.commandId),
  deviceId: ids.deviceId.parse(row.deviceId),
  receivedAt: row.receivedAt,
  at: instant.parse(row.at),
  // Written by this program from a parsed command; never parsed again, since older versions stay in the log as they were.
  command: JSON.parse(row.command) as LoggedCommand,
  outcome: parseStored(outcome, row.outcome, `log.${row.seq}`),
  chain: row.chain,
});
