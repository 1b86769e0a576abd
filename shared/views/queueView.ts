import type { ReplicaId } from '../domain/ids';
import type { Queue, QueueEntry } from '../domain/rows';
import type { SiteState } from '../domain/state';
import { isOpen } from '../domain/status';
import type { Minutes, ServiceDay } from '../domain/time';
import { estimateAt, estimateInput, estimateQueue, estimateView } from '../engine/estimate';
import { loadOf, queueSize } from '../engine/load';
import { rank } from '../engine/rank';
import type { ServiceHistory } from '../engine/serviceHistory';
import { nextTicket } from '../engine/tickets';
import type { EntryView, QueueView } from './desk';
import { type EntryViewContext, entryView, waitedMinutes } from './entryView';

/** How many ended entries a queue shows, latest first; older ones are found by searching. */
const DONE_SHOWN = 100;

/** No service was seen: the configured length is used. */
export const NO_HISTORY: ServiceHistory = { count: 0, mean: 0, variation: 0 };

/** Entries that ended on a day, latest first, by queue. */
export type DoneByQueue = ReadonlyMap<string, readonly QueueEntry[]>;

export const doneOfDay = (state: SiteState, day: ServiceDay): DoneByQueue => {
  const done = new Map<string, QueueEntry[]>();
  for (const entry of state.rows('entries')) {
    if (entry.day !== day || isOpen(entry.status)) continue;
    const list = done.get(entry.queueId);
    if (list) list.push(entry);
    else done.set(entry.queueId, [entry]);
  }
  for (const list of done.values()) list.sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0) || (a.id < b.id ? 1 : -1));
  return done;
};

export interface QueueViewContext extends EntryViewContext {
  readonly day: ServiceDay;
  readonly desk: { readonly replicaId: ReplicaId; readonly letter: string };
  readonly histories: ReadonlyMap<string, ServiceHistory>;
  readonly done: DoneByQueue;
}

const mean = (values: readonly Minutes[]): Minutes | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

const longest = (values: readonly Minutes[]): Minutes | null => (values.length === 0 ? null : Math.max(...values));

/** One queue with its waiting entries in the order in which they will be called, and what its desk needs to know of it. */
export const queueView = (context: QueueViewContext, queue: Queue): QueueView => {
  const { state, now } = context;
  const byStatus = new Map<string, QueueEntry[]>([
    ['waiting', []],
    ['on_hold', []],
    ['awaiting_recall', []],
  ]);
  for (const entry of state.openEntries(queue.id)) byStatus.get(entry.status === 'checked_in' ? 'waiting' : entry.status)?.push(entry);
  const waiting = byStatus.get('waiting') ?? [];
  const ranked = rank(queue, waiting, now);
  const input = estimateInput(state, queue, ranked, now, context.histories.get(queue.id) ?? NO_HISTORY);
  const estimates = estimateQueue(input);
  const done = context.done.get(queue.id) ?? [];
  const waits = waiting.map((entry) => waitedMinutes(entry, now));
  const load = loadOf(queue, queueSize(state, queue.id));
  const aside = (status: 'on_hold' | 'awaiting_recall'): EntryView[] =>
    (byStatus.get(status) ?? [])
      .sort((a, b) => a.waitingSince - b.waitingSince || (a.id < b.id ? -1 : 1))
      .map((entry) => entryView(context, queue, entry, null));

  return {
    id: queue.id,
    name: { name: queue.name, translations: queue.translations },
    prefix: queue.prefix,
    open: queue.open,
    mode: queue.mode,
    priorities: queue.priorities,
    stats: {
      waiting: waiting.length,
      capacity: queue.capacity,
      averageWait: mean(waits),
      longestWait: longest(waits),
      servedToday: done.filter(({ status }) => status === 'completed').length,
      utilization: load?.utilization ?? null,
      band: load?.band ?? null,
      factor: load?.factor ?? null,
      thresholds: queue.loadThresholds,
    },
    waiting: ranked.map((place) =>
      entryView(context, queue, place.entry, { ranked: place, estimate: estimateView(estimates.get(place.entry.id) ?? { kind: 'place' }) }),
    ),
    onHold: aside('on_hold'),
    awaitingRecall: aside('awaiting_recall'),
    done: done.slice(0, DONE_SHOWN).map((entry) => entryView(context, queue, entry, null)),
    nextTicket: nextTicket(state, context.desk, queue.id, context.day),
    nextEstimate: estimateView(estimateAt(input, ranked.length)),
  };
};
