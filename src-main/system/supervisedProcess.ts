import type { Milliseconds } from '@shared/domain/time';

/** What is used of Electron's `UtilityProcess`; `P` is the kind of port that can be handed to it. */
export interface ChildHandle<P> {
  postMessage(message: unknown, transfer?: P[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
}

/** Runs something later, and says how to call it off. */
export type Schedule = (after: Milliseconds, run: () => void) => () => void;

export const realSchedule: Schedule = (after, run) => {
  const timer = setTimeout(run, after);
  return () => clearTimeout(timer);
};

/** Waits between the end of a process and its next start. */
const RESTART_AFTER: readonly Milliseconds[] = [200, 1_000, 4_000];
/** A process that lived this long starts again with a clean record. */
const HEALTHY_AFTER: Milliseconds = 60_000;

export interface SupervisedOptions<P> {
  readonly fork: () => ChildHandle<P>;
  /** A process was started; `generation` counts them from 1. Whatever it needs to begin is sent to it here. */
  readonly started: (generation: number) => void;
  readonly message: (message: unknown, generation: number) => void;
  /** It ended unasked; `again` tells whether it will be started again, or the circuit is open. */
  readonly died: (again: boolean, code: number) => void;
  readonly schedule?: Schedule;
}

/**
 * One utility process that is started again when it dies, with growing waits; three deaths in a row within a minute of
 * their starts open the circuit: nothing more is started until `start` is called again, and never in a loop.
 */
export class SupervisedProcess<P> {
  #child: ChildHandle<P> | undefined;
  #generation = 0;
  #failures = 0;
  #callOffRestart: (() => void) | undefined;
  #callOffHealthy: (() => void) | undefined;
  #stopping = false;
  readonly #exits = new Set<() => void>();
  readonly #schedule: Schedule;

  constructor(private readonly options: SupervisedOptions<P>) {
    this.#schedule = options.schedule ?? realSchedule;
  }

  get running(): boolean {
    return this.#child !== undefined;
  }

  get generation(): number {
    return this.#generation;
  }

  /** True when it died too often and is not started again by itself. */
  get circuitOpen(): boolean {
    return !this.#child && !this.#callOffRestart && this.#failures >= RESTART_AFTER.length;
  }

  /** Starts it, unless it runs; forgets earlier failures, so a person can close the circuit. */
  start(): void {
    if (this.#child) return;
    this.#failures = 0;
    this.#stopping = false;
    this.#fork();
  }

  /** Sends to the running process; false when there is none. */
  post(message: unknown, transfer?: P[]): boolean {
    if (!this.#child) return false;
    // Electron refuses an argument that is there but undefined
    if (transfer) this.#child.postMessage(message, transfer);
    else this.#child.postMessage(message);
    return true;
  }

  /** Asks it to end with `message`, and ends it by force after `patience`; resolves when it is gone. */
  stop(message: unknown, patience: Milliseconds): Promise<void> {
    this.#stopping = true;
    this.#callOffRestart?.();
    this.#callOffRestart = undefined;
    const child = this.#child;
    if (!child) return Promise.resolve();
    return new Promise((resolve) => {
      const callOff = this.#schedule(patience, () => child.kill());
      this.#exits.add(() => {
        callOff();
        resolve();
      });
      child.postMessage(message);
    });
  }

  #fork(): void {
    this.#callOffRestart = undefined;
    this.#generation += 1;
    const generation = this.#generation;
    const child = this.options.fork();
    this.#child = child;
    this.#callOffHealthy = this.#schedule(HEALTHY_AFTER, () => {
      this.#failures = 0;
    });
    child.on('message', (message) => this.options.message(message, generation));
    child.on('exit', (code) => this.#ended(code));
    this.options.started(generation);
  }

  #ended(code: number): void {
    this.#child = undefined;
    this.#callOffHealthy?.();
    for (const exit of this.#exits) exit();
    this.#exits.clear();
    if (this.#stopping) return;
    this.#failures += 1;
    const wait = RESTART_AFTER[this.#failures - 1];
    const again = wait !== undefined && this.#failures < RESTART_AFTER.length;
    if (again) this.#callOffRestart = this.#schedule(wait, () => this.#fork());
    this.options.died(again, code);
  }
}
