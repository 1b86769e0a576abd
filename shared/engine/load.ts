import type { QueueId } from '../domain/ids';
import type { Queue } from '../domain/rows';
import type { SiteState } from '../domain/state';

/** How full a queue is, from calm to full. */
export type LoadBand = 'calm' | 'busy' | 'heavy' | 'full';
const BANDS: readonly LoadBand[] = ['calm', 'busy', 'heavy', 'full'];

export interface Load {
  /** size / capacity. */
  readonly utilization: number;
  readonly band: LoadBand;
  readonly factor: number;
}

/**
 * The load of a queue with `size` people (engine.md, load): by default factor 1.0 below half full, 1.2 below 0.75, 1.5 below
 * 0.9, else 2.0. Null for a queue without a capacity.
 */
export function loadOf(queue: Pick<Queue, 'capacity' | 'loadThresholds' | 'loadFactors'>, size: number): Load | null {
  if (queue.capacity === null) return null;
  const utilization = size / queue.capacity;
  const passed = queue.loadThresholds.filter((threshold) => utilization >= threshold).length;
  return { utilization, band: BANDS[passed] ?? 'full', factor: queue.loadFactors[passed] ?? 1 };
}

/** People that a queue holds: everyone whose turn is open there and whose service has not started. */
export function queueSize(state: SiteState, queueId: QueueId): number {
  let size = 0;
  for (const entry of state.openEntries(queueId)) if (entry.status !== 'in_service' && entry.status !== 'scheduled') size += 1;
  return size;
}
