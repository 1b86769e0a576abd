import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseProblem, type SqlDriver } from '@shared/database/driver';
import { MIGRATIONS } from '@shared/database/migrations';
import { prepareDatabase } from '@shared/database/open';
import { createReplicaStore } from '@shared/database/replicaStore';
import { COLUMNS_AGREE } from '@shared/database/rowTypes';
import { createSiteStore } from '@shared/database/siteStore';
import * as ids from '@shared/domain/ids';
import { rowSchemas, TABLES, type TableName } from '@shared/domain/rows';
import { genesisChain } from '@shared/sync/chain';
import type { ConfirmedChange } from '@shared/sync/clientEvents';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rowArbitrary } from './rowArbitrary';

let folder: string;
const open: Database.Database[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-store-'));
});
afterEach(() => {
  for (const driver of open.splice(0)) driver.close();
  rmSync(folder, { recursive: true, force: true });
});

function connect(name = 'test.db', options: Database.Options = {}): Database.Database {
  const driver = new Database(join(folder, name), options);
  open.push(driver);
  return driver;
}
const uuid = (n: number): string => `01930000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const identity = { deviceId: ids.deviceId.parse(uuid(1)), deviceName: 'Desk 1', letter: 'B', replicaId: ids.replicaId.parse(uuid(2)) };
const epoch = ids.epoch.parse(uuid(3));
const founding = { epoch, siteReplicaId: ids.replicaId.parse(uuid(4)), siteDeviceId: ids.deviceId.parse(uuid(5)) };

function replica(name?: string) {
  const driver = connect(name);
  prepareDatabase(driver, 'replica');
  return { driver, store: createReplicaStore(driver) };
}
const problemOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(DatabaseProblem);
    expect((error as Error).message).toMatch(/\.$/);
    return (error as DatabaseProblem).code;
  }
  return 'none';
};
const changeOf = (table: TableName, row: { id: string }, seq: number): ConfirmedChange =>
  ({ table, id: row.id, row, seq }) as unknown as ConfirmedChange;

describe('rows', () => {
  test('the columns of every table are the fields of its schema', () => {
    expect(COLUMNS_AGREE).toBe(true);
    expect(new Set(TABLES).size).toBe(Object.keys(rowSchemas).length);
  });

  test.each(TABLES)('%s: what is written is what is read, overwritten and removed rows too', (table) => {
    const { store } = replica();
    store.initialise(identity);
    fc.assert(
      fc.property(rowArbitrary(table), rowArbitrary(table), (row, later) => {
        const changed = { ...later, id: row.id };
        store.commit({ replace: true, rows: [changeOf(table, row, 1)], applied: {} });
        expect(store.load()?.rows).toEqual([changeOf(table, row, 1)]);
        store.commit({ rows: [changeOf(table, changed, 2)] });
        expect(store.load()?.rows).toEqual([changeOf(table, changed, 2)]);
        store.commit({ rows: [{ table, id: row.id, row: null, seq: 3 } as ConfirmedChange] });
        expect(store.load()?.rows).toEqual([{ table, id: row.id, row: null, seq: 3 }]);
        expect(store.skipped).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  test('S14: an unreadable row is skipped and reported, and the others are read', () => {
    const { store, driver } = replica();
    store.initialise(identity);
    const [good, bad] = fc.sample(rowArbitrary('queues'), { numRuns: 2, seed: 1 });
    if (!good || !bad) throw new Error('no sample');
    store.commit({ rows: [changeOf('queues', good, 1), changeOf('queues', bad, 2)] });
    driver.prepare(`UPDATE queues SET weights = 'not json' WHERE id = ?`).run(bad.id);
    expect(store.load()?.rows).toEqual([changeOf('queues', good, 1)]);
    expect(store.skipped).toMatchObject([{ table: 'queues', id: bad.id }]);
  });
});

describe('the replica', () => {
  test('S4: a commit is written whole or not at all', () => {
    const { store, driver } = replica();
    store.initialise(identity);
    const [row] = fc.sample(rowArbitrary('pools'), { numRuns: 1, seed: 2 });
    if (!row) throw new Error('no sample');
    const command = { n: 1, id: uuid(9) } as never;
    const cursor = { epoch, seq: 5, chain: 'x' };
    expect(problemOf(() => store.commit({ rows: [changeOf('pools', row, 1)], cursor, outboxAdd: [command, command] }))).toBe('failed');
    expect(store.load()).toMatchObject({ rows: [], cursor: null, outbox: [], lastN: 0 });
    expect(driver.inTransaction).toBe(false);
  });

  test('S4: every connection syncs fully, in WAL', () => {
    const { driver } = replica();
    expect(driver.pragma('synchronous', { simple: true })).toBe(2);
    expect(driver.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(driver.pragma('foreign_keys', { simple: true })).toBe(1);
  });

  test('a new file holds nobody until it is initialised, and then the same after a restart', () => {
    const { store, driver } = replica();
    expect(store.load()).toBeNull();
    const loaded = store.initialise(identity);
    expect(loaded).toMatchObject({ identity, cursor: null, lastN: 0, rows: [], outbox: [] });
    driver.close();
    open.pop();
    expect(replica().store.load()).toEqual(loaded);
  });

  test('S8: a copy of the whole file is kept before a swap that asks for it', () => {
    const { store } = replica();
    store.initialise(identity);
    store.commit({ replace: true, rows: [], applied: {}, keepCopy: 'before-recovery' });
    store.commit({ replace: true, rows: [], applied: {}, keepCopy: 'before-recovery' });
    expect(
      readdirSync(folder)
        .filter((name) => name.includes('before-recovery'))
        .sort(),
    ).toEqual(['test.db.before-recovery', 'test.db.before-recovery-2']);
  });
});

describe('the site', () => {
  const site = () => {
    const driver = connect('site.db');
    prepareDatabase(driver, 'site');
    return createSiteStore(driver);
  };

  test('a new history starts at its epoch’s chain', () => {
    const store = site();
    expect(store.load()).toBeNull();
    expect(store.initialise(founding)).toMatchObject({ ...founding, head: 0, chain: genesisChain(epoch), rows: [], applied: {} });
  });

  test('device secrets are kept as hashes, one per device', () => {
    const store = site();
    store.putDeviceSecret(identity.deviceId, 'one');
    store.putDeviceSecret(identity.deviceId, 'two');
    expect(store.deviceSecret(identity.deviceId)).toBe('two');
    expect(store.deviceSecret(uuid(77))).toBeUndefined();
  });
});

describe('opening', () => {
  const STEPS = [...MIGRATIONS, 'CREATE TABLE extra (id TEXT PRIMARY KEY);'];

  test('an empty file gets every migration', () => {
    const { driver } = replica();
    expect(driver.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
    const tables = (driver.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all() as { name: string }[]).map(
      (row) => row.name,
    );
    for (const table of TABLES) expect(tables).toContain(table);
  });

  test('an older file is copied before it is migrated, and the copy is the file as it was', () => {
    const { driver, store } = replica();
    store.initialise(identity);
    prepareDatabase(driver, 'replica', { migrations: STEPS });
    expect(driver.pragma('user_version', { simple: true })).toBe(STEPS.length);
    const [copy] = readdirSync(folder).filter((name) => name.includes('before-v'));
    const kept = connect(copy);
    expect(kept.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
    prepareDatabase(kept, 'replica');
    expect(createReplicaStore(kept).load()?.identity).toEqual(identity);
  });

  test('a migration that fails leaves the file as it was', () => {
    const { driver, store } = replica();
    store.initialise(identity);
    expect(problemOf(() => prepareDatabase(driver, 'replica', { migrations: [...STEPS, 'CREATE nonsense'] }))).toBe('failed');
    expect(driver.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
    expect(store.load()?.identity).toEqual(identity);
  });

  test('a file of a newer version is refused and left untouched', () => {
    const { driver, store } = replica();
    const loaded = store.initialise(identity);
    driver.pragma(`user_version = ${MIGRATIONS.length + 1}`);
    expect(problemOf(() => prepareDatabase(driver, 'replica'))).toBe('newer_version');
    expect(store.load()).toEqual(loaded);
    expect(readdirSync(folder).some((name) => name.includes('before'))).toBe(false);
  });

  test('a file of the other kind, of another program, or of no database is refused', () => {
    const { driver } = replica();
    expect(problemOf(() => prepareDatabase(driver, 'site'))).toBe('failed');
    const other = connect('other.db');
    other.exec('CREATE TABLE notes (text TEXT)');
    expect(problemOf(() => prepareDatabase(other, 'site'))).toBe('failed');
    const text = connect('text.db');
    text.exec('CREATE TABLE x (y)');
    text.close();
    open.pop();
    writeGarbage(join(folder, 'text.db'));
    expect(problemOf(() => prepareDatabase(connect('text.db'), 'site'))).toBe('corrupt');
  });

  test('a read-only file says so', () => {
    const { driver, store } = replica();
    store.initialise(identity);
    driver.pragma('wal_checkpoint(TRUNCATE)');
    const reader: SqlDriver = connect('test.db', { readonly: true });
    expect(problemOf(() => createReplicaStore(reader).commit({ lastSync: 1 as never }))).toBe('read_only');
  });

  test('a full disk says so, loses nothing, and goes on once there is space', () => {
    const { driver, store } = replica();
    store.initialise(identity);
    const pages = Number(driver.pragma('page_count', { simple: true }));
    driver.pragma(`max_page_count = ${pages + 2}`);
    const rows = fc.sample(rowArbitrary('entries'), { numRuns: 300, seed: 3 }).map((row, index) => changeOf('entries', row, index + 1));
    expect(problemOf(() => store.commit({ rows }))).toBe('disk_full');
    expect(driver.inTransaction).toBe(false);
    expect(store.load()?.rows).toEqual([]);
    driver.pragma('max_page_count = 1000000');
    store.commit({ rows });
    expect(store.load()?.rows.length).toBeGreaterThan(200);
  });
});

function writeGarbage(file: string): void {
  writeFileSync(file, 'this is a text file and no database at all, however long it goes on '.repeat(40));
}
