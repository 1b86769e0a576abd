import type { Call, Queue, QueueEntry, ServicePoint } from '../domain/rows';
import type { SiteState } from '../domain/state';
import type { Instant, ServiceDay } from '../domain/time';
import { serviceDayOf } from '../engine/serviceDay';
import type { CallStream } from './callStream';
import { type MonitorCall, type MonitorView, monitorCall, monitorView } from './monitor';
import { publicLabel } from './publicLabel';
import type { NamedText } from './text';

export interface MonitorViewInput {
  readonly state: SiteState;
  readonly now: Instant;
  readonly stream: CallStream;
  /** Entries whose live call next still awaits its outcome: not announced yet (conflict table, call next). */
  readonly withheld: ReadonlySet<string>;
}

/** How many closed calls stay on the list: enough to fill "last called" although entries are called again. */
const SHOWN = 16;

const named = ({ name, translations }: NamedText): NamedText => ({ name, translations });

/** A call with the rows that it is shown with. */
interface Announced {
  readonly call: Call;
  readonly entry: QueueEntry;
  readonly queue: Queue;
  readonly place: ServicePoint;
}

/** An undone call clears the screens (product.md, vocabulary): its transition carries the call's command. */
const isUndone = (state: SiteState, call: Call): boolean => {
  for (const step of state.transitionsOf(call.entryId)) if (step.commandId === call.id && step.undoneBy !== null) return true;
  return false;
};

/** Whether and with what a call may be shown: virtual visits are announced to the phone only, lost and withheld calls nowhere. */
const announced = (state: SiteState, call: Call, withheld: ReadonlySet<string>): Announced | null => {
  if (call.standing === 'lost' || withheld.has(call.entryId)) return null;
  const entry = state.row('entries', call.entryId);
  const place = state.row('servicePoints', call.servicePointId);
  const queue = state.row('queues', call.queueId);
  if (!entry || !place || !queue) return null;
  if (entry.meetingLink !== null || entry.status === 'entered_in_error' || entry.status === 'cancelled') return null;
  return isUndone(state, call) ? null : { call, entry, queue, place };
};

const shown = (state: SiteState, { call, entry, queue, place }: Announced, number: number): MonitorCall => {
  const patient = state.row('patients', entry.patientId);
  return {
    callId: call.id,
    number,
    ticket: entry.ticket,
    label: patient ? publicLabel(patient, queue.displayMode) : null,
    place: named(place),
    queue: named(queue),
    at: call.at,
    recall: call.kind === 'recall',
  };
};

const byTime = (a: Announced, b: Announced): number => a.call.at - b.call.at || (a.call.id < b.call.id ? -1 : 1);

const today = (state: SiteState, now: Instant): ServiceDay | null => {
  const site = state.site();
  return site ? serviceDayOf(now, site.zone, site.dayStart) : null;
};

/** All calls of the day that may be shown, oldest first. */
const callsOfDay = (state: SiteState, day: ServiceDay, withheld: ReadonlySet<string>): Announced[] => {
  const calls: Announced[] = [];
  for (const call of state.rows('calls')) {
    if (call.day !== day) continue;
    const found = announced(state, call, withheld);
    if (found) calls.push(found);
  }
  return calls.sort(byTime);
};

/** Who a queue serves now: the latest called of those called or in service; and how many are present and wait. */
const queueNow = (state: SiteState, queue: Queue, withheld: ReadonlySet<string>) => {
  let waiting = 0;
  let present = 0;
  let virtual = 0;
  let latest: { entry: QueueEntry; place: ServicePoint } | null = null;
  for (const entry of state.openEntries(queue.id)) {
    if (entry.meetingLink !== null) {
      virtual += 1;
      continue;
    }
    present += 1;
    const owned = (entry.status === 'called' || entry.status === 'in_service') && !withheld.has(entry.id);
    const place = owned && entry.servicePointId ? state.row('servicePoints', entry.servicePointId) : undefined;
    if (place) {
      if (!latest || (entry.calledAt ?? 0) > (latest.entry.calledAt ?? 0)) latest = { entry, place };
    } else if (entry.status === 'waiting' || entry.status === 'checked_in' || entry.status === 'called') waiting += 1;
  }
  const serving = latest ? { ticket: latest.entry.ticket, place: named(latest.place) } : null;
  return { view: { id: queue.id, name: named(queue), waiting, serving }, listed: present > 0 || (queue.open && virtual === 0) };
};

const bySort = (a: Queue, b: Queue): number => a.sort - b.sort || (a.id < b.id ? -1 : 1);

/**
 * What waiting-room screens show, redacted here and nowhere later (S17): tickets, rooms and queues, of a patient's name no
 * more than the queue's display mode and the patient's flag allow. Numbers newly shown calls in `stream`.
 */
export const buildMonitorView = ({ state, now, stream, withheld }: MonitorViewInput): MonitorView => {
  const site = state.site();
  const day = today(state, now);
  const calls =
    day === null
      ? []
      : callsOfDay(state, day, withheld).map((found) => ({ found, number: stream.numberOf(found.call.id, found.call.day) }));
  const standing = calls.filter(({ found }) => found.call.standing === 'open' && found.entry.status === 'called');
  const recent = new Set([...calls.slice(-SHOWN), ...standing]);
  return monitorView.parse({
    now,
    site: site ? named(site) : { name: '', translations: {} },
    zone: site?.zone ?? 'UTC',
    languages: site?.languages ?? ['en'],
    ticker: site?.ticker ?? [],
    calls: calls
      .filter((call) => recent.has(call))
      .map(({ found, number }) => shown(state, found, number))
      .reverse(),
    open: standing.map(({ found }) => found.call.id).reverse(),
    queues: [...state.rows('queues')]
      .sort(bySort)
      .map((queue) => queueNow(state, queue, withheld))
      .filter(({ listed }) => listed)
      .map(({ view }) => view),
    lastNumber: stream.last,
    source: stream.source,
  });
};

/** The calls numbered `from` to `to` that may still be shown, redacted as they stand now, oldest first: for a screen that missed some. */
export const missedCalls = ({ state, stream, withheld }: Omit<MonitorViewInput, 'now'>, from: number, to: number): MonitorCall[] => {
  const calls: MonitorCall[] = [];
  for (const id of stream.between(from, to)) {
    const call = state.row('calls', id);
    const found = call && announced(state, call, withheld);
    if (found) calls.push(monitorCall.parse(shown(state, found, stream.numberOf(id, found.call.day))));
  }
  return calls;
};
