import type { ServiceDay } from '../domain/time';

/**
 * Numbers the calls of one run of a source (a desk or the server), from 1 and without gaps, so that a screen finds out what
 * it missed and asks for it (S17). It remembers ids only: what may be said of a call is decided anew each time it is shown.
 */
export interface CallStream {
  /** Identifies the run: numbers of different sources say nothing about each other. */
  readonly source: string;
  /** Number of the newest call; 0 before the first. */
  readonly last: number;
  /** The call's number: the one that it had before on this day, or the next. */
  numberOf(callId: string, day: ServiceDay): number;
  /** Ids of the calls of the latest day numbered `from` to `to`, oldest first. */
  between(from: number, to: number): readonly string[];
}

/** A stream for one run of a source; `source` must differ from run to run. */
export const createCallStream = (source: string): CallStream => {
  const numbers = new Map<string, number>();
  const ids = new Map<number, string>();
  let last = 0;
  let latestDay: ServiceDay | null = null;
  return {
    source,
    get last() {
      return last;
    },
    numberOf(callId, day) {
      if (day !== latestDay) {
        latestDay = day;
        numbers.clear();
        ids.clear();
      }
      const given = numbers.get(callId);
      if (given !== undefined) return given;
      last += 1;
      numbers.set(callId, last);
      ids.set(last, callId);
      return last;
    },
    between(from, to) {
      const found: string[] = [];
      for (let number = Math.max(from, last - numbers.size + 1); number <= Math.min(to, last); number += 1) {
        const id = ids.get(number);
        if (id !== undefined) found.push(id);
      }
      return found;
    },
  };
};
