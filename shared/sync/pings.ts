import type { Clocks } from './clientEvents';
import { ping } from './messages';
import type { SiteClock } from './siteClock';

/** Milliseconds between two measurements of the clock (S15), and how long one may take. */
const EVERY = 3_000;
const TIMEOUT = 2_000;

/** Measures the round trip and the server's clock while connected (S15). */
export interface Pings {
  begin(clocks: Clocks): void;
  end(): void;
  /** The answer to a ping; other acknowledgements are passed over. */
  answered(ack: number, body: unknown, clocks: Clocks): void;
  tick(clocks: Clocks): void;
}

/** @param ask sends with an acknowledgement and gives its number. */
export function createPings(clock: SiteClock, ask: (name: string, body: unknown, timeout: number) => number): Pings {
  /** When each was sent, by the monotonic clock. */
  const sent = new Map<number, number>();
  let nextAt: number | null = null;

  function begin(clocks: Clocks): void {
    nextAt = clocks.mono + EVERY;
    sent.set(ask('ping', { wall: clocks.wall }, TIMEOUT), clocks.mono);
  }

  return {
    begin,
    end() {
      nextAt = null;
      sent.clear();
    },
    answered(ack, body, clocks) {
      const sentAt = sent.get(ack);
      sent.delete(ack);
      if (sentAt === undefined || body === null) return;
      const parsed = ping.safeParse(body);
      if (parsed.success) clock.measured(sentAt, clocks.mono, parsed.data.wall);
    },
    tick(clocks) {
      if (nextAt !== null && clocks.mono >= nextAt) begin(clocks);
    },
  };
}
