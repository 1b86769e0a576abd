import type { SiteStore } from '@shared/database/siteStore';
import type { Intent } from '@shared/domain/commands';
import type { Outcome } from '@shared/domain/outcome';
import type { SiteState } from '@shared/domain/state';
import { type Instant, instant } from '@shared/domain/time';
import type { ServerEffect, ServerEvent } from '@shared/sync/serverEvents';
import type { ServerSync } from '@shared/sync/serverSync';
import type { ServerClock } from '../config';
import type { Logger, TimedQuery } from '../operations/log';

type WithoutClocks<E> = E extends unknown ? Omit<E, 'wall' | 'mono'> : never;
/** An event of the core; the host adds its clocks. */
export type SiteEvent = WithoutClocks<ServerEvent>;

/** Carries out what concerns sockets; the core names them by the ids that it was given. */
export interface SiteSink {
  send(socket: string, name: string, body: unknown): void;
  /** To every desk that was welcomed: encode once. */
  broadcast(name: string, body: unknown): void;
  acknowledge(socket: string, ack: number, body: unknown): void;
  close(socket: string): void;
  changed(tables: ReadonlySet<string>): void;
}

/** Runs the referee's core on its store: no rule lives here, only the order of commit, answer and broadcast. */
export interface SiteHost {
  readonly state: SiteState;
  /** The log's last `seq`. */
  readonly head: number;
  readonly epoch: string;
  now(): Instant;
  feed(event: SiteEvent): void;
  /** A command of the site itself (S20): resolves with its outcome once it is on disk. */
  command(intent: Intent, actor: string, at?: Instant): Promise<Outcome>;
  /** Ends the turn now instead of at the end of the loop's: everything that was fed becomes one commit (S4, group commit). */
  flush(): void;
  attach(sink: SiteSink): void;
  /** Whether the last commit succeeded; false while the disk is full or failing. */
  readonly databaseOk: boolean;
}

export interface SiteHostServices {
  readonly core: ServerSync;
  readonly store: Pick<SiteStore, 'commit'>;
  readonly clock: ServerClock;
  readonly log: Logger;
  readonly timed: TimedQuery;
}

export const createSiteHost = ({ core, store, clock, log, timed }: SiteHostServices): SiteHost => {
  let sink: SiteSink | null = null;
  let turnEnds: NodeJS.Immediate | null = null;
  let databaseOk = true;
  let tokens = 0;
  const answers = new Map<number, (outcome: Outcome) => void>();

  const give = (event: SiteEvent): void => {
    const stamped = { ...event, wall: clock.wall(), mono: clock.mono() } as ServerEvent;
    for (const effect of core.handle(stamped)) carryOut(effect);
  };

  const commit = (effect: Extract<ServerEffect, { type: 'commit' }>): void => {
    try {
      timed('site commit', () => store.commit(effect.data));
      databaseOk = true;
    } catch (error) {
      databaseOk = false;
      const text = error instanceof Error ? error.message : String(error);
      log.error({ commit: effect.commit, reason: text }, 'commit failed');
      give({ type: 'commitFailed', commit: effect.commit, text });
      return;
    }
    give({ type: 'committed', commit: effect.commit });
  };

  const carryOut = (effect: ServerEffect): void => {
    switch (effect.type) {
      case 'commit':
        commit(effect);
        return;
      case 'siteAnswer':
        answers.get(effect.token)?.(effect.outcome);
        answers.delete(effect.token);
        return;
      case 'send':
        sink?.send(effect.socket, effect.name, effect.body);
        return;
      case 'broadcast':
        sink?.broadcast(effect.name, effect.body);
        return;
      case 'acknowledge':
        sink?.acknowledge(effect.socket, effect.ack, effect.body);
        return;
      case 'close':
        sink?.close(effect.socket);
        return;
      case 'changed':
        sink?.changed(effect.tables);
        return;
      case 'report':
        log.warn({ code: effect.code }, effect.text);
    }
  };

  const flush = (): void => {
    if (turnEnds) clearImmediate(turnEnds);
    turnEnds = null;
    give({ type: 'flush' });
  };

  const feed = (event: SiteEvent): void => {
    turnEnds ??= setImmediate(flush);
    give(event);
  };

  return {
    get state() {
      return core.state;
    },
    get head() {
      return core.head;
    },
    get epoch() {
      return core.epoch;
    },
    get databaseOk() {
      return databaseOk;
    },
    now: () => instant.parse(Math.round(clock.wall())),
    feed,
    command(intent, actor, at) {
      tokens += 1;
      const token = tokens;
      return new Promise((resolve) => {
        answers.set(token, resolve);
        feed({ type: 'siteCommand', token, intent, actor, ...(at === undefined ? {} : { at }) });
      });
    },
    flush,
    attach(given) {
      sink = given;
    },
  };
};
