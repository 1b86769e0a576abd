import type { Milliseconds } from '../domain/time';

/** S9: 0.5 s at least, and at most 1 s after the first failure, doubling to 5 s; `random` in 0..1 spreads desks apart. */
export const retryDelay = (failures: number, random: number): Milliseconds =>
  500 + random * (Math.min(5_000, 1_000 * 2 ** Math.max(0, failures - 1)) - 500);
