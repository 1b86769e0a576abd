import type { z } from 'zod';
import { DatabaseProblem, type SqlDriver } from './driver';

/** The `meta` table: single values as JSON, parsed by a schema when read. */
export interface MetaValues {
  /** The value, or undefined when it was never written. @throws DatabaseProblem `corrupt` when the schema refuses it. */
  read<S extends z.ZodType>(key: string, schema: S): z.infer<S> | undefined;
  write(key: string, value: unknown): void;
}

export function createMetaValues(driver: SqlDriver): MetaValues {
  const select = driver.prepare('SELECT value FROM meta WHERE key = ?');
  const upsert = driver.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
  return {
    read(key, schema) {
      const row = select.get(key) as { value: string } | undefined;
      return row === undefined ? undefined : parseStored(schema, row.value, `meta.${key}`);
    },
    write(key, value) {
      upsert.run(key, JSON.stringify(value));
    },
  };
}

/** Parses stored JSON. @throws DatabaseProblem `corrupt`, naming the place. */
export function parseStored<S extends z.ZodType>(schema: S, json: string, place: string): z.infer<S> {
  try {
    return schema.parse(JSON.parse(json));
  } catch (error) {
    throw new DatabaseProblem('corrupt', `The database file is damaged (${place} is unreadable): restore it from a backup.`, {
      cause: error,
    });
  }
}
