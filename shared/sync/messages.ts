import { z } from 'zod';
import { command } from '../domain/commands';
import * as ids from '../domain/ids';
import { ownOutcome } from '../domain/outcome';
import { rowSchemas, type TableName } from '../domain/rows';
import { instant } from '../domain/time';

/** The wire's version: raised when a message changes so that an older peer could not read it; the server accepts N..N-3 (S14). */
export const PROTOCOL = 1;

/** S13: what one push may hold. */
export const MAX_BATCH_COMMANDS = 200;
export const MAX_BATCH_BYTES = 256 * 1024;
/** S10: rows in one part of a snapshot. */
export const MAX_SNAPSHOT_ROWS = 500;

/** Where a replica stands in the server's history, provable by the chain (S8). */
export const cursor = z.object({ epoch: ids.epoch, seq: z.number().int().min(0), chain: z.string() });
export type Cursor = z.infer<typeof cursor>;

const seq = z.number().int().min(0);

/** The first message of a connection: who this is and what it has. */
export const hello = z.object({
  proto: z.number().int(),
  app: z.string().max(40),
  deviceId: ids.deviceId,
  replicaId: ids.replicaId,
  cursor: cursor.nullable(),
  /** The highest `n` that this replica ever gave out. */
  lastN: z.number().int().min(0),
  pending: z.number().int().min(0),
  /** The device's clock, for the offset estimate (S15). */
  wall: z.number(),
  role: z.enum(['desk', 'display']),
});
export type Hello = z.infer<typeof hello>;

const push = z.object({ replicaId: ids.replicaId, commands: z.array(command).max(MAX_BATCH_COMMANDS) });
export type Push = z.infer<typeof push>;

/** Answers a push: up to which `n` the replica's commands are in the log, or which `n` is wanted next (S5). */
export const pushed = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), appliedN: z.number().int() }),
  z.object({
    ok: z.literal(false),
    code: z.enum(['gap', 'replica_forked', 'malformed', 'too_large', 'not_ready', 'store_failed', 'revoked']),
    wanted: z.number().int().optional(),
    text: z.string(),
  }),
]);
export type Pushed = z.infer<typeof pushed>;

export const pull = z.object({ fromSeq: seq });
export const outcomesSeen = z.object({ upToN: z.number().int().min(0) });
/** Measures the round trip and the clock (S15); answered with the server's wall clock. */
export const ping = z.object({ wall: z.number() });

export const welcome = z.object({
  proto: z.number().int(),
  epoch: ids.epoch,
  head: seq,
  appliedN: z.number().int(),
  /** The command that the log holds as the replica's `appliedN`: another one there means a cloned database (S5). */
  appliedId: ids.commandId.nullable(),
  mode: z.enum(['delta', 'snapshot', 'recover']),
  wall: instant,
  minApp: z.string(),
  backupSeq: seq,
});
export type Welcome = z.infer<typeof welcome>;

/**
 * One row as it travels, with the `seq` that last changed it; null is a removal. The row is parsed by its table's schema on
 * arrival, and a table that the receiver does not know is passed over (S14).
 */
const wireChange = z.object({ table: z.string(), id: z.string(), seq, row: z.unknown() });
export type WireChange = z.infer<typeof wireChange>;

const applied = z.record(z.string(), z.number().int());

/** What changed between two points of the log; the same bytes for every desk. */
export const delta = z.object({
  epoch: ids.epoch,
  from: seq,
  to: seq,
  chain: z.string(),
  changes: z.array(wireChange),
  applied,
  more: z.boolean(),
});
export type Delta = z.infer<typeof delta>;

export const snapshotPart = z.object({
  epoch: ids.epoch,
  /** The point of the log that the whole snapshot stands at; equal in all parts. */
  seq,
  chain: z.string(),
  part: z.number().int().min(0),
  parts: z.number().int().min(1),
  changes: z.array(wireChange).max(MAX_SNAPSHOT_ROWS),
  applied,
});
export type SnapshotPart = z.infer<typeof snapshotPart>;

/**
 * Outcomes other than applied that the owner has not stored yet, by `n`, none left out before the last one here: so that a
 * lost message is made good by the next, and `outcomesSeen` of the last `n` covers all of them (S7).
 */
export const outcomes = z.object({ outcomes: z.array(ownOutcome) });
export type Outcomes = z.infer<typeof outcomes>;

/** Every 2 s; 5 s without one: offline (S16). */
export const heartbeat = z.object({ wall: instant, head: seq });

export const fatal = z.object({
  code: z.enum(['unauthenticated', 'revoked', 'protocol_too_old', 'protocol_too_new', 'site_mismatch', 'malformed']),
  text: z.string(),
});
export type Fatal = z.infer<typeof fatal>;

/** Parses a row of a table, or says which field is wrong. */
export const parseRow = (table: TableName, row: unknown) => rowSchemas[table].safeParse(row);
