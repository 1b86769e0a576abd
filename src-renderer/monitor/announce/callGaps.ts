import type { MonitorView } from '@shared/views/monitor';

/** Numbers of a source's stream that a screen has not seen, both ends included (S17). */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** Older calls than so many are too old to be spoken and too far down to be shown. */
const WORTH_ASKING = 200;

/** Follows the numbers of one source at a time; a new source starts afresh. Each missing number is asked for once. */
export class CallGaps {
  #source: string | null = null;
  #seenUpTo = 0;

  /** The numbers that are missing between the view before and this one. */
  follow(view: Pick<MonitorView, 'source' | 'lastNumber' | 'calls'>): readonly Gap[] {
    const isNew = view.source !== this.#source;
    const before = this.#seenUpTo;
    this.#source = view.source;
    this.#seenUpTo = view.lastNumber;
    if (isNew) return [];
    const seen = new Set(view.calls.map(({ number }) => number));
    const gaps: { from: number; to: number }[] = [];
    for (let number = Math.max(before + 1, view.lastNumber - WORTH_ASKING); number <= view.lastNumber; number += 1) {
      if (seen.has(number)) continue;
      const latest = gaps.at(-1);
      if (latest?.to === number - 1) latest.to = number;
      else gaps.push({ from: number, to: number });
    }
    return gaps;
  }
}
