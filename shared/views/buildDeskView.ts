import type { Command } from '../domain/commands';
import type { Queue, QueueEntry, Transition } from '../domain/rows';
import type { SiteState } from '../domain/state';
import { type Instant, MINUTE, type ServiceDay } from '../domain/time';
import { serviceDayOf, startOfServiceDay } from '../engine/serviceDay';
import { serviceHistories } from '../engine/serviceHistory';
import type { ClientStatus } from '../sync/clientEvents';
import type { ConnectionView, DeskView, ExpectedView } from './desk';
import { entryView, patientView } from './entryView';
import { entryOrItsAlias, noticeViews } from './noticeView';
import { doneOfDay, type QueueViewContext, queueView } from './queueView';
import { roomViews } from './roomView';

export interface DeskViewInput {
  /** The overlay: confirmed rows with the pending commands replayed (S2). */
  readonly state: SiteState;
  readonly status: ClientStatus;
  readonly now: Instant;
}

const connectionView = ({ connection, pending, lastSync, lastHeard, help }: ClientStatus): ConnectionView => {
  const common = { pending: pending.length, lastSync };
  if (connection === 'needs_help') return { state: connection, ...common, code: help?.code ?? 'unknown', text: help?.text ?? '' };
  return connection === 'offline' ? { state: connection, ...common, since: lastHeard } : { state: connection, ...common };
};

const bySort = (a: { sort: number; id: string }, b: { sort: number; id: string }): number => a.sort - b.sort || (a.id < b.id ? -1 : 1);

/** Queues under the heading of their pool, in the order of the pools; those without one come last. */
const groupsOf = (state: SiteState, queues: readonly Queue[]): DeskView['groups'] => {
  const idsIn = (poolId: string | null) => queues.filter((queue) => queue.poolId === poolId).map(({ id }) => id);
  const pools = [...state.rows('pools')].sort(bySort);
  const known = new Set<string | null>(pools.map(({ id }) => id));
  const loose = queues.filter(({ poolId }) => !known.has(poolId)).map(({ id }) => id);
  return [
    ...pools.map(({ id, name, translations, shares }) => ({ id, name: { name, translations }, shares, queueIds: idsIn(id) })),
    { id: null, name: null, shares: false, queueIds: loose },
  ].filter(({ queueIds }) => queueIds.length > 0);
};

/** Appointments of the service day that nobody has checked in for, soonest first. */
const expectedOf = (state: SiteState, from: Instant, until: Instant): ExpectedView[] => {
  const expected: ExpectedView[] = [];
  for (const { id, at, status, patientId, queueId, providerId } of state.rows('appointments')) {
    if (status !== 'booked' || at < from || at >= until) continue;
    const provider = providerId === null ? undefined : state.row('providers', providerId);
    expected.push({
      appointmentId: id,
      at,
      patient: patientView(patientId, state.row('patients', patientId)),
      queueId,
      provider: provider ? { name: provider.name, translations: provider.translations } : null,
    });
  }
  return expected.sort((a, b) => a.at - b.at);
};

const waitingChange = (state: SiteState, { n, type, at, args }: Command): DeskView['waitingChanges'][number] => {
  const entry = 'entryId' in args ? entryOrItsAlias(state, args.entryId) : undefined;
  const patient = entry ? state.row('patients', entry.patientId) : undefined;
  return { n, type, at, ticket: entry?.ticket ?? null, name: patient?.name ?? ('patient' in args ? args.patient.name : null) };
};

/** Steps of this desk that can be taken back are the last ones of their entries; of those the latest (product.md, undo). */
const undoableOf = (state: SiteState, deviceId: string, entries: Iterable<QueueEntry>): DeskView['undoable'] => {
  let latest: { step: Transition; entry: QueueEntry } | null = null;
  for (const entry of entries) {
    const step = state.row('transitions', entry.transitionId);
    if (!step || step.deviceId !== deviceId || step.undoes !== null || step.undoneBy !== null) continue;
    // what a transfer opened is undone with the transfer
    if (step.previousId === null && step.verb !== 'addToQueue') continue;
    if (!latest || step.at > latest.step.at || (step.at === latest.step.at && step.id > latest.step.id)) latest = { step, entry };
  }
  return latest && { entryId: latest.entry.id, transitionId: latest.step.id, verb: latest.step.verb, ticket: latest.entry.ticket };
};

function* entriesOfInterest(context: QueueViewContext, queues: readonly Queue[]): Iterable<QueueEntry> {
  for (const queue of queues) {
    yield* context.state.openEntries(queue.id);
    yield* context.done.get(queue.id) ?? [];
  }
}

const empty = ({ status, now }: DeskViewInput): DeskView => ({
  now,
  site: { name: { name: '', translations: {} }, zone: 'UTC', languages: ['en'], publicUrl: null },
  device: { id: status.identity.deviceId, name: status.identity.deviceName },
  connection: connectionView(status),
  groups: [],
  queues: [],
  rooms: [],
  expected: [],
  notices: [],
  waitingChanges: [],
  undoable: null,
  configuration: { site: null, pools: [], queues: [], servicePoints: [], providers: [] },
});

/** The end of a service day: the start of the next, which is not always 24 hours later. */
const dayBounds = (day: ServiceDay, zone: string, dayStart: number): { from: Instant; until: Instant } => {
  const from = startOfServiceDay(day, zone, dayStart);
  const nextDay = serviceDayOf((from + 30 * 60 * MINUTE) as Instant, zone, dayStart);
  return { from, until: startOfServiceDay(nextDay, zone, dayStart) };
};

/**
 * Everything that a desk window shows, made once per change in the replica process. Its cost follows the open entries and
 * those that ended today. Before the first rows of a clinic have come it is empty.
 */
export const buildDeskView = (input: DeskViewInput): DeskView => {
  const { state, status, now } = input;
  const site = state.site();
  if (!site) return empty(input);
  const day = serviceDayOf(now, site.zone, site.dayStart);
  const { from, until } = dayBounds(day, site.zone, site.dayStart);
  const context: QueueViewContext = {
    state,
    now,
    day,
    unsent: status.unsentEntries,
    unconfirmed: status.unconfirmedCalls,
    desk: status.identity,
    histories: serviceHistories(state, now),
    done: doneOfDay(state, day),
  };
  const queues = [...state.rows('queues')].sort(bySort);
  return {
    now,
    site: {
      name: { name: site.name, translations: site.translations },
      zone: site.zone,
      languages: site.languages,
      publicUrl: site.publicUrl,
    },
    device: { id: status.identity.deviceId, name: status.identity.deviceName },
    connection: connectionView(status),
    groups: groupsOf(state, queues),
    queues: queues.map((queue) => queueView(context, queue)),
    rooms: roomViews(context),
    expected: expectedOf(state, from, until),
    notices: noticeViews(state, status, (entry) => entryView(context, state.row('queues', entry.queueId), entry, null)),
    waitingChanges: status.pending.map((command) => waitingChange(state, command)),
    undoable: undoableOf(state, status.identity.deviceId, entriesOfInterest(context, queues)),
    configuration: {
      site,
      pools: [...state.rows('pools')].sort(bySort),
      queues,
      servicePoints: [...state.rows('servicePoints')].sort(bySort),
      providers: [...state.rows('providers')].sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1)),
    },
  };
};
