import { command } from '@shared/domain/commands';
import * as ids from '@shared/domain/ids';
import { type OwnOutcome, ownOutcome } from '@shared/domain/outcome';
import { TABLES, type TableName } from '@shared/domain/rows';
import { instant } from '@shared/domain/time';
import type { ConfirmedChange, LoadedReplica, ReplicaCommit, ReplicaIdentity } from '@shared/sync/clientEvents';
import { cursor, parseRow } from '@shared/sync/messages';
import { type DBSchema, deleteDB, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import { z } from 'zod';

/** What this browser is to the clinic: given at pairing. */
export const pairing = z.object({
  siteId: ids.siteId,
  siteName: z.string(),
  deviceId: ids.deviceId,
  deviceName: z.string(),
  letter: z.string(),
  token: z.string().min(1),
});
export type Pairing = z.infer<typeof pairing>;

const identity = z.object({ deviceId: ids.deviceId, deviceName: z.string(), letter: z.string(), replicaId: ids.replicaId });
const storedRow = z.object({
  table: z.enum(TABLES as [TableName, ...TableName[]]),
  id: z.string(),
  seq: z.number().int(),
  row: z.unknown(),
});
const storedOutcome = z.object({ commandId: ids.commandId, n: z.number().int(), dismissed: z.boolean(), outcome: ownOutcome });

interface Stores extends DBSchema {
  meta: { key: string; value: unknown };
  applied: { key: string; value: number };
  /** Confirmed rows and tombstones, by table and id. */
  rows: { key: [string, string]; value: unknown };
  outbox: { key: number; value: unknown };
  /** By command; `n` finds the one to dismiss. */
  outcomes: { key: string; value: unknown; indexes: { n: number } };
}

const NAME = 'anteroom.desk';
const ALL = ['meta', 'applied', 'rows', 'outbox', 'outcomes'] as const;
type Writing = IDBPTransaction<Stores, (typeof ALL)[number][], 'readwrite'>;

/** The replica of a browser desk, in IndexedDB: the same commits as on a PC, each one transaction over all its stores (S4). */
export interface BrowserStore {
  pairing(): Promise<Pairing | null>;
  /**
   * Makes this browser the paired device. Paired again with the same clinic it keeps its rows and commands under the new identity (S5);
   * what it held of another clinic is kept as a dated copy.
   */
  initialise(given: Pairing, replicaId: ids.ReplicaId): Promise<void>;
  load(): Promise<LoadedReplica | null>;
  /** All of it or nothing, on the disk when it resolves. Rejects with the browser's own error otherwise. */
  commit(data: ReplicaCommit): Promise<void>;
  close(): void;
}

/** A write whose failure the transaction itself reports. */
const queued = (request: Promise<unknown>): void => void request.catch(() => undefined);

const writeRows = (tx: Writing, changes: readonly ConfirmedChange[]): void => {
  const store = tx.objectStore('rows');
  for (const { table, id, seq, row } of changes) queued(store.put({ table, id, seq, row }, [table, id]));
};

const writeOutcomes = (tx: Writing, outcomes: readonly OwnOutcome[]): void => {
  const store = tx.objectStore('outcomes');
  for (const outcome of outcomes)
    queued(store.put({ commandId: outcome.commandId, n: outcome.n, dismissed: false, outcome }, outcome.commandId));
};

const dismiss = async (tx: Writing, n: number): Promise<void> => {
  const store = tx.objectStore('outcomes');
  const found = storedOutcome.safeParse(await store.index('n').get(n));
  if (found.success) await store.put({ ...found.data, dismissed: true }, found.data.commandId);
};

/** Outcomes that stand get their commands' new numbers; dismissed ones stay known by their command alone (S5). */
const rebind = async (tx: Writing, { identity: bound, outbox, outcomes }: NonNullable<ReplicaCommit['rebind']>): Promise<void> => {
  await tx.objectStore('outbox').clear();
  for (const each of outbox) queued(tx.objectStore('outbox').put(each, each.n));
  queued(tx.objectStore('meta').put(bound, 'identity'));
  queued(tx.objectStore('meta').put(outbox.length, 'lastN'));
  const store = tx.objectStore('outcomes');
  for (const stored of await store.getAll()) {
    const parsed = storedOutcome.safeParse(stored);
    if (parsed.success) queued(store.put({ ...parsed.data, n: -Math.abs(parsed.data.n) }, parsed.data.commandId));
  }
  writeOutcomes(tx, outcomes);
};

/** The commands of a replica under another identity, numbered anew from 1. */
const renumbered = ({ outbox, outcomes }: LoadedReplica, who: ReplicaIdentity): NonNullable<ReplicaCommit['rebind']> => {
  const bound = outbox.map((each, index) => ({ ...each, n: index + 1 }));
  const numbers = new Map(bound.map(({ id, n }) => [id, n]));
  return {
    identity: who,
    outbox: bound,
    outcomes: outcomes.flatMap((outcome) => {
      const n = numbers.get(outcome.commandId);
      return n === undefined ? [] : [{ ...outcome, n }];
    }),
  };
};

const write = async (tx: Writing, data: ReplicaCommit): Promise<void> => {
  const meta = tx.objectStore('meta');
  if (data.replace) {
    queued(tx.objectStore('rows').clear());
    queued(tx.objectStore('applied').clear());
  }
  if (data.rows) writeRows(tx, data.rows);
  for (const [replicaId, n] of Object.entries(data.applied ?? {})) queued(tx.objectStore('applied').put(n, replicaId));
  for (const key of ['cursor', 'clockOffset', 'lastSync'] as const) if (data[key] !== undefined) queued(meta.put(data[key], key));
  if (data.rebind) await rebind(tx, data.rebind);
  for (const each of data.outboxAdd ?? []) queued(tx.objectStore('outbox').add(each, each.n));
  const last = data.outboxAdd?.at(-1);
  if (last) queued(meta.put(last.n, 'lastN'));
  if (data.outboxForgetUpTo !== undefined) queued(tx.objectStore('outbox').delete(IDBKeyRange.upperBound(data.outboxForgetUpTo)));
  if (data.outcomesAdd) {
    const known = new Set(await tx.objectStore('outcomes').getAllKeys());
    writeOutcomes(
      tx,
      data.outcomesAdd.filter(({ commandId }) => !known.has(commandId)),
    );
  }
  if (data.outcomeDismiss !== undefined) await dismiss(tx, data.outcomeDismiss);
};

const readRows = (stored: readonly unknown[]): ConfirmedChange[] =>
  stored.flatMap((each) => {
    const outer = storedRow.safeParse(each);
    if (!outer.success) return [];
    const { table, id, seq, row } = outer.data;
    if (row === null) return [{ table, id, seq, row } as ConfirmedChange];
    const inner = parseRow(table, row);
    // one unreadable row is skipped, never fatal (S14)
    return inner.success ? [{ table, id, seq, row: inner.data } as ConfirmedChange] : [];
  });

const load = async (database: IDBPDatabase<Stores>): Promise<LoadedReplica | null> => {
  const tx = database.transaction([...ALL], 'readonly');
  const meta = tx.objectStore('meta');
  const who = identity.safeParse(await meta.get('identity'));
  if (!who.success) return null;
  const outcomes = (await tx.objectStore('outcomes').getAll()).map((each) => storedOutcome.parse(each));
  const appliedKeys = await tx.objectStore('applied').getAllKeys();
  const appliedValues = await tx.objectStore('applied').getAll();
  return {
    identity: who.data,
    cursor: cursor.nullish().parse(await meta.get('cursor')) ?? null,
    lastN:
      z
        .number()
        .int()
        .optional()
        .parse(await meta.get('lastN')) ?? 0,
    applied: Object.fromEntries(appliedKeys.map((key, index) => [key, appliedValues[index] ?? 0])),
    rows: readRows(await tx.objectStore('rows').getAll()),
    outbox: (await tx.objectStore('outbox').getAll()).map((each) => command.parse(each)),
    outcomes: outcomes
      .filter(({ dismissed }) => !dismissed)
      .map(({ outcome }) => outcome)
      .sort((a, b) => a.n - b.n),
    knownOutcomes: outcomes.map(({ commandId }) => commandId),
    clockOffset:
      z
        .number()
        .optional()
        .parse(await meta.get('clockOffset')) ?? 0,
    lastSync: instant.nullish().parse(await meta.get('lastSync')) ?? null,
  };
};

/** Opens this browser's store, made on first use. Rejects where the browser allows none. */
export const openBrowserStore = async (name = NAME): Promise<BrowserStore> => {
  const database = await openDB<Stores>(name, 1, {
    upgrade(created) {
      for (const store of ['meta', 'applied', 'rows', 'outbox'] as const) created.createObjectStore(store);
      created.createObjectStore('outcomes').createIndex('n', 'n');
    },
  });
  const writing = () => database.transaction([...ALL], 'readwrite', { durability: 'strict' });
  const pairedAs = async (): Promise<Pairing | null> => pairing.safeParse(await database.get('meta', 'pairing')).data ?? null;
  return {
    pairing: pairedAs,
    async initialise(given, replicaId) {
      const { deviceId, deviceName, letter } = given;
      const who: ReplicaIdentity = { deviceId, deviceName, letter, replicaId };
      const former = await pairedAs();
      const held = await load(database);
      if (held && former?.siteId !== given.siteId)
        await keepCopy(database, `${name} ${former?.siteName ?? ''} ${new Date().toISOString().slice(0, 19)}`);
      const tx = writing();
      if (held && former?.siteId === given.siteId) await rebind(tx, renumbered(held, who));
      else for (const store of ALL) queued(tx.objectStore(store).clear());
      queued(tx.objectStore('meta').put(given, 'pairing'));
      queued(tx.objectStore('meta').put(who, 'identity'));
      await tx.done;
    },
    load: () => load(database),
    async commit(data) {
      if (data.keepCopy !== undefined) await keepCopy(database, `${name} ${data.keepCopy}`);
      const tx = writing();
      try {
        await write(tx, data);
        await tx.done;
      } catch (error) {
        // what failed may have left the transaction open: then nothing of it stays
        if (tx.error === null) tx.abort();
        await tx.done.catch(() => undefined);
        throw error;
      }
    },
    close: () => database.close(),
  };
};

/** Keeps all that is stored under another name (S8: no desk drops rows for a server that knows less). */
const keepCopy = async (database: IDBPDatabase<Stores>, name: string): Promise<void> => {
  await deleteDB(name);
  const copy = await openDB(name, 1, {
    upgrade(created) {
      for (const store of ALL) created.createObjectStore(store);
    },
  });
  const source = database.transaction([...ALL], 'readonly');
  const read = await Promise.all(
    ALL.map(async (store) => ({
      store,
      keys: await source.objectStore(store).getAllKeys(),
      values: await source.objectStore(store).getAll(),
    })),
  );
  const copied = copy.transaction([...ALL], 'readwrite', { durability: 'strict' });
  for (const { store, keys, values } of read)
    for (const [index, key] of keys.entries()) queued(copied.objectStore(store).put(values[index], key));
  await copied.done;
  copy.close();
};
