import { getTableColumns } from 'drizzle-orm';
import { type RowChange, TABLES, type TableName } from '../domain/rows';
import type { ConfirmedChange } from '../sync/clientEvents';
import { parseRow } from '../sync/messages';
import type { SqlDriver, SqlStatement, SqlValue } from './driver';
import { ROW_TABLES } from './rowTypes';

/** A stored row that its schema refuses: skipped and reported, never fatal (S14). */
export interface UnreadableRow {
  readonly table: TableName;
  readonly id: string;
  readonly why: string;
}

export interface RowStatements {
  /** Writes changed rows; a removal leaves a tombstone. Inside the caller's transaction. */
  write(changes: readonly ConfirmedChange[]): void;
  /** Removes every row of every table, tombstones too, before a snapshot takes their place. */
  clear(): void;
  /** Every row, tombstones as `row: null`; unreadable ones go to `skipped`. */
  readAll(skipped: UnreadableRow[]): ConfirmedChange[];
}

interface Column {
  readonly name: string;
  encode(value: unknown): SqlValue;
  decode(value: unknown): unknown;
}

interface TableStatements {
  readonly table: TableName;
  readonly columns: readonly Column[];
  readonly upsert: SqlStatement;
  readonly tombstone: SqlStatement;
  readonly clear: SqlStatement;
  readonly all: SqlStatement;
}

const quoted = (name: string): string => `"${name}"`;

/** Drizzle's own mapping of a column (JSON, booleans), with null passed through as drizzle does. */
function columnsOf(table: TableName): Column[] {
  return Object.values(getTableColumns(ROW_TABLES[table]))
    .filter((column) => column.name !== 'seq' && column.name !== 'deleted')
    .map((column) => ({
      name: column.name,
      encode: (value) => (value === null || value === undefined ? null : (column.mapToDriverValue(value as never) as SqlValue)),
      decode: (value) => (value === null ? null : column.mapFromDriverValue(value as never)),
    }));
}

function statementsOf(driver: SqlDriver, table: TableName): TableStatements {
  const columns = columnsOf(table);
  const names = [...columns.map((column) => column.name), 'seq', 'deleted'];
  const updates = names.filter((name) => name !== 'id').map((name) => `${quoted(name)} = excluded.${quoted(name)}`);
  return {
    table,
    columns,
    upsert: driver.prepare(
      `INSERT INTO ${quoted(table)} (${names.map(quoted).join(', ')}) VALUES (${names.map(() => '?').join(', ')}) ` +
        `ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`,
    ),
    tombstone: driver.prepare(`UPDATE ${quoted(table)} SET deleted = 1, seq = ? WHERE id = ?`),
    clear: driver.prepare(`DELETE FROM ${quoted(table)}`),
    all: driver.prepare(`SELECT ${names.map(quoted).join(', ')} FROM ${quoted(table)} ORDER BY seq`),
  };
}

/** Statements that read and write the rows of every table, made from the drizzle columns and prepared once. */
export function createRowStatements(driver: SqlDriver): RowStatements {
  const tables = new Map(TABLES.map((table) => [table, statementsOf(driver, table)]));
  const of = (table: TableName): TableStatements => {
    const found = tables.get(table);
    if (!found) throw new TypeError(`no table ${table}`);
    return found;
  };
  return {
    write(changes) {
      for (const change of changes) {
        const { columns, upsert, tombstone } = of(change.table);
        if (change.row === null) {
          tombstone.run(change.seq, change.id);
          continue;
        }
        const row: Readonly<Record<string, unknown>> = change.row;
        upsert.run(...columns.map((column) => column.encode(row[column.name])), change.seq, 0);
      }
    },
    clear() {
      for (const { clear } of tables.values()) clear.run();
    },
    readAll(skipped) {
      const changes: ConfirmedChange[] = [];
      for (const { table, columns, all } of tables.values()) {
        for (const stored of all.all() as Record<string, unknown>[]) changes.push(...readRow(table, columns, stored, skipped));
      }
      return changes;
    },
  };
}

function readRow(
  table: TableName,
  columns: readonly Column[],
  stored: Record<string, unknown>,
  skipped: UnreadableRow[],
): ConfirmedChange[] {
  const id = String(stored.id);
  const seq = Number(stored.seq);
  if (stored.deleted === 1) return [{ table, id, row: null, seq }];
  try {
    const row = Object.fromEntries(columns.map((column) => [column.name, column.decode(stored[column.name])]));
    const parsed = parseRow(table, row);
    if (parsed.success) return [{ table, id, row: parsed.data, seq } as RowChange & { seq: number }];
    const issue = parsed.error.issues[0];
    skipped.push({ table, id, why: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unreadable'}` });
  } catch (error) {
    skipped.push({ table, id, why: error instanceof Error ? error.message : String(error) });
  }
  return [];
}
