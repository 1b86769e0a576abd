import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Command } from '../domain/commands';
import type * as ids from '../domain/ids';
import type { Outcome, OutcomeStatus, OwnOutcome } from '../domain/outcome';
import type { Instant } from '../domain/time';
import type { LoggedCommand } from '../sync/serverEvents';

/**
 * What the two stores keep beside the confirmed rows. One schema and one line of migrations serve both files; `meta.kind`
 * says which of them a file is, so that a site's file is never opened as a desk's.
 */

/** Single values, as JSON: `kind`, the cursor, the identity, the head of the log … */
export const meta = sqliteTable('meta', { key: text().primaryKey(), value: text({ mode: 'json' }).$type<unknown>().notNull() });

/** The highest `n` of each replica that the confirmed rows contain (S3). */
export const applied = sqliteTable('applied', { replicaId: text().$type<ids.ReplicaId>().primaryKey(), n: integer().notNull() });

// desks

/** One row per command of this replica, kept until a verified backup of the server covers it (S2, S8). */
export const outbox = sqliteTable('outbox', {
  n: integer().primaryKey(),
  commandId: text().$type<ids.CommandId>().notNull().unique(),
  command: text({ mode: 'json' }).$type<Command>().notNull(),
});

/** Outcomes of this replica's commands; dismissed ones stay known, so that none is shown twice (S7). */
export const ownOutcomes = sqliteTable('ownOutcomes', {
  commandId: text().$type<ids.CommandId>().primaryKey(),
  n: integer().notNull(),
  outcome: text({ mode: 'json' }).$type<OwnOutcome>().notNull(),
  dismissed: integer({ mode: 'boolean' }).notNull().default(false),
});

// the site

/** The log: every command that the referee decided, rejected ones included, in the order of `seq`. */
export const log = sqliteTable(
  'log',
  {
    seq: integer().primaryKey(),
    replicaId: text().$type<ids.ReplicaId>().notNull(),
    n: integer().notNull(),
    commandId: text().$type<ids.CommandId>().notNull().unique(),
    deviceId: text().$type<ids.DeviceId>().notNull(),
    receivedAt: integer().notNull(),
    at: integer().$type<Instant>().notNull(),
    command: text({ mode: 'json' }).$type<LoggedCommand>().notNull(),
    status: text().$type<OutcomeStatus>().notNull(),
    outcome: text({ mode: 'json' }).$type<Outcome>().notNull(),
    chain: text().notNull(),
  },
  (table) => [
    uniqueIndex('log_replica_n').on(table.replicaId, table.n),
    index('log_outcomes').on(table.replicaId, table.n).where(sql`status <> 'applied'`),
  ],
);

/** Numbers of a renumbered replica whose command the log already held under another (S5). */
export const logRepeats = sqliteTable(
  'logRepeats',
  { replicaId: text().$type<ids.ReplicaId>().notNull(), n: integer().notNull(), seq: integer().notNull() },
  (table) => [uniqueIndex('log_repeats_replica_n').on(table.replicaId, table.n)],
);

/** Personal fields of logged commands; forgetting one leaves the chain whole (S22). */
export const privateRows = sqliteTable('privateRows', { seq: integer().primaryKey(), salt: text().notNull(), data: text().notNull() });

/** The device that each replica belongs to, and its last contact (S15). */
export const replicas = sqliteTable('replicas', {
  replicaId: text().$type<ids.ReplicaId>().primaryKey(),
  deviceId: text().$type<ids.DeviceId>().notNull(),
  contactAt: integer().$type<Instant>().notNull(),
});

/** Up to which `n` each replica has stored its outcomes (S7). */
export const outcomesSeen = sqliteTable('outcomesSeen', { replicaId: text().$type<ids.ReplicaId>().primaryKey(), n: integer().notNull() });

/** The sha256 of each device's token; the token itself is only on the device. */
export const deviceSecrets = sqliteTable('deviceSecrets', {
  deviceId: text().$type<ids.DeviceId>().primaryKey(),
  tokenHash: text().notNull(),
});
