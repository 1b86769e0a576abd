import { z } from 'zod';
import * as ids from './ids';
import { appointmentRow, deviceRow, patientRow, poolRow, providerRow, queueRow, servicePointRow, siteRow } from './rows';
import { instant } from './time';

/**
 * What people (and, under the site's own actor, the referee) ask for or report. A fact happened in a room and is never
 * dropped; a request may be refused (sync.md, facts and requests). Every command that acts on an entry names the entry
 * and, for requests, the version that the person saw, so that the list can never move under a pressed button.
 */

const reason = z.string().trim().max(500);
const seen = { entryId: ids.entryId, version: z.number().int().min(0) };
/** A number taken from this replica's lease (empty letter) or counted in the desk's own letter (S19). */
const ticketNumber = z.object({ letter: z.string().regex(/^[A-Z]{0,3}$/), number: z.number().int().min(1).max(99_999) });
const patientFields = patientRow.omit({ version: true });
/** 22 characters of base64url: 128 random bits. */
const link = z.string().regex(/^[\w-]{22}$/);

export const commandArgs = {
  // the site's configuration; `version` is the one that the person saw, 0 for a new row
  configureSite: z.object({ site: siteRow }),
  configurePool: z.object({ pool: poolRow }),
  configureQueue: z.object({ queue: queueRow }),
  configureServicePoint: z.object({ servicePoint: servicePointRow }),
  configureProvider: z.object({ provider: providerRow }),
  setProviderStatus: z.object({
    providerId: ids.providerId,
    status: z.enum(['available', 'break', 'off']),
    servicePointId: ids.servicePointId.nullable(),
    backAt: instant.nullable(),
  }),
  bookAppointment: z.object({ appointment: appointmentRow, patient: patientFields }),

  // the referee's own (S20): pairing and leases
  joinDevice: z.object({ device: deviceRow }),
  revokeDevice: z.object({ deviceId: ids.deviceId }),
  leaseTickets: z.object({ replicaId: ids.replicaId }),

  // the patient's way through the clinic
  addToQueue: z.object({
    entryId: ids.entryId,
    visitId: ids.visitId,
    patient: patientFields,
    queueId: ids.queueId,
    priority: z.string().min(1).max(40),
    appointmentId: ids.appointmentId.nullable(),
    appointmentAt: instant.nullable(),
    notes: z.string().trim().max(1000),
    meetingLink: z.url().max(500).nullable(),
    link,
    ticket: ticketNumber,
    /** What the person was told when the ticket was given, for scoring it later. */
    estimate: z.object({ p50: z.number(), p90: z.number(), rough: z.boolean() }).nullable(),
  }),
  callNext: z.object({ ...seen, queueId: ids.queueId, servicePointId: ids.servicePointId }),
  call: z.object({ ...seen, servicePointId: ids.servicePointId }),
  recall: z.object({ entryId: ids.entryId }),
  startService: z.object({ entryId: ids.entryId, servicePointId: ids.servicePointId }),
  complete: z.object({ entryId: ids.entryId }),
  markNoShow: z.object({ entryId: ids.entryId }),
  markLeft: z.object({ entryId: ids.entryId }),
  skip: z.object({ ...seen, reason }),
  hold: z.object({ ...seen, reason }),
  resume: z.object({ ...seen }),
  returnToQueue: z.object({ ...seen, reason }),
  transfer: z.object({
    ...seen,
    toQueueId: ids.queueId,
    newEntryId: ids.entryId,
    ticket: ticketNumber,
    link,
    priority: z.string().min(1).max(40),
    reason,
  }),
  setPriority: z.object({ ...seen, priority: z.string().min(1).max(40), reason }),
  correct: z.object({ ...seen, patient: patientFields, notes: z.string().trim().max(1000), appointmentAt: instant.nullable() }),
  cancel: z.object({ ...seen, reason }),
  remove: z.object({ ...seen, reason }),
  takeOver: z.object({ ...seen, servicePointId: ids.servicePointId }),
  letGo: z.object({ entryId: ids.entryId }),
  undo: z.object({ entryId: ids.entryId, transitionId: ids.transitionId }),
  answerNotice: z.object({ noticeId: ids.noticeId }),
} as const;

export type CommandType = keyof typeof commandArgs;
export const COMMAND_TYPES = Object.keys(commandArgs) as readonly CommandType[];
export type CommandArgs<T extends CommandType = CommandType> = z.infer<(typeof commandArgs)[T]>;

/** What a person asked for, before a replica stamps it. */
export type Intent = { [T in CommandType]: { readonly type: T; readonly args: CommandArgs<T> } }[CommandType];

const intents = (Object.entries(commandArgs) as [CommandType, z.ZodObject][]).map(([type, args]) =>
  z.object({ type: z.literal(type), args }),
);
export const intent = z.discriminatedUnion(
  'type',
  intents as [(typeof intents)[number], ...typeof intents],
) as unknown as z.ZodType<Intent>;

/** What every command carries beside its type and arguments (sync.md, messages). */
const stamp = {
  /** Gapless counter of the replica's commands, from 1. */
  n: z.number().int().min(1),
  id: ids.commandId,
  /** Version of this command type's arguments; the server accepts every one ever shipped (S14). */
  v: z.literal(1),
  /** The confirmed state that the person saw. */
  baseSeq: z.number().int().min(0),
  /** When it happened, by the replica's estimate of the server's clock, and how far that may be off in milliseconds. */
  at: instant,
  atErr: z.number().min(0),
  actor: z.string().max(120),
  /** Whether the replica was live when the person pressed. */
  live: z.boolean(),
};
export type Stamp = z.infer<z.ZodObject<typeof stamp>>;
export type Command = Intent & Stamp;

const commands = (Object.entries(commandArgs) as [CommandType, z.ZodObject][]).map(([type, args]) =>
  z.object({ ...stamp, type: z.literal(type), args }),
);
export const command = z.discriminatedUnion(
  'type',
  commands as [(typeof commands)[number], ...typeof commands],
) as unknown as z.ZodType<Command>;

/** Commands that only the site itself issues; a desk that sends one is refused. */
export const SITE_ONLY: ReadonlySet<CommandType> = new Set(['joinDevice', 'revokeDevice', 'leaseTickets']);

/** Facts: they happened in a room, and are adapted or flagged but never dropped (invariant 12). */
export const FACTS: ReadonlySet<CommandType> = new Set([
  'addToQueue',
  'startService',
  'complete',
  'markNoShow',
  'markLeft',
  'letGo',
  'answerNotice',
  'recall',
]);
