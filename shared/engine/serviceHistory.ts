import type { SiteState } from '../domain/state';
import { type Instant, MINUTE, type Minutes } from '../domain/time';

/** The services of one queue in the last 28 days: how many, their mean length and coefficient of variation. */
export interface ServiceHistory {
  readonly count: number;
  readonly mean: Minutes;
  readonly variation: number;
}

const WINDOW = 28 * 24 * 60 * MINUTE;

/** The service history of every queue, by queue id, in one pass over the entries that this state holds. */
export function serviceHistories(state: SiteState, now: Instant): ReadonlyMap<string, ServiceHistory> {
  const sums = new Map<string, { count: number; sum: number; squares: number }>();
  for (const entry of state.rows('entries')) {
    if (entry.status !== 'completed' || entry.startedAt === null || entry.endedAt === null || entry.endedAt < now - WINDOW) continue;
    const minutes = (entry.endedAt - entry.startedAt) / MINUTE;
    const sum = sums.get(entry.queueId) ?? { count: 0, sum: 0, squares: 0 };
    sum.count += 1;
    sum.sum += minutes;
    sum.squares += minutes * minutes;
    sums.set(entry.queueId, sum);
  }
  const histories = new Map<string, ServiceHistory>();
  for (const [queueId, { count, sum, squares }] of sums) {
    const mean = sum / count;
    const variance = Math.max(0, squares / count - mean * mean);
    histories.set(queueId, { count, mean, variation: mean > 0 ? Math.sqrt(variance) / mean : 0 });
  }
  return histories;
}
