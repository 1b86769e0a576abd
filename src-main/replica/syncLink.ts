import type { Milliseconds } from '@shared/domain/time';
import type { ClientEffect } from '@shared/sync/clientEvents';
import { type Envelope, failure } from '@shared/views/envelope';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import type { ServerLink } from '../ipc/replicaMessages';

/** What a connection tells the core; `socket` numbers connections, so that news of an older one is ignored (S12). */
export interface LinkListener {
  readonly opened: (socket: number) => void;
  readonly closed: (socket: number) => void;
  readonly message: (socket: number, name: string, body: unknown) => void;
  readonly answered: (socket: number, ack: number, body: unknown) => void;
  /** The server knows this device no more, or not yet: connecting again does not help by itself. */
  readonly refused: (socket: number, code: string, text: string) => void;
}

type Send = Extract<ClientEffect, { type: 'send' }>;

/** S16: an acknowledgement that does not come is a timeout, never a wait without end. */
const ANSWER_WITHIN: Milliseconds = 5_000;
const CONNECT_WITHIN: Milliseconds = 5_000;
/** How soon a server that refused this device is asked again. */
const REFUSED_RETRY: Milliseconds = 15_000;

const refusal = z.object({ data: z.object({ code: z.enum(['unauthenticated', 'revoked']), text: z.string() }) });

/**
 * The pipe to the sync server (S16): WebSocket first, long polling where that is blocked, at most 1 s and jitter between
 * tries. It carries what the core sends and never keeps anything for later, since the core decides what is sent after an outage.
 */
export class SyncLink {
  #socket: Socket | undefined;
  #number = 0;
  #retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly deviceId: string,
    private readonly listener: LinkListener,
  ) {}

  get connected(): boolean {
    return this.#socket?.connected ?? false;
  }

  /** Connects to a server, in place of the one before. */
  open(link: ServerLink): void {
    this.close();
    const socket = io(link.address, {
      path: '/sync',
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      auth: { deviceId: this.deviceId, token: link.token },
      forceNew: true,
      autoConnect: false,
      reconnectionDelay: 200,
      reconnectionDelayMax: 1_000,
      randomizationFactor: 0.5,
      timeout: CONNECT_WITHIN,
    });
    this.#socket = socket;
    socket.on('connect', () => {
      this.#number += 1;
      this.listener.opened(this.#number);
    });
    socket.on('disconnect', (reason) => {
      this.listener.closed(this.#number);
      // the library does not connect again by itself when the server closed the connection
      if (reason === 'io server disconnect') this.#connectLater(jittered(1_000));
    });
    socket.on('connect_error', (error) => {
      const told = refusal.safeParse(error);
      if (told.success) {
        this.#number += 1;
        this.listener.refused(this.#number, told.data.data.code, told.data.data.text);
      }
      if (!socket.active) this.#connectLater(told.success ? REFUSED_RETRY : jittered(1_000));
    });
    socket.onAny((name: string, body: unknown) => this.listener.message(this.#number, name, body));
    socket.connect();
  }

  /** Sends on the connection that the core meant, or not at all. */
  send({ socket: number, name, body, ack, timeout }: Send): void {
    const socket = this.#socket;
    if (!socket?.connected || number !== this.#number) {
      if (ack !== undefined) queueMicrotask(() => this.listener.answered(number, ack, null));
      return;
    }
    if (ack === undefined) {
      socket.emit(name, body);
      return;
    }
    socket
      .timeout(timeout ?? ANSWER_WITHIN)
      .emit(name, body, (error: Error | null, answer: unknown) => this.listener.answered(number, ack, error ? null : answer));
  }

  /** Drops the connection `number` and makes a new one at once. */
  reconnect(number: number): void {
    if (number !== this.#number || !this.#socket) return;
    this.#socket.disconnect();
    this.#connectLater(jittered(200));
  }

  /** Asks the server something outside the sync protocol; a failure when it cannot be reached or does not answer. */
  async ask<T>(name: string, body: unknown, output: z.ZodType<T>): Promise<Envelope<T>> {
    const socket = this.#socket;
    if (!socket?.connected)
      return {
        ok: false,
        error: { code: 'offline', message: 'This needs the server, and this desk is offline. Try again when it is connected.' },
      };
    const answer: unknown = await socket
      .timeout(ANSWER_WITHIN)
      .emitWithAck(name, body)
      .catch(() => undefined);
    if (answer === undefined) return { ok: false, error: { code: 'no_answer', message: 'The server did not answer in time. Try again.' } };
    const parsed = z
      .discriminatedUnion('ok', [z.object({ ok: z.literal(true), data: output }), z.object({ ok: z.literal(false), error: failure })])
      .safeParse(answer);
    return parsed.success
      ? (parsed.data as Envelope<T>)
      : {
          ok: false,
          error: {
            code: 'malformed',
            message: 'The server answered something that this version does not know. Update the older of the two.',
          },
        };
  }

  close(): void {
    clearTimeout(this.#retry);
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    const wasOpen = socket.connected;
    socket.off();
    socket.offAny();
    socket.disconnect();
    if (wasOpen) this.listener.closed(this.#number);
  }

  #connectLater(after: Milliseconds): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#socket?.connect(), after);
  }
}

/** Between half and all of a wait, so that fifty desks do not come back in the same moment. */
const jittered = (wait: Milliseconds): Milliseconds => wait * (0.5 + Math.random() / 2);
