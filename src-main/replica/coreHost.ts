import { DatabaseProblem } from '@shared/database/driver';
import type { Instant } from '@shared/domain/time';
import type { ClientEffect, ClientEvent, Clocks, ReplicaCommit } from '@shared/sync/clientEvents';
import type { ClientSync } from '@shared/sync/clientSync';

/** An event as it reaches the host, before it gets the clocks. */
export type HostEvent = ClientEvent extends infer E ? (E extends ClientEvent ? Omit<E, keyof Clocks> : never) : never;

/** Everything that the core may ask of its host, but the commits. */
export interface HostServices {
  readonly clocks: () => Clocks;
  /** Writes in one transaction, or throws (S4). */
  readonly commit: (data: ReplicaCommit) => void;
  readonly send: (effect: Extract<ClientEffect, { type: 'send' }>) => void;
  readonly reconnect: (socket: number) => void;
  readonly answer: (effect: Extract<ClientEffect, { type: 'answer' }>) => void;
  readonly changed: () => void;
  readonly report: (code: string, text: string) => void;
}

/**
 * Carries out what the core asks, one event after the other: the store's answer to a commit is the next event, so what a
 * command changed is on disk before anything tells of it (S4).
 */
export class CoreHost {
  readonly #events: HostEvent[] = [];
  #working = false;

  constructor(
    readonly core: ClientSync,
    private readonly services: HostServices,
  ) {}

  now(): Instant {
    return this.core.siteNow(this.services.clocks());
  }

  feed(event: HostEvent): void {
    this.#events.push(event);
    if (this.#working) return;
    this.#working = true;
    try {
      for (let next = this.#events.shift(); next; next = this.#events.shift()) {
        for (const effect of this.core.handle({ ...next, ...this.services.clocks() } as ClientEvent)) this.#carryOut(effect);
      }
    } finally {
      this.#working = false;
    }
  }

  #carryOut(effect: ClientEffect): void {
    switch (effect.type) {
      case 'commit':
        this.#events.push(this.#written(effect));
        break;
      case 'send':
        this.services.send(effect);
        break;
      case 'reconnect':
        this.services.reconnect(effect.socket);
        break;
      case 'answer':
        this.services.answer(effect);
        break;
      case 'changed':
        this.services.changed();
        break;
      case 'report':
        this.services.report(effect.code, effect.text);
        break;
    }
  }

  #written({ commit, data }: Extract<ClientEffect, { type: 'commit' }>): HostEvent {
    try {
      this.services.commit(data);
      return { type: 'committed', commit };
    } catch (error) {
      const code = error instanceof DatabaseProblem && (error.code === 'disk_full' || error.code === 'read_only') ? error.code : 'failed';
      return { type: 'commitFailed', commit, code, text: error instanceof Error ? error.message : String(error) };
    }
  }
}
