import type { Milliseconds } from '@shared/domain/time';
import type { Failure } from '@shared/views/envelope';
import type { WindowKind } from '../ipc/channels';
import { fromReplica, type ServerLink, type ToReplica } from '../ipc/replicaMessages';
import { type ChildHandle, type Schedule, SupervisedProcess } from './supervisedProcess';

/** How long the replica may take to finish its last write and close its database. */
const STOP_WITHIN: Milliseconds = 5_000;

/** What is used of Electron's `MessagePortMain`. */
export interface MainPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: { data: unknown }) => void): unknown;
  start(): void;
  close(): void;
}

/** A window that wants a port. */
export interface PortWindow<P> {
  readonly id: number;
  readonly kind: WindowKind;
  /** Hands the window its end of a channel. */
  readonly give: (port: P) => void;
}

export interface ReplicaProcessOptions<P extends MainPort> {
  readonly fork: () => ChildHandle<P>;
  readonly channel: () => { readonly port1: P; readonly port2: P };
  readonly report: (sentence: string) => void;
  readonly schedule?: Schedule;
}

/** What the replica is opened with. */
export interface ReplicaDevice {
  readonly file: string;
  readonly device: { readonly deviceId: string; readonly deviceName: string; readonly letter: string };
  readonly link: ServerLink | undefined;
}

/**
 * Main's side of the replica: keeps its process running, gives every window a port to it, and gives new ports when it was
 * started again. Windows whose replica cannot run are told why by main itself, on a port of the same kind.
 */
export class ReplicaProcess<P extends MainPort> {
  readonly #process: SupervisedProcess<P>;
  readonly #windows = new Map<number, PortWindow<P>>();
  #opened: ReplicaDevice | undefined;
  #problem: Failure | undefined;

  constructor(private readonly options: ReplicaProcessOptions<P>) {
    this.#process = new SupervisedProcess<P>({
      fork: options.fork,
      started: (generation) => this.#started(generation),
      message: (message, generation) => this.#heard(message, generation),
      died: (again, code) => this.#died(again, code),
      ...(options.schedule ? { schedule: options.schedule } : {}),
    });
  }

  get isOpen(): boolean {
    return this.#opened !== undefined;
  }

  /** Starts the replica of a device; windows get their ports. */
  open(replica: ReplicaDevice): void {
    this.#opened = replica;
    this.#problem = undefined;
    this.#process.start();
  }

  /** Tells where the server is now, and with what secret. */
  connectTo(link: ServerLink): void {
    if (!this.#opened) return;
    this.#opened = { ...this.#opened, link };
    this.#post({ type: 'link', link });
  }

  /** Gives a window its port, now and after every restart, until it is forgotten. */
  addWindow(window: PortWindow<P>): void {
    this.#windows.set(window.id, window);
    // a person who loads the page again asks for another try
    if (this.#opened && this.#process.circuitOpen) {
      this.#problem = undefined;
      this.#process.start();
    } else this.#givePort(window);
  }

  forgetWindow(id: number): void {
    this.#windows.delete(id);
  }

  /** Says to all windows, those opened later too, why nothing can be shown; until the replica is opened. */
  explain(problem: Failure): void {
    if (this.#opened && !this.#process.circuitOpen) return;
    this.#problem = problem;
    for (const window of this.#windows.values()) this.#givePort(window);
  }

  /** Ends it after its last write; afterwards another may be opened. */
  async stop(): Promise<void> {
    this.#opened = undefined;
    await this.#process.stop({ type: 'stop' } satisfies ToReplica, STOP_WITHIN);
  }

  #post(message: ToReplica, port?: P): boolean {
    return this.#process.post(message, port ? [port] : undefined);
  }

  #started(generation: number): void {
    const opened = this.#opened;
    if (!opened) return;
    this.#post({
      type: 'open',
      generation,
      file: opened.file,
      // the device's id was parsed when its file was read
      device: opened.device as Extract<ToReplica, { type: 'open' }>['device'],
      ...(opened.link ? { link: opened.link } : {}),
    });
    for (const window of this.#windows.values()) this.#givePort(window);
  }

  #givePort(window: PortWindow<P>): void {
    if (!this.#problem && !this.#process.running) return;
    const { port1, port2 } = this.options.channel();
    if (this.#problem) this.#tellOn(port1, this.#problem);
    else this.#post({ type: 'window', kind: window.kind, windowId: window.id }, port1);
    window.give(port2);
  }

  /** Speaks in the replica's place: the problem, and for every request the same answer. */
  #tellOn(port: P, problem: Failure): void {
    port.on('message', ({ data }) => {
      const id: unknown = typeof data === 'object' && data !== null && 'id' in data ? data.id : undefined;
      if (typeof id === 'number') port.postMessage({ type: 'answer', id, envelope: { ok: false, error: problem } });
    });
    port.start();
    port.postMessage({ type: 'problem', problem });
  }

  #heard(raw: unknown, generation: number): void {
    const parsed = fromReplica.safeParse(raw);
    if (!parsed.success || parsed.data.generation !== generation) return;
    if (parsed.data.type === 'problem') this.options.report(parsed.data.failure.message);
  }

  #died(again: boolean, code: number): void {
    if (again) return;
    const problem: Failure = {
      code: 'replica_died',
      message: `The part of the application that keeps this desk's data ended three times (code ${code}). Nothing that was recorded is lost. Start the application again; if it returns, send the data folder to support.`,
    };
    this.options.report(problem.message);
    this.explain(problem);
  }
}
