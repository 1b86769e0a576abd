import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type * as ids from '../domain/ids';
import type {
  Appointment,
  Call,
  Device,
  Locale,
  Notice,
  Provider,
  Queue,
  QueueEntry,
  ServicePoint,
  Site,
  Transition,
} from '../domain/rows';
import type { EntryStatus } from '../domain/status';
import type { Instant, ServiceDay } from '../domain/time';

/**
 * The confirmed rows in SQLite: one table per entry of `rowSchemas`, one column per field, alike on desks and on the site's
 * server. `rowTypes.ts` proves that the types agree with the schemas of `shared/domain/rows`.
 *
 * No foreign keys between these tables, deferred ones neither: rows travel in the order of their last change and not of their
 * references, a replica skips a row that it cannot read (S14) and retention lets patients go before their visits, so that a
 * reference may lead nowhere for a while and a whole commit would fail for it. References are the engine's to keep
 * (invariant 14).
 *
 * No unique indexes beside the keys: "one open entry per patient and queue" and "one entry per ticket and day" are what `decide`
 * keeps, and a commit that fails on one poisoned row would block everything behind it (S6), while two desks that were both
 * offline may truly have broken them, which is flagged and not lost. The indexes below make such rows quick to find.
 */

/** What every row carries beside its fields: the `seq` that last changed it, and whether it was removed (a tombstone). */
const tracked = () => ({
  seq: integer().notNull(),
  deleted: integer({ mode: 'boolean' }).notNull().default(false),
});
const named = () => ({
  name: text().notNull(),
  translations: text({ mode: 'json' }).$type<Partial<Record<Locale, string>>>().notNull(),
});
const version = () => integer().notNull();
const moment = () => integer().$type<Instant>();
const day = () => text().$type<ServiceDay>().notNull();

export const site = sqliteTable('site', {
  id: text().$type<ids.SiteId>().primaryKey(),
  ...named(),
  zone: text().notNull(),
  dayStart: integer().notNull(),
  languages: text({ mode: 'json' }).$type<Site['languages']>().notNull(),
  ticker: text({ mode: 'json' }).$type<Site['ticker']>().notNull(),
  publicUrl: text(),
  version: version(),
  ...tracked(),
});

export const pools = sqliteTable('pools', {
  id: text().$type<ids.PoolId>().primaryKey(),
  ...named(),
  sort: real().notNull(),
  shares: integer({ mode: 'boolean' }).notNull(),
  version: version(),
  ...tracked(),
});

export const queues = sqliteTable('queues', {
  id: text().$type<ids.QueueId>().primaryKey(),
  ...named(),
  poolId: text().$type<ids.PoolId>(),
  prefix: text().notNull(),
  sort: real().notNull(),
  open: integer({ mode: 'boolean' }).notNull(),
  mode: text().$type<Queue['mode']>().notNull(),
  weights: text({ mode: 'json' }).$type<Queue['weights']>().notNull(),
  priorities: text({ mode: 'json' }).$type<Queue['priorities']>().notNull(),
  appointmentWindow: real().notNull(),
  appointmentGrace: real().notNull(),
  maximumWait: real(),
  capacity: integer(),
  overflowQueueId: text().$type<ids.QueueId>(),
  loadThresholds: text({ mode: 'json' }).$type<Queue['loadThresholds']>().notNull(),
  loadFactors: text({ mode: 'json' }).$type<Queue['loadFactors']>().notNull(),
  visitLength: real().notNull(),
  displayMode: text().$type<Queue['displayMode']>().notNull(),
  autoReposition: integer({ mode: 'boolean' }).notNull(),
  positionedAt: moment(),
  updateInterval: integer().notNull(),
  version: version(),
  ...tracked(),
});

export const servicePoints = sqliteTable('servicePoints', {
  id: text().$type<ids.ServicePointId>().primaryKey(),
  ...named(),
  kind: text().$type<ServicePoint['kind']>().notNull(),
  queueIds: text({ mode: 'json' }).$type<ServicePoint['queueIds']>().notNull(),
  capacity: integer().notNull(),
  sort: real().notNull(),
  version: version(),
  ...tracked(),
});

export const providers = sqliteTable('providers', {
  id: text().$type<ids.ProviderId>().primaryKey(),
  ...named(),
  status: text().$type<Provider['status']>().notNull(),
  servicePointId: text().$type<ids.ServicePointId>(),
  queueIds: text({ mode: 'json' }).$type<Provider['queueIds']>().notNull(),
  backAt: moment(),
  version: version(),
  ...tracked(),
});

export const patients = sqliteTable(
  'patients',
  {
    id: text().$type<ids.PatientId>().primaryKey(),
    name: text().notNull(),
    mrn: text(),
    birthDate: text(),
    phone: text(),
    hideName: integer({ mode: 'boolean' }).notNull(),
    version: version(),
    ...tracked(),
  },
  (table) => [index('patients_mrn').on(table.mrn)],
);

export const appointments = sqliteTable(
  'appointments',
  {
    id: text().$type<ids.AppointmentId>().primaryKey(),
    patientId: text().$type<ids.PatientId>().notNull(),
    queueId: text().$type<ids.QueueId>().notNull(),
    providerId: text().$type<ids.ProviderId>(),
    at: moment().notNull(),
    status: text().$type<Appointment['status']>().notNull(),
    version: version(),
    ...tracked(),
  },
  (table) => [index('appointments_at').on(table.at)],
);

