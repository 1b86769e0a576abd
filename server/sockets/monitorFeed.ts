import type { SiteState } from '@shared/domain/state';
import type { Instant } from '@shared/domain/time';
import { buildMonitorView, missedCalls } from '@shared/views/buildMonitorView';
import { createCallStream } from '@shared/views/callStream';
import type { MonitorCall, MonitorView } from '@shared/views/monitor';

/** Committed rows hold decided calls alone: nothing awaits an outcome here. */
const withheld: ReadonlySet<string> = new Set();

/** What the waiting-room screens of this server are shown, and the numbers of its calls. */
export interface MonitorFeed {
  /** Made from committed rows, redacted and strictly parsed by the builder, so that no private field leaves (S17). */
  view(state: SiteState, now: Instant): MonitorView;
  /** The calls with these numbers, as far as they may still be shown. */
  missed(state: SiteState, from: number, to: number): MonitorCall[];
}

/** `source` names this run of the server: numbers of another run say nothing about these. */
export const createMonitorFeed = (source: string): MonitorFeed => {
  const stream = createCallStream(source);
  return {
    view: (state, now) => buildMonitorView({ state, now, stream, withheld }),
    missed: (state, from, to) => missedCalls({ state, stream, withheld }, from, to),
  };
};
