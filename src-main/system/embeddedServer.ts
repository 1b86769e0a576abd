import type { Milliseconds } from '@shared/domain/time';
import type { Failure } from '@shared/views/envelope';
import { FailureError } from '../ipc/gate';
import { type Admission, type FromServer, fromServer, type ServerConfig, type ToServer } from '../ipc/serverMessages';
import { type ChildHandle, realSchedule, type Schedule, SupervisedProcess } from './supervisedProcess';

/** How long the first answer of the server may take: it opens and checks its database first. */
const READY_WITHIN: Milliseconds = 30_000;
/** How long it may take to write what it holds and close, before it is ended. */
const STOP_WITHIN: Milliseconds = 5_000;
/** Between two tries while it cannot serve, a taken port for instance. */
const TRY_AGAIN_AFTER: Milliseconds = 5_000;

/** The failure of an admission under a name that another device has. */
export const NAME_TAKEN = 'name_taken';

export interface EmbeddedServerOptions<P> {
  readonly fork: () => ChildHandle<P>;
  readonly config: ServerConfig;
  /** It listens; again after every restart. */
  readonly ready: (server: Extract<FromServer, { type: 'ready' }>) => void;
  /** It cannot serve now, and why. It is tried again by itself. */
  readonly problem: (failure: Failure) => void;
  /** How many desks are connected, this one's included. */
  readonly desks: (count: number) => void;
  readonly schedule?: Schedule;
}

interface Waiting {
  readonly resolve: (admission: Admission) => void;
  readonly reject: (error: FailureError) => void;
}

/** The sync server of a small clinic, as a utility process of this application (forked, never imported). */
export class EmbeddedServer<P> {
  readonly #process: SupervisedProcess<P>;
  readonly #schedule: Schedule;
  #waiting: Waiting[] = [];
  #stopped = true;
  #callOff: (() => void) | undefined;

  constructor(private readonly options: EmbeddedServerOptions<P>) {
    this.#schedule = options.schedule ?? realSchedule;
    this.#process = new SupervisedProcess<P>({
      fork: options.fork,
      started: () => this.#started(),
      message: (message) => this.#heard(message),
      died: (again) => this.#died(again),
      ...(options.schedule ? { schedule: options.schedule } : {}),
    });
  }

  start(): void {
    this.#stopped = false;
    this.#process.start();
  }

  /**
   * Makes this PC a device of the clinic, without a code: who owns the server's process owns the clinic. Rejects with a
   * `FailureError` when the server ends or has a problem before it answers.
   */
  admit(deviceName: string, role: 'desk' | 'display'): Promise<Admission> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (!this.#send({ type: 'admit', deviceName, role }))
        this.#giveUpWaiting({ code: 'server_stopped', message: 'The sync server on this PC is not running.' });
    });
  }

  /** Ends it after everything that it accepted is on disk. */
  stop(): Promise<void> {
    this.#stopped = true;
    this.#callOff?.();
    return this.#process.stop({ type: 'stop' } satisfies ToServer, STOP_WITHIN);
  }

  #send(message: ToServer): boolean {
    return this.#process.post(message);
  }

  #started(): void {
    this.#send({ type: 'start', config: this.options.config });
    this.#callOff?.();
    this.#callOff = this.#schedule(READY_WITHIN, () =>
      this.options.problem({
        code: 'server_silent',
        message: `The sync server on this PC has not answered for ${READY_WITHIN / 1000} seconds. Close other programs that keep the disk busy.`,
      }),
    );
  }

  #heard(raw: unknown): void {
    const parsed = fromServer.safeParse(raw);
    if (!parsed.success) {
      this.options.problem({
        code: 'server_malformed',
        message: 'The sync server on this PC said something that this version does not know. Install the application again.',
      });
      return;
    }
    const message = parsed.data;
    switch (message.type) {
      case 'ready':
        this.#callOff?.();
        this.options.ready(message);
        break;
      case 'admitted':
        this.#waiting.shift()?.resolve(message);
        break;
      case 'problem':
        // a name can be chosen again; anything else is a server that cannot do its work
        if (message.failure.code === NAME_TAKEN) this.#giveUpWaiting(message.failure);
        else this.#cannotServe(message.failure);
        break;
      case 'desks':
        this.options.desks(message.count);
        break;
      case 'stopped':
        break;
    }
  }

  /** A server that said why it cannot serve is ended and tried anew, since the cause lies outside it. */
  #cannotServe(failure: Failure): void {
    this.#callOff?.();
    this.#giveUpWaiting(failure);
    this.options.problem(failure);
    void this.#process.stop({ type: 'stop' } satisfies ToServer, STOP_WITHIN).then(() => this.#tryLater());
  }

  #died(again: boolean): void {
    this.#callOff?.();
    this.options.desks(0);
    this.#giveUpWaiting({ code: 'server_died', message: 'The sync server on this PC ended unexpectedly.' });
    if (again) return;
    this.options.problem({
      code: 'server_died',
      message: 'The sync server on this PC ended several times. Desks go on offline while it is tried again.',
    });
    this.#tryLater();
  }

  #tryLater(): void {
    if (this.#stopped) return;
    this.#callOff = this.#schedule(TRY_AGAIN_AFTER, () => this.#process.start());
  }

  #giveUpWaiting(failure: Failure): void {
    for (const { reject } of this.#waiting.splice(0)) reject(new FailureError(failure));
  }
}
