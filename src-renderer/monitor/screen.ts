import type { Instant } from '@shared/domain/time';
import type { Failure } from '@shared/views/envelope';
import type { MonitorCall, MonitorView } from '@shared/views/monitor';
import type { MonitorBridge, MonitorEvent } from '@shared/views/monitorBridge';
import type { Announcer } from './announce/announcer';
import { CallGaps } from './announce/callGaps';

/** What the screen shows. */
export interface ScreenState {
  readonly view: MonitorView | null;
  /** Null while the source is heard; otherwise since when it is not, as far as that is known. */
  readonly stale: { readonly since: Instant | null } | null;
  /** The call that is being announced. */
  readonly calling: MonitorCall | null;
  /** Counts announcements, so that the panel lights up for each. */
  readonly flashes: number;
  readonly problem: Failure | null;
  /** The site's clock. */
  readonly now: Instant | null;
}

export interface ScreenServices {
  /** Milliseconds that never jump. */
  readonly mono: () => number;
  /** Calls back every so many milliseconds until the returned function is called. */
  readonly every: (milliseconds: number, callback: () => void) => () => void;
}

/** S16: a source unheard for this long is lost: two beats of 2 s and some patience, so that the screen says so within 5 s. */
const LOST_AFTER = 4_200;
const CHECK_EVERY = 250;

/** The state of one screen, fed by its bridge; it hands fresh calls to the announcer and asks for those that it missed. */
export class Screen {
  #state: ScreenState = { view: null, stale: null, calling: null, flashes: 0, problem: null, now: null };
  readonly #bridge: MonitorBridge;
  readonly #services: ScreenServices;
  readonly #gaps = new CallGaps();
  readonly #listeners = new Set<() => void>();
  #announcer: Announcer | null = null;
  /** Whether the bridge itself says that its source is heard. */
  #sourceStale: { since: Instant | null } | null = null;
  #heardAt: number | null = null;
  #heardNow: Instant | null = null;

  constructor(bridge: MonitorBridge, services: ScreenServices) {
    this.#bridge = bridge;
    this.#services = services;
  }

  /** Starts to listen; returns what stops it. */
  start(announcer: Announcer): () => void {
    this.#announcer = announcer;
    const unsubscribe = this.#bridge.subscribe((event) => this.#take(event));
    const stop = this.#services.every(CHECK_EVERY, () => this.#check());
    return () => {
      unsubscribe();
      stop();
    };
  }

  readonly state = (): ScreenState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The site's clock, counted on from when the source was last heard. */
  readonly siteNow = (): Instant | null =>
    this.#heardNow === null || this.#heardAt === null
      ? null
      : ((this.#heardNow + Math.round(this.#services.mono() - this.#heardAt)) as Instant);

  /** The announcer begins with a call, or has said all. */
  readonly calling = (call: MonitorCall | null): void => {
    this.#set({ calling: call, flashes: this.#state.flashes + (call ? 1 : 0) });
  };

  #take(event: MonitorEvent): void {
    switch (event.type) {
      case 'tick':
        this.#heard(event.now);
        break;
      case 'view':
        this.#heard(event.view.now);
        this.#set({ view: event.view, problem: null });
        this.#follow(event.view);
        break;
      case 'missed':
        for (const call of event.calls) this.#announcer?.offer(call);
        break;
      case 'source':
        this.#sourceStale = event.live ? null : { since: event.since };
        break;
      case 'problem':
        this.#set({ problem: event.problem });
        break;
    }
    this.#check();
  }

  #follow(view: MonitorView): void {
    const announcer = this.#announcer;
    if (!announcer) return;
    announcer.setLanguages(view.languages);
    const listed = new Set(view.calls.map(({ callId }) => callId));
    const oldest = Math.min(...view.calls.map(({ number }) => number));
    // newer than the oldest on the list and yet not on it: undone, or another desk had been first
    announcer.withdraw(
      new Set(announcer.waiting.filter(({ callId, number }) => number >= oldest && !listed.has(callId)).map(({ callId }) => callId)),
    );
    for (const { from, to } of this.#gaps.follow(view)) this.#bridge.missed(from, to);
    for (const call of view.calls.toReversed()) announcer.offer(call);
  }

  #heard(now: Instant): void {
    this.#heardAt = this.#services.mono();
    this.#heardNow = now;
  }

  #check(): void {
    const silent = this.#heardAt !== null && this.#services.mono() - this.#heardAt > LOST_AFTER;
    const stale = this.#sourceStale ?? (silent ? { since: this.#heardNow } : null);
    const same = stale?.since === this.#state.stale?.since && (stale === null) === (this.#state.stale === null);
    const now = this.siteNow();
    const second = (moment: Instant | null) => (moment === null ? null : Math.floor(moment / 1000));
    if (same && second(now) === second(this.#state.now)) return;
    this.#set({ stale: same ? this.#state.stale : stale, now });
  }

  #set(change: Partial<ScreenState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
