import { z } from 'zod';
import * as ids from './ids';
import { priorityLevel } from './priority';
import { entryStatus } from './status';
import { instant, serviceDay } from './time';

/**
 * The rows that travel: the same shapes in SQLite, on sockets and in the engine's memory (S1). One schema per table; the
 * types are inferred from it, and every boundary parses with it. Durations of configuration are in minutes, moments in `Instant`.
 */

export const LOCALES = ['en', 'ar'] as const;
export const locale = z.enum(LOCALES);
export type Locale = z.infer<typeof locale>;

/** A name that people gave, with its wording in other languages, by locale. */
const named = {
  name: z.string().trim().min(1).max(120),
  translations: z.partialRecord(locale, z.string().max(120)),
};
/** Counts the changes of a row; commands name the version that the person saw. */
const version = z.number().int().min(0);
const sort = z.number();
const minutes = z.number().min(0).max(10_080);

export const siteRow = z.object({
  id: ids.siteId,
  ...named,
  zone: z.string().min(1).max(60),
  /** Minutes after local midnight at which the service day starts. */
  dayStart: z.number().int().min(0).max(1439),
  languages: z.array(locale).min(1),
  /** Messages for the monitors, shown in turn. */
  ticker: z.array(z.partialRecord(locale, z.string().max(300))).max(20),
  /** Where phones reach the ticket page; null: no QR is printed. */
  publicUrl: z.url().nullable(),
  version,
});

/** Queues listed together; with `shares` a pool, whose queues may take each other's patients. */
export const poolRow = z.object({ id: ids.poolId, ...named, sort, shares: z.boolean(), version });

export const queueRow = z.object({
  id: ids.queueId,
  ...named,
  poolId: ids.poolId.nullable(),
  /** What its tickets start with. */
  prefix: z.string().regex(/^[A-Z]{1,3}$/, 'one to three capital letters, such as A or BD'),
  sort,
  open: z.boolean(),
  mode: z.enum(['score', 'fifo']),
  weights: z.object({ priority: z.number().min(0).max(1), waited: z.number().min(0).max(1), appointment: z.number().min(0).max(1) }),
  priorities: z.array(priorityLevel).min(1).max(10),
  /** Minutes before the appointed time over which the appointment's part of the score rises from 0 to 1. */
  appointmentWindow: minutes,
  /** Minutes after the appointed time within which a patient still counts as on time. */
  appointmentGrace: minutes,
  /** Minutes of waiting after which a patient goes ahead; null: off. */
  maximumWait: minutes.nullable(),
  /** People that the queue takes; null: no limit. */
  capacity: z.number().int().min(1).max(10_000).nullable(),
  overflowQueueId: ids.queueId.nullable(),
  /** Utilisation at which the load becomes busy, heavy, full. */
  loadThresholds: z.tuple([z.number(), z.number(), z.number()]),
  /** Load factor when calm, busy, heavy, full. */
  loadFactors: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  /** Usual visit length, used until enough services were seen. */
  visitLength: z.number().min(1).max(480),
  displayMode: z.enum(['ticket', 'ticket_initials', 'first_name_initial']),
  autoReposition: z.boolean(),
  /** With auto-reposition off this stands in for now when ranking. */
  positionedAt: instant.nullable(),
  /** Seconds between two rankings without an event. */
  updateInterval: z.number().int().min(1).max(3600),
  version,
});

export const servicePointRow = z.object({
  id: ids.servicePointId,
  ...named,
  kind: z.enum(['room', 'counter']),
  /** Queues that it serves; empty: all. */
  queueIds: z.array(ids.queueId),
  /** Entries in service at once. */
  capacity: z.number().int().min(1).max(100),
  sort,
  version,
});

export const providerRow = z.object({
  id: ids.providerId,
  ...named,
  status: z.enum(['available', 'break', 'off']),
  servicePointId: ids.servicePointId.nullable(),
  /** Queues that they serve; empty: all. */
  queueIds: z.array(ids.queueId),
  backAt: instant.nullable(),
  version,
});

export const patientRow = z.object({
  id: ids.patientId,
  name: z.string().trim().min(1).max(120),
  /** Medical record number. */
  mrn: z.string().trim().min(1).max(40).nullable(),
  birthDate: z.iso.date().nullable(),
  phone: z.string().trim().min(1).max(40).nullable(),
  /** Never show the name on screens. */
  hideName: z.boolean(),
  version,
});

export const appointmentRow = z.object({
  id: ids.appointmentId,
  patientId: ids.patientId,
  queueId: ids.queueId,
  providerId: ids.providerId.nullable(),
  at: instant,
  status: z.enum(['booked', 'arrived', 'checked_in', 'fulfilled', 'no_show', 'cancelled']),
  version,
});

export const visitRow = z.object({ id: ids.visitId, patientId: ids.patientId, day: serviceDay, startedAt: instant });

/** Where a hand put an entry: its stand-in arrival just behind (or before) the anchor's, and in which class (engine.md, order). */
export const manualPlace = z.object({
  anchorTicket: z.string(),
  by: z.string(),
  at: instant,
  /** Which class of the order it stands in: 0 emergencies, 1 over the maximum wait, 2 by score. */
  band: z.number().int(),
  /** Minutes that it stands with in the order, instead of its own score. */
  minutes: z.number(),
  /** Breaks ties with the anchor: below 0 before it, above 0 behind it. */
  offset: z.number(),
});

