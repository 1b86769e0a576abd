import type { QueueEntry } from '../domain/rows';
import type { SiteState } from '../domain/state';
import type { EntryStatus } from '../domain/status';
import type { Instant } from '../domain/time';
import { estimateInput, estimateQueue, estimateView } from '../engine/estimate';
import { rank } from '../engine/rank';
import { serviceHistories } from '../engine/serviceHistory';
import { NO_HISTORY } from './queueView';
import type { TicketView } from './ticket';

export interface TicketViewInput {
  readonly state: SiteState;
  /** The opaque part of the ticket page's address. */
  readonly link: string;
  readonly now: Instant;
}

const STATES: Readonly<Record<EntryStatus, TicketView['state']>> = {
  scheduled: 'waiting',
  checked_in: 'waiting',
  waiting: 'waiting',
  called: 'called',
  in_service: 'in_service',
  on_hold: 'on_hold',
  awaiting_recall: 'on_hold',
  completed: 'ended',
  transferred: 'ended',
  no_show: 'ended',
  left_without_being_seen: 'ended',
  cancelled: 'ended',
  entered_in_error: 'ended',
};

const withLink = (state: SiteState, link: string): QueueEntry | undefined => {
  for (const entry of state.rows('entries')) if (entry.link === link) return entry;
  return undefined;
};

/** What the ticket page of a link shows: no name, no id, of others only how many are ahead; null when no entry has the link. */
export const buildTicketView = ({ state, link, now }: TicketViewInput): TicketView | null => {
  const site = state.site();
  const entry = withLink(state, link);
  const queue = entry && state.row('queues', entry.queueId);
  if (!site || !queue) return null;
  const waiting = [...state.openEntries(queue.id)].filter(({ status }) => status === 'waiting' || status === 'checked_in');
  const ranked = rank(queue, waiting, now);
  const place = ranked.find((other) => other.entry.id === entry.id);
  const estimate =
    place &&
    estimateQueue(estimateInput(state, queue, ranked, now, serviceHistories(state, now).get(queue.id) ?? NO_HISTORY)).get(entry.id);
  const room =
    entry.servicePointId !== null && (entry.status === 'called' || entry.status === 'in_service')
      ? state.row('servicePoints', entry.servicePointId)
      : undefined;
  return {
    now,
    zone: site.zone,
    site: { name: site.name, translations: site.translations },
    languages: site.languages,
    queue: { name: queue.name, translations: queue.translations },
    ticket: entry.ticket,
    state: STATES[entry.status],
    ahead: place ? place.position - 1 : null,
    position: place?.position ?? null,
    estimate: estimate ? estimateView(estimate) : null,
    place: room ? { name: room.name, translations: room.translations } : null,
    calledAt: entry.status === 'called' ? entry.calledAt : null,
  };
};
