import type { Instant, Milliseconds } from '../domain/time';
import type { Clocks } from './clientEvents';
import { instantOf } from './dayFinder';

/** Round trips of which the shortest gives the offset (S15). */
const SAMPLES = 8;
/** How far the clock may be off before it was ever measured in this run. */
const UNMEASURED: Milliseconds = 60_000;

/** The desk's estimate of the server's clock. */
export interface SiteClock {
  /** The site's time: counted on by the monotonic clock, so that changing the PC's clock does nothing. */
  now(clocks: Clocks): Instant;
  /** How far `now` may be off. */
  error(): Milliseconds;
  /** What to add to the wall clock to get the site's time, for the next start. */
  offset(clocks: Clocks): Milliseconds;
  /** One round trip: the server said `serverWall` somewhere between the two readings of the monotonic clock. */
  measured(sentMono: number, receivedMono: number, serverWall: number): void;
}

/** @param offset as stored by the last run; used until a round trip was measured. */
export function createSiteClock(offset: Milliseconds): SiteClock {
  /** Site time at monotonic zero. */
  let origin: number | null = null;
  const samples: { readonly trip: Milliseconds; readonly origin: number }[] = [];
  let best: Milliseconds | null = null;
  const at = (clocks: Clocks): number => {
    origin ??= clocks.wall + offset - clocks.mono;
    return origin + clocks.mono;
  };
  return {
    now: (clocks) => instantOf(at(clocks)),
    error: () => (best === null ? UNMEASURED : Math.ceil(best / 2)),
    offset: (clocks) => Math.round(at(clocks) - clocks.wall),
    measured(sentMono, receivedMono, serverWall) {
      const trip = Math.max(0, receivedMono - sentMono);
      samples.push({ trip, origin: serverWall + trip / 2 - receivedMono });
      if (samples.length > SAMPLES) samples.shift();
      const shortest = samples.reduce((a, b) => (b.trip < a.trip ? b : a));
      origin = shortest.origin;
      best = shortest.trip;
    },
  };
}
