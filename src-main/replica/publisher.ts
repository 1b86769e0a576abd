import type { Instant, Milliseconds } from '@shared/domain/time';
import { MINUTE } from '@shared/domain/time';
import { buildDeskView } from '@shared/views/buildDeskView';
import { buildMonitorView, missedCalls } from '@shared/views/buildMonitorView';
import { type CallStream, createCallStream } from '@shared/views/callStream';
import type { DeskEvent } from '@shared/views/deskBridge';
import type { Failure } from '@shared/views/envelope';
import type { MonitorView } from '@shared/views/monitor';
import type { MonitorEvent } from '@shared/views/monitorBridge';
import type { CoreHost } from './coreHost';

/** Where views go; a window's port. */
export interface Audience {
  desk(event: DeskEvent): void;
  monitor(event: MonitorEvent): void;
  readonly watching: { readonly desks: boolean; readonly monitors: boolean };
}

/**
 * Makes the view models and sends them to the windows: after a change, once per turn of the loop however many changes it
 * brought; and without one when time alone changes what is seen (waits in minutes, the order by score).
 */
export class Publisher {
  readonly #stream: CallStream;
  #due = false;
  #stale = false;
  #after: (() => void)[] = [];
  #publishedAt: Instant | undefined;
  #monitorShown = '';
  #live: boolean | undefined;

  constructor(
    private readonly host: CoreHost,
    private readonly audience: Audience,
    source: string,
  ) {
    this.#stream = createCallStream(source);
  }

  /** Something changed: everyone gets a new view at the end of this turn of the loop. */
  changed(): void {
    this.#stale = true;
    this.#later();
  }

  /** Runs something after the views of what changed were sent, so that an answer never overtakes what it is about. */
  afterViews(run: () => void): void {
    this.#after.push(run);
    this.#later();
  }

  /** Once a second: the site's clock for all windows, and new views when the order or the minutes have moved on. */
  tick(): void {
    const now = this.host.now();
    this.audience.desk({ type: 'tick', now });
    this.audience.monitor({ type: 'tick', now });
    const last = this.#publishedAt;
    if (last === undefined || now < last || now - last >= this.#interval() || Math.floor(now / MINUTE) > Math.floor(last / MINUTE))
      this.changed();
  }

  /** What a desk that has just been opened must know. */
  deskEvents(): readonly DeskEvent[] {
    const event = this.#deskEvent(this.host.now());
    return event ? [event] : [];
  }

  /** What a monitor that has just been opened must know. */
  monitorEvents(): readonly MonitorEvent[] {
    const view = this.#monitorView(this.host.now());
    const problem = this.#nothingYet();
    const first: MonitorEvent[] = view ? [{ type: 'view', view }] : problem ? [{ type: 'problem', problem }] : [];
    return [...first, this.#source()];
  }

  /** The calls with these numbers, as far as they are still known (S17). */
  missed(from: number, to: number): MonitorEvent {
    const { state } = this.host.core;
    const withheld = this.host.core.status().unconfirmedCalls;
    return { type: 'missed', calls: missedCalls({ state, stream: this.#stream, withheld }, from, to) };
  }

  #later(): void {
    if (this.#due) return;
    this.#due = true;
    setImmediate(() => {
      this.#due = false;
      if (this.#stale) this.#publish();
      for (const run of this.#after.splice(0)) run();
    });
  }

  #publish(): void {
    this.#stale = false;
    const now = this.host.now();
    this.#publishedAt = now;
    const { desks, monitors } = this.audience.watching;
    const event = desks ? this.#deskEvent(now) : null;
    if (event) this.audience.desk(event);
    if (monitors) this.#publishMonitor(now);
    this.#tellSource();
  }

  #publishMonitor(now: Instant): void {
    const view = this.#monitorView(now);
    if (!view) return;
    const seen = JSON.stringify({ ...view, now: 0 });
    if (seen === this.#monitorShown) return;
    this.#monitorShown = seen;
    this.audience.monitor({ type: 'view', view });
  }

  #deskEvent(now: Instant): DeskEvent | null {
    const { state } = this.host.core;
    if (state.site()) return { type: 'view', view: buildDeskView({ state, status: this.host.core.status(), now }) };
    const problem = this.#nothingYet();
    return problem ? { type: 'problem', problem } : null;
  }

  #monitorView(now: Instant): MonitorView | null {
    const { state } = this.host.core;
    if (!state.site()) return null;
    return buildMonitorView({ state, now, stream: this.#stream, withheld: this.host.core.status().unconfirmedCalls });
  }

  /** Why a replica without a clinic shows none; null while it is just being fetched. */
  #nothingYet(): Failure | null {
    const { connection, help } = this.host.core.status();
    if (help) return { code: help.code, message: help.text };
    if (connection !== 'offline') return null;
    return {
      code: 'not_synced',
      message:
        'This desk has not reached its server yet, so there is nothing to show. Check that the server is running; the desk goes on by itself.',
    };
  }

  #source(): MonitorEvent {
    const status = this.host.core.status();
    // a desk that has lost its server shows its own calls only, and a screen must say that others may be missing (S16)
    const live = status.connection === 'online' || status.connection === 'connecting';
    return { type: 'source', live, since: live ? null : status.lastHeard };
  }

  #tellSource(): void {
    const event = this.#source();
    if (event.type !== 'source' || event.live === this.#live) return;
    this.#live = event.live;
    this.audience.monitor(event);
  }

  /** The shortest of the queues' update intervals: how long an order may stand without being made again. */
  #interval(): Milliseconds {
    let seconds = 15;
    for (const queue of this.host.core.state.rows('queues')) seconds = Math.min(seconds, queue.updateInterval);
    return seconds * 1_000;
  }
}
