import { DatabaseProblem, databaseProblem, inTransaction, type SqlDriver } from './driver';
import { MIGRATIONS } from './migrations';

/** What a file holds: a desk's replica or the site's log. */
export type DatabaseKind = 'replica' | 'site';

/** Milliseconds that a statement waits for another connection's lock. */
const BUSY_TIMEOUT = 5_000;
/** Copies made before migrating are numbered when an earlier try left one behind. */
const MOST_COPIES = 9;

export interface OpenOptions {
  /** The migrations to bring the file up to; the program's own. */
  readonly migrations?: readonly string[];
}

/**
 * Makes an open connection ready: pragmas (S4: `synchronous=FULL` on every connection), then migrations, after a `VACUUM INTO`
 * copy beside the file when it already held something. `PRAGMA user_version` counts the migrations that a file has had.
 * @throws DatabaseProblem `newer_version` when a newer program wrote the file, which is left untouched; `failed` for a file of
 * another kind; `read_only`, `disk_full`, `corrupt`, `busy` as SQLite says.
 */
export function prepareDatabase(driver: SqlDriver, kind: DatabaseKind, options: OpenOptions = {}): void {
  const migrations = options.migrations ?? MIGRATIONS;
  try {
    driver.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
    const version = readVersion(driver);
    if (version > migrations.length) {
      throw new DatabaseProblem(
        'newer_version',
        `The data was written by a newer version of Anteroom (${version}, this one knows ${migrations.length}): install the newer version.`,
      );
    }
    if (version > 0) refuseOtherKind(driver, kind);
    else if (hasTables(driver))
      throw new DatabaseProblem('failed', `${driver.name} is not a database of Anteroom: choose another data folder.`);
    driver.pragma('journal_mode = WAL');
    driver.pragma('synchronous = FULL');
    driver.pragma('foreign_keys = ON');
    driver.pragma('secure_delete = ON');
    if (version < migrations.length) migrate(driver, kind, version, migrations);
  } catch (error) {
    throw databaseProblem(error);
  }
}

/**
 * Copies the whole database to a file beside it, as one consistent state: `<file>.<suffix>`, numbered when taken.
 * @returns the copy's path.
 */
export function copyBeside(driver: SqlDriver, suffix: string): string {
  for (let copy = 1; ; copy += 1) {
    const path = `${driver.name}.${suffix}${copy === 1 ? '' : `-${copy}`}`;
    try {
      driver.prepare('VACUUM INTO ?').run(path);
      return path;
    } catch (error) {
      const taken = error instanceof Error && error.message.includes('already exists');
      if (!taken || copy === MOST_COPIES) throw databaseProblem(error);
    }
  }
}

function migrate(driver: SqlDriver, kind: DatabaseKind, from: number, migrations: readonly string[]): void {
  if (from > 0 && !driver.memory) copyBeside(driver, `before-v${migrations.length}`);
  inTransaction(driver, () => {
    for (const sql of migrations.slice(from)) driver.exec(sql);
    if (from === 0) driver.prepare(`INSERT INTO meta (key, value) VALUES ('kind', ?)`).run(JSON.stringify(kind));
    driver.pragma(`user_version = ${migrations.length}`);
  });
}

const readVersion = (driver: SqlDriver): number => Number(driver.pragma('user_version', { simple: true }));

const hasTables = (driver: SqlDriver): boolean =>
  driver.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' LIMIT 1`).get() !== undefined;

function refuseOtherKind(driver: SqlDriver, kind: DatabaseKind): void {
  const row = driver.prepare(`SELECT value FROM meta WHERE key = 'kind'`).get() as { value: string } | undefined;
  if (row && row.value !== JSON.stringify(kind)) {
    const [has, wanted] = kind === 'site' ? ["a desk's replica", "a site's log"] : ["a site's log", "a desk's replica"];
    throw new DatabaseProblem('failed', `${driver.name} holds ${has}, not ${wanted}: choose another data folder.`);
  }
}