export const entryRow = z.object({
  id: ids.entryId,
  visitId: ids.visitId,
  patientId: ids.patientId,
  queueId: ids.queueId,
  day: serviceDay,
  /** As printed: `A012`, or `A-B07` from desk B without a lease. Never changes. */
  ticket: z.string(),
  /** The opaque part of the ticket page's address. */
  link: z.string(),
  /** Key of a level of the queue's scale. */
  priority: z.string(),
  status: entryStatus,
  arrivedAt: instant,
  /** Since when waiting counts: kept by transfer, hold and recall. */
  waitingSince: instant,
  appointmentId: ids.appointmentId.nullable(),
  appointmentAt: instant.nullable(),
  notes: z.string(),
  /** Where a virtual visit takes place; such an entry is not announced on monitors. */
  meetingLink: z.url().nullable(),
  place: manualPlace.nullable(),
  /** Where it is called to or served; null while nobody owns it. */
  servicePointId: ids.servicePointId.nullable(),
  providerId: ids.providerId.nullable(),
  /** The desk that owns it while called or in service. */
  ownerDeviceId: ids.deviceId.nullable(),
  calledAt: instant.nullable(),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** How often announced, recalls included. */
  calls: z.number().int(),
  /** Minutes told at check-in, for scoring the estimate later. */
  estimate: z.object({ p50: z.number(), p90: z.number(), rough: z.boolean() }).nullable(),
  /** The last transition that was not undone. */
  transitionId: ids.transitionId,
  /** Says why a supervisor should look at it (both started, possible duplicate); null: nothing. */
  flag: z.string().nullable(),
  version,
});

/** One announcement of one entry to one service point; its id is the command's. */
export const callRow = z.object({
  id: ids.commandId,
  entryId: ids.entryId,
  queueId: ids.queueId,
  servicePointId: ids.servicePointId,
  deviceId: ids.deviceId,
  day: serviceDay,
  at: instant,
  kind: z.enum(['call', 'recall']),
  /** open: on screens · closed: answered or withdrawn · lost: another desk had called first. */
  standing: z.enum(['open', 'closed', 'lost']),
});

/** One change of status: who, when, why, and what the entry was before, so that it can be given back. */
export const transitionRow = z.object({
  id: ids.transitionId,
  entryId: ids.entryId,
  commandId: ids.commandId,
  verb: z.string(),
  from: entryStatus.nullable(),
  to: entryStatus,
  at: instant,
  deviceId: ids.deviceId,
  actor: z.string(),
  reason: z.string().nullable(),
  /** The fields of the entry that this changed, as they were. */
  before: z.record(z.string(), z.unknown()),
  previousId: ids.transitionId.nullable(),
  undoes: ids.transitionId.nullable(),
  undoneBy: ids.transitionId.nullable(),
});

/** The last number given out in a queue on a day, per letter; the empty letter is the shared sequence (S19). Id: queue:day:letter. */
export const ticketCounterRow = z.object({
  id: z.string(),
  queueId: ids.queueId,
  day: serviceDay,
  letter: z.string(),
  last: z.number().int(),
});

/** The next number that a replica may use while live; null once used, until the server renews it (S19). Id: replica:queue. */
export const ticketLeaseRow = z.object({
  id: z.string(),
  replicaId: ids.replicaId,
  queueId: ids.queueId,
  day: serviceDay,
  number: z.number().int().nullable(),
});

/** A paired machine; its secret is not here. `letter` marks the tickets that it gives without a lease. */
export const deviceRow = z.object({
  id: ids.deviceId,
  name: z.string().trim().min(1).max(60),
  role: z.enum(['desk', 'display']),
  letter: z.string(),
  joinedAt: instant,
  revokedAt: instant.nullable(),
  version,
});

/** The id that an entry had where it was added twice, and the entry that stands for both. */
export const aliasRow = z.object({ id: ids.entryId, entryId: ids.entryId, ticket: z.string() });

/** Something that a desk other than the command's owner must be told, once, until it is answered. */
export const noticeRow = z.object({
  id: ids.noticeId,
  deviceId: ids.deviceId,
  code: z.string(),
  entryId: ids.entryId.nullable(),
  detail: z.record(z.string(), z.unknown()),
  at: instant,
  answeredAt: instant.nullable(),
});

/** Every table that travels, and the schema of its rows. */
export const rowSchemas = {
  site: siteRow,
  pools: poolRow,
  queues: queueRow,
  servicePoints: servicePointRow,
  providers: providerRow,
  patients: patientRow,
  appointments: appointmentRow,
  visits: visitRow,
  entries: entryRow,
  calls: callRow,
  transitions: transitionRow,
  ticketCounters: ticketCounterRow,
  ticketLeases: ticketLeaseRow,
  devices: deviceRow,
  aliases: aliasRow,
  notices: noticeRow,
} as const;

export type TableName = keyof typeof rowSchemas;
export const TABLES = Object.keys(rowSchemas) as readonly TableName[];
export type Rows = { [T in TableName]: z.infer<(typeof rowSchemas)[T]> };

export type Site = Rows['site'];
export type Pool = Rows['pools'];
export type Queue = Rows['queues'];
export type ServicePoint = Rows['servicePoints'];
export type Provider = Rows['providers'];
export type Patient = Rows['patients'];
export type Appointment = Rows['appointments'];
export type Visit = Rows['visits'];
export type QueueEntry = Rows['entries'];
export type Call = Rows['calls'];
export type Transition = Rows['transitions'];
export type TicketCounter = Rows['ticketCounters'];
export type TicketLease = Rows['ticketLeases'];
export type Device = Rows['devices'];
export type Alias = Rows['aliases'];
export type Notice = Rows['notices'];

/** One changed row of any table; `row` null is a removal (kept as a tombstone by stores). */
export type RowChange = { [T in TableName]: { readonly table: T; readonly id: string; readonly row: Rows[T] | null } }[TableName];
