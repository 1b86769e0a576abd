import { z } from 'zod';
import { type Command, command } from '../domain/commands';
import * as ids from '../domain/ids';
import { type Instant, instant } from '../domain/time';
import { MAX_BATCH_COMMANDS, type Pushed } from './messages';
import type { RefusedCommand, SiteDraft } from './siteDraft';

/** A push that passed the schemas as far as it could, waiting for its turn of the referee. */
export interface ReadPush {
  readonly replicaId: ids.ReplicaId;
  readonly commands: readonly (Command | RefusedCommand)[];
  /** Why nothing behind `commands` could be read; null when all was. */
  readonly malformed: string | null;
}

const envelope = z.object({ replicaId: ids.replicaId, commands: z.array(z.unknown()) });
/** What a command needs to be logged at all: with this its arguments may be wrong and yet block nothing (S6). */
const logged = z.object({ n: z.number().int().min(1), id: ids.commandId, v: z.literal(1), at: instant });

export const firstIssue = (error: z.ZodError): { field: string; why: string } => {
  const issue = error.issues[0];
  return { field: issue?.path.join('.') ?? '', why: issue?.message ?? 'unreadable' };
};

/** Reads a `push` body; never throws (S13). */
export function readPush(body: unknown): ReadPush | Extract<Pushed, { ok: false }> {
  const parsed = envelope.safeParse(body);
  if (!parsed.success) {
    const { field, why } = firstIssue(parsed.error);
    return { ok: false, code: 'malformed', text: `The push was not understood: ${field}: ${why}.` };
  }
  if (parsed.data.commands.length > MAX_BATCH_COMMANDS) {
    return {
      ok: false,
      code: 'too_large',
      text: `A push holds at most ${MAX_BATCH_COMMANDS} commands; this one has ${parsed.data.commands.length}.`,
    };
  }
  const commands: (Command | RefusedCommand)[] = [];
  for (const raw of parsed.data.commands) {
    const read = readCommand(raw);
    if (typeof read === 'string') return { replicaId: parsed.data.replicaId, commands, malformed: read };
    commands.push(read);
  }
  return { replicaId: parsed.data.replicaId, commands, malformed: null };
}

function readCommand(raw: unknown): Command | RefusedCommand | string {
  const whole = command.safeParse(raw);
  if (whole.success) return whole.data;
  const { field, why } = firstIssue(whole.error);
  const stamp = logged.safeParse(raw);
  if (!stamp.success) return `A command was not understood: ${field}: ${why}.`;
  const { n, id, at } = stamp.data;
  return { command: { n, id, type: 'unreadable', at }, raw, field, why };
}

/** Who pushes, and what the site knows of the contact. */
export interface Pusher {
  readonly deviceId: ids.DeviceId;
  readonly receivedAt: number;
  /** The highest `n` that the replica had given out when this connection began, and when that was. */
  readonly helloLastN: number;
  readonly helloAt: Instant;
  /** When the device joined: nothing of it is older. */
  readonly joinedAt: Instant;
  /** Whether a first number above the next is accepted as the start (S8: the site forgot what a backup lacked). */
  readonly acceptsStart: boolean;
}

/** Takes a push into a draft, command by command (S5), and says how it ended; valid once the draft is committed. */
export function takePush(draft: SiteDraft, push: ReadPush, pusher: Pusher): Pushed {
  const record = draft.recordOf(push.replicaId);
  const forked = (text: string): Pushed => ({ ok: false, code: 'replica_forked', text });
  if (record && record.deviceId !== pusher.deviceId) return forked('This replica belongs to another device: its database was copied.');
  const contactAt = record?.contactAt ?? pusher.joinedAt;
  for (const [index, given] of push.commands.entries()) {
    const { n, id, at } = 'raw' in given ? given.command : given;
    const last = draft.appliedOf(push.replicaId);
    if (n <= last) {
      const known = draft.commandAt(push.replicaId, n);
      if (known !== undefined && known !== id) return forked(`Number ${n} was already used for another command: the database was copied.`);
      continue;
    }
    const isStart = pusher.acceptsStart && index === 0;
    if (n > last + 1 && !isStart) return { ok: false, code: 'gap', wanted: last + 1, text: `Number ${last + 1} is missing.` };
    const earliest = n > pusher.helloLastN ? Math.max(contactAt, pusher.helloAt) : contactAt;
    const clamped = Math.min(Math.max(at, earliest), pusher.receivedAt);
    draft.take(given, { replicaId: push.replicaId, deviceId: pusher.deviceId, receivedAt: pusher.receivedAt, at: instant.parse(clamped) });
  }
  bindReplica(draft, push.replicaId, pusher, contactAt);
  if (push.malformed !== null) return { ok: false, code: 'malformed', text: push.malformed };
  return { ok: true, appliedN: draft.appliedOf(push.replicaId) };
}

/** Notes whose replica it is, and its last contact once nothing of before this connection is outstanding (S15). */
function bindReplica(draft: SiteDraft, replicaId: ids.ReplicaId, pusher: Pusher, contactAt: Instant): void {
  const settled = draft.appliedOf(replicaId) >= pusher.helloLastN;
  const now = settled && pusher.helloAt > contactAt ? pusher.helloAt : contactAt;
  const record = draft.recordOf(replicaId);
  if (!record || record.contactAt !== now) draft.bind(replicaId, { deviceId: pusher.deviceId, contactAt: now });
}
