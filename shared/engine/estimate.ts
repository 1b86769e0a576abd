import type { Queue, QueueEntry, ServicePoint } from '../domain/rows';
import type { SiteState } from '../domain/state';
import { type Instant, MINUTE, type Minutes } from '../domain/time';
import type { EstimateView } from '../views/desk';
import type { RankedEntry } from './rank';
import { type ServiceHistory, serviceHistories } from './serviceHistory';

/** What can honestly be said about a wait: the median and the 90th percentile, or the place alone (engine.md, estimates). */
export type Estimate =
  | { readonly kind: 'next' }
  | { readonly kind: 'range'; readonly p50: Minutes; readonly p90: Minutes; readonly rough: boolean }
  | { readonly kind: 'place' };

/** What the estimates of one queue follow from, without rows: everything as of one moment. */
export interface EstimateInput {
  /** Ids of the waiting, in order. */
  readonly order: readonly string[];
  /** Expected length of one service and its coefficient of variation. */
  readonly service: Minutes;
  readonly variation: number;
  /** True while too few services were seen: the length is the configured one. */
  readonly rough: boolean;
  /** Places where this queue is being served: each patient there, or none; `share` of it is this queue's. */
  readonly servers: readonly { readonly share: number; readonly residual: Minutes | null }[];
}

/** Services of the last 28 days below which their mean is not trusted (engine.md, estimates, 2). */
const ENOUGH_SERVICES = 30;
/** Variation assumed until it was measured; consultations measured in practice lie near 0.5. */
const USUAL_VARIATION = 0.5;
/** Standard deviations from the median to the 90th percentile of a normal distribution. */
const P90_DEVIATIONS = 1.2816;

const serves = (queueIds: readonly string[], queueId: string): boolean => queueIds.length === 0 || queueIds.includes(queueId);

/** The service points where this queue is served now: those with an available provider, or all of a site without providers. */
function pointsOnDuty(state: SiteState, queueId: string): ServicePoint[] {
  const staffed = new Set<string>();
  let anyProvider = false;
  for (const provider of state.rows('providers')) {
    anyProvider = true;
    if (provider.status === 'available' && provider.servicePointId && serves(provider.queueIds, queueId))
      staffed.add(provider.servicePointId);
  }
  return [...state.rows('servicePoints')].filter((point) => serves(point.queueIds, queueId) && (!anyProvider || staffed.has(point.id)));
}

const waitingIn = (state: SiteState, queue: Queue): number => {
  let count = 0;
  for (const entry of state.openEntries(queue.id)) if (entry.status === 'waiting') count += 1;
  return count;
};

/** Minutes that a patient at a service point will still take: at least a quarter of a service, since nobody knows better. */
const residualOf = (entry: QueueEntry, service: Minutes, now: Instant): Minutes =>
  entry.startedAt === null ? service : Math.max(service - (now - entry.startedAt) / MINUTE, service / 4);

/**
 * Prepares the estimates of a queue from rows. `ranked` is the queue's order; `history` its services of the last 28 days.
 * A service point that serves several queues counts for each by the share of its waiting patients.
 */
export function estimateInput(
  state: SiteState,
  queue: Queue,
  ranked: readonly RankedEntry[],
  now: Instant,
  history: ServiceHistory | undefined = serviceHistories(state, now).get(queue.id),
): EstimateInput {
  const enough = history !== undefined && history.count >= ENOUGH_SERVICES;
  const service = enough ? history.mean : queue.visitLength;
  const waiting = new Map<string, number>();
  for (const other of state.rows('queues')) waiting.set(other.id, waitingIn(state, other));
  const own = Math.max(1, waiting.get(queue.id) ?? 0);
  const servers: { share: number; residual: Minutes | null }[] = [];
  for (const point of pointsOnDuty(state, queue.id)) {
    let all = own;
    for (const [id, count] of waiting) if (id !== queue.id && serves(point.queueIds, id)) all += count;
    const share = own / all;
    const there = [...state.entriesAt(point.id)];
    for (const entry of there) servers.push({ share, residual: residualOf(entry, service, now) });
    for (let free = there.length; free < point.capacity; free += 1) servers.push({ share, residual: null });
  }
  return {
    order: ranked.map(({ entry }) => entry.id),
    service,
    variation: enough ? history.variation : USUAL_VARIATION,
    rough: !enough,
    servers,
  };
}

/**
 * The estimate of somebody with `ahead` people before them (engine.md, estimates, 2 to 4):
 * `W = max(0, (Σ ahead mean + Σ busy residual)/c − (c−1)/c·mean/2)`, 0 while a place is free for them; the place alone while
 * nobody is on duty.
 */
export function estimateAt(input: EstimateInput, ahead: number): Estimate {
  let count = 0;
  let free = 0;
  let busy = 0;
  let residual = 0;
  for (const server of input.servers) {
    count += server.share;
    if (server.residual === null) free += server.share;
    else {
      busy += 1;
      residual += server.share * server.residual;
    }
  }
  if (count === 0) return { kind: 'place' };
  const { service, variation, rough } = input;
  if (ahead < free) return ahead === 0 ? { kind: 'next' } : { kind: 'range', p50: 0, p90: service / 4, rough };
  const p50 = Math.max(0, (ahead * service + residual) / count - (Math.max(0, count - 1) / count) * (service / 2));
  const deviation = (variation * service * Math.sqrt(ahead + busy)) / count;
  return { kind: 'range', p50, p90: p50 + P90_DEVIATIONS * deviation, rough };
}

/** The estimates of everyone who waits in a queue, by entry id. */
export function estimateQueue(input: EstimateInput): Map<string, Estimate> {
  return new Map(input.order.map((id, ahead) => [id, estimateAt(input, ahead)]));
}

const STEP = 5;

/** As people read it: rounded to 5 minutes, "about 25 min, most likely under 40". */
export function estimateView(estimate: Estimate): EstimateView {
  if (estimate.kind !== 'range') return { kind: estimate.kind };
  const about = Math.max(STEP, Math.round(estimate.p50 / STEP) * STEP);
  return { kind: 'range', about, under: Math.max(about + STEP, Math.ceil(estimate.p90 / STEP) * STEP), rough: estimate.rough };
}