export const visits = sqliteTable(
  'visits',
  {
    id: text().$type<ids.VisitId>().primaryKey(),
    patientId: text().$type<ids.PatientId>().notNull(),
    day: day(),
    startedAt: moment().notNull(),
    ...tracked(),
  },
  (table) => [index('visits_day').on(table.day)],
);

export const entries = sqliteTable(
  'entries',
  {
    id: text().$type<ids.EntryId>().primaryKey(),
    visitId: text().$type<ids.VisitId>().notNull(),
    patientId: text().$type<ids.PatientId>().notNull(),
    queueId: text().$type<ids.QueueId>().notNull(),
    day: day(),
    ticket: text().notNull(),
    link: text().notNull(),
    priority: text().notNull(),
    status: text().$type<EntryStatus>().notNull(),
    arrivedAt: moment().notNull(),
    waitingSince: moment().notNull(),
    appointmentId: text().$type<ids.AppointmentId>(),
    appointmentAt: moment(),
    notes: text().notNull(),
    meetingLink: text(),
    place: text({ mode: 'json' }).$type<NonNullable<QueueEntry['place']>>(),
    servicePointId: text().$type<ids.ServicePointId>(),
    providerId: text().$type<ids.ProviderId>(),
    ownerDeviceId: text().$type<ids.DeviceId>(),
    calledAt: moment(),
    startedAt: moment(),
    endedAt: moment(),
    calls: integer().notNull(),
    estimate: text({ mode: 'json' }).$type<NonNullable<QueueEntry['estimate']>>(),
    transitionId: text().$type<ids.TransitionId>().notNull(),
    flag: text(),
    version: version(),
    ...tracked(),
  },
  (table) => [
    index('entries_ticket').on(table.day, table.ticket),
    index('entries_patient').on(table.patientId, table.queueId),
    index('entries_link').on(table.link),
  ],
);

export const calls = sqliteTable(
  'calls',
  {
    id: text().$type<ids.CommandId>().primaryKey(),
    entryId: text().$type<ids.EntryId>().notNull(),
    queueId: text().$type<ids.QueueId>().notNull(),
    servicePointId: text().$type<ids.ServicePointId>().notNull(),
    deviceId: text().$type<ids.DeviceId>().notNull(),
    day: day(),
    at: moment().notNull(),
    kind: text().$type<Call['kind']>().notNull(),
    standing: text().$type<Call['standing']>().notNull(),
    ...tracked(),
  },
  (table) => [index('calls_entry').on(table.entryId)],
);

export const transitions = sqliteTable(
  'transitions',
  {
    id: text().$type<ids.TransitionId>().primaryKey(),
    entryId: text().$type<ids.EntryId>().notNull(),
    commandId: text().$type<ids.CommandId>().notNull(),
    verb: text().notNull(),
    from: text().$type<EntryStatus>(),
    to: text().$type<EntryStatus>().notNull(),
    at: moment().notNull(),
    deviceId: text().$type<ids.DeviceId>().notNull(),
    actor: text().notNull(),
    reason: text(),
    before: text({ mode: 'json' }).$type<Transition['before']>().notNull(),
    previousId: text().$type<ids.TransitionId>(),
    undoes: text().$type<ids.TransitionId>(),
    undoneBy: text().$type<ids.TransitionId>(),
    ...tracked(),
  },
  (table) => [index('transitions_entry').on(table.entryId)],
);

export const ticketCounters = sqliteTable('ticketCounters', {
  id: text().primaryKey(),
  queueId: text().$type<ids.QueueId>().notNull(),
  day: day(),
  letter: text().notNull(),
  last: integer().notNull(),
  ...tracked(),
});

export const ticketLeases = sqliteTable('ticketLeases', {
  id: text().primaryKey(),
  replicaId: text().$type<ids.ReplicaId>().notNull(),
  queueId: text().$type<ids.QueueId>().notNull(),
  day: day(),
  number: integer(),
  ...tracked(),
});

export const devices = sqliteTable('devices', {
  id: text().$type<ids.DeviceId>().primaryKey(),
  name: text().notNull(),
  role: text().$type<Device['role']>().notNull(),
  letter: text().notNull(),
  joinedAt: moment().notNull(),
  revokedAt: moment(),
  version: version(),
  ...tracked(),
});

export const aliases = sqliteTable('aliases', {
  id: text().$type<ids.EntryId>().primaryKey(),
  entryId: text().$type<ids.EntryId>().notNull(),
  ticket: text().notNull(),
  ...tracked(),
});

export const notices = sqliteTable('notices', {
  id: text().$type<ids.NoticeId>().primaryKey(),
  deviceId: text().$type<ids.DeviceId>().notNull(),
  code: text().notNull(),
  entryId: text().$type<ids.EntryId>(),
  detail: text({ mode: 'json' }).$type<Notice['detail']>().notNull(),
  at: moment().notNull(),
  answeredAt: moment(),
  ...tracked(),
});
