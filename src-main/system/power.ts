/** What is used of Electron's `powerSaveBlocker`. */
export interface SleepBlocker {
  start(type: 'prevent-app-suspension' | 'prevent-display-sleep'): number;
  stop(id: number): unknown;
}

/** Keeps the machine awake for as long as something needs it, each reason counted by itself. */
export class Power {
  readonly #held = new Map<string, number>();

  constructor(private readonly blocker: SleepBlocker) {}

  /** A screen in the waiting room must not go dark. Holding the same reason twice is holding it once. */
  keepDisplayOn(reason: string): void {
    this.#hold(reason, 'prevent-display-sleep');
  }

  /** Other desks depend on this machine: its display may sleep, it may not. */
  keepRunning(reason: string): void {
    this.#hold(reason, 'prevent-app-suspension');
  }

  release(reason: string): void {
    const id = this.#held.get(reason);
    if (id === undefined) return;
    this.#held.delete(reason);
    this.blocker.stop(id);
  }

  #hold(reason: string, type: 'prevent-app-suspension' | 'prevent-display-sleep'): void {
    if (!this.#held.has(reason)) this.#held.set(reason, this.blocker.start(type));
  }
}
