import { z } from 'zod';
import { type Command, command } from '../domain/commands';
import * as ids from '../domain/ids';
import { type OwnOutcome, ownOutcome } from '../domain/outcome';
import { instant } from '../domain/time';
import type { LoadedReplica, ReplicaCommit, ReplicaIdentity } from '../sync/clientEvents';
import { cursor } from '../sync/messages';
import { inTransaction, type SqlDriver } from './driver';
import { createMetaValues, parseStored } from './metaValues';
import { copyBeside } from './open';
import { createRowStatements, type UnreadableRow } from './rowStatements';

const identity = z.object({ deviceId: ids.deviceId, deviceName: z.string(), letter: z.string(), replicaId: ids.replicaId });
const whole = z.number().int();

export interface ReplicaStore {
  /** Everything that a core needs, or null in a new file. @throws DatabaseProblem */
  load(): LoadedReplica | null;
  /** Makes a new file this device's replica. @throws DatabaseProblem */
  initialise(identity: ReplicaIdentity): LoadedReplica;
  /** Writes one commit, all of it or nothing (S4). @throws DatabaseProblem */
  commit(data: ReplicaCommit): void;
  /** Rows that the last `load` could not read, to be reported (S14). */
  readonly skipped: readonly UnreadableRow[];
}

/** The store of a desk on a connection that `prepareDatabase` made ready. */
export function createReplicaStore(driver: SqlDriver): ReplicaStore {
  const meta = createMetaValues(driver);
  const rows = createRowStatements(driver);
  const skipped: UnreadableRow[] = [];
  const outbox = createOutboxStatements(driver);
  const appliedUpsert = driver.prepare(
    'INSERT INTO applied (replicaId, n) VALUES (?, ?) ON CONFLICT (replicaId) DO UPDATE SET n = excluded.n',
  );
  const appliedAll = driver.prepare('SELECT replicaId, n FROM applied');

  function write(data: ReplicaCommit): void {
    if (data.replace) {
      rows.clear();
      driver.exec('DELETE FROM applied');
    }
    if (data.rows) rows.write(data.rows);
    if (data.cursor) meta.write('cursor', data.cursor);
    for (const [replicaId, n] of Object.entries(data.applied ?? {})) appliedUpsert.run(replicaId, n);
    if (data.rebind) {
      meta.write('identity', data.rebind.identity);
      outbox.rebind(data.rebind.outbox, data.rebind.outcomes);
      meta.write('lastN', data.rebind.outbox.length);
    }
    if (data.outboxAdd && data.outboxAdd.length > 0) {
      outbox.add(data.outboxAdd);
      meta.write('lastN', Math.max(...data.outboxAdd.map((each) => each.n)));
    }
    if (data.outboxForgetUpTo !== undefined) outbox.forgetUpTo(data.outboxForgetUpTo);
    if (data.outcomesAdd) outbox.addOutcomes(data.outcomesAdd);
    if (data.outcomeDismiss !== undefined) outbox.dismiss(data.outcomeDismiss);
    if (data.clockOffset !== undefined) meta.write('clockOffset', data.clockOffset);
    if (data.lastSync !== undefined) meta.write('lastSync', data.lastSync);
  }

  function load(): LoadedReplica | null {
    const who = meta.read('identity', identity);
    if (!who) return null;
    skipped.length = 0;
    return {
      identity: who,
      cursor: meta.read('cursor', cursor) ?? null,
      lastN: meta.read('lastN', whole) ?? 0,
      applied: Object.fromEntries((appliedAll.all() as { replicaId: string; n: number }[]).map((row) => [row.replicaId, row.n])),
      rows: rows.readAll(skipped),
      outbox: outbox.all(),
      outcomes: outbox.standingOutcomes(),
      knownOutcomes: outbox.knownOutcomes(),
      clockOffset: meta.read('clockOffset', z.number()) ?? 0,
      lastSync: meta.read('lastSync', instant) ?? null,
    };
  }

  return {
    load,
    initialise(who) {
      inTransaction(driver, () => meta.write('identity', who));
      const loaded = load();
      if (!loaded) throw new TypeError('a replica that was just written is not there');
      return loaded;
    },
    commit(data) {
      if (data.keepCopy !== undefined && !driver.memory) copyBeside(driver, data.keepCopy);
      inTransaction(driver, () => write(data));
    },
    skipped,
  };
}

/** The outbox and the outcomes of its commands. */
function createOutboxStatements(driver: SqlDriver) {
  const insert = driver.prepare('INSERT INTO outbox (n, commandId, command) VALUES (?, ?, ?)');
  const forget = driver.prepare('DELETE FROM outbox WHERE n <= ?');
  const select = driver.prepare('SELECT command FROM outbox ORDER BY n');
  const outcomeInsert = driver.prepare(
    'INSERT INTO ownOutcomes (commandId, n, outcome, dismissed) VALUES (?, ?, ?, 0) ON CONFLICT (commandId) DO NOTHING',
  );
  const outcomeDismiss = driver.prepare('UPDATE ownOutcomes SET dismissed = 1 WHERE n = ?');
  const outcomeRenumber = driver.prepare('UPDATE ownOutcomes SET n = ?, outcome = ? WHERE commandId = ?');
  const outcomeStanding = driver.prepare('SELECT outcome FROM ownOutcomes WHERE dismissed = 0 ORDER BY n');
  const outcomeKnown = driver.prepare('SELECT commandId FROM ownOutcomes');
  const add = (commands: readonly Command[]): void => {
    for (const each of commands) insert.run(each.n, each.id, JSON.stringify(each));
  };
  return {
    add,
    addOutcomes(outcomes: readonly OwnOutcome[]): void {
      for (const each of outcomes) outcomeInsert.run(each.commandId, each.n, JSON.stringify(each));
    },
    dismiss: (n: number) => outcomeDismiss.run(n),
    forgetUpTo: (n: number) => forget.run(n),
    rebind(commands: readonly Command[], outcomes: readonly OwnOutcome[]): void {
      driver.exec('DELETE FROM outbox');
      add(commands);
      // Dismissed outcomes have no number any more: they stay known by their command alone.
      driver.exec('UPDATE ownOutcomes SET n = -n WHERE n > 0');
      for (const each of outcomes) outcomeRenumber.run(each.n, JSON.stringify(each), each.commandId);
    },
    all: (): Command[] => (select.all() as { command: string }[]).map((row) => parseStored(command, row.command, 'outbox')),
    standingOutcomes: (): OwnOutcome[] =>
      (outcomeStanding.all() as { outcome: string }[]).map((row) => parseStored(ownOutcome, row.outcome, 'ownOutcomes')),
    knownOutcomes: () => (outcomeKnown.all() as { commandId: string }[]).map((row) => ids.commandId.parse(row.commandId)),
  };
}
