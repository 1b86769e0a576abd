/**
 * What this folder needs of a SQLite connection: better-sqlite3's `Database` satisfies it, and the hosts inject it, so that
 * nothing in `shared` imports a native module.
 */

/** What SQLite binds and returns here; no blobs and no bigints. */
export type SqlValue = string | number | null;

export interface SqlStatement {
  run(...values: SqlValue[]): { readonly changes: number };
  get(...values: SqlValue[]): unknown;
  all(...values: SqlValue[]): unknown[];
}

export interface SqlDriver {
  /** Path of the file. */
  readonly name: string;
  /** Whether the database lives in memory alone. */
  readonly memory: boolean;
  readonly inTransaction: boolean;
  prepare(sql: string): SqlStatement;
  /** Runs one or more statements without values. */
  exec(sql: string): unknown;
  pragma(source: string, options?: { simple?: boolean }): unknown;
}

export type DatabaseProblemCode = 'newer_version' | 'read_only' | 'disk_full' | 'corrupt' | 'busy' | 'failed';

/** A database that cannot be used, in a sentence that names the fix. */
export class DatabaseProblem extends Error {
  override readonly name = 'DatabaseProblem';
  constructor(
    readonly code: DatabaseProblemCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const SQLITE_PROBLEMS: readonly (readonly [prefix: string, code: DatabaseProblemCode, fix: string])[] = [
  ['SQLITE_FULL', 'disk_full', 'The disk is full: free some space, then try again.'],
  ['SQLITE_READONLY', 'read_only', 'The data folder is read-only: allow writing to it, or choose another one.'],
  ['SQLITE_CANTOPEN', 'read_only', 'The database file cannot be opened for writing: check the data folder and its permissions.'],
  ['SQLITE_PERM', 'read_only', 'The data folder refuses access: allow this user to write to it.'],
  ['SQLITE_CORRUPT', 'corrupt', 'The database file is damaged: restore it from a backup.'],
  ['SQLITE_NOTADB', 'corrupt', 'The file is not a database: choose another data folder, or restore it from a backup.'],
  ['SQLITE_BUSY', 'busy', 'Another program is using the database: close the other Anteroom, then try again.'],
  ['SQLITE_LOCKED', 'busy', 'Another program is using the database: close the other Anteroom, then try again.'],
];

/** The typed problem behind an error of the driver; a `DatabaseProblem` passes through. */
export function databaseProblem(error: unknown): DatabaseProblem {
  if (error instanceof DatabaseProblem) return error;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const text = error instanceof Error ? error.message : String(error);
  const known = SQLITE_PROBLEMS.find(([prefix]) => code.startsWith(prefix));
  if (known) return new DatabaseProblem(known[1], known[2], { cause: error });
  return new DatabaseProblem('failed', `The database failed: ${text}${code ? ` (${code})` : ''}.`, { cause: error });
}

/**
 * Runs `work` in one `BEGIN IMMEDIATE` transaction (S4): all of it or nothing.
 * @throws DatabaseProblem after rolling back.
 */
export function inTransaction<T>(driver: SqlDriver, work: () => T): T {
  try {
    driver.exec('BEGIN IMMEDIATE');
    const result = work();
    driver.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk may have ended the transaction already.
    if (driver.inTransaction) driver.exec('ROLLBACK');
    throw databaseProblem(error);
  }
}
