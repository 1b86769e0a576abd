import type { Milliseconds } from '@shared/domain/time';
import type { ClientEffect } from '@shared/sync/clientEvents';
import { type Envelope, failure } from '@shared/views/envelope';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';

/** What a connection tells the core; `socket` numbers connections, so that news of an older one is ignored (S12). */
export interface LinkListener {
  readonly opened: (socket: number) => void;
  readonly closed: (socket: number) => void;
  readonly message: (socket: number, name: string, body: unknown) => void;
  readonly answered: (socket: number, ack: number, body: unknown) => void;
  /** The server does not know this device (any more). */
  readonly refused: (socket: number, code: string, text: string) => void;
}

type Send = Extract<ClientEffect, { type: 'send' }>;

export interface BrowserLink {
  /** Sends on the connection that the core meant, or not at all. */
  send(effect: Send): void;
  /** Drops connection `socket` and makes a new one. */
  reconnect(socket: number): void;
  /** Asks the server something outside the sync protocol. */
  ask<T>(name: string, body: unknown, output: z.ZodType<T>): Promise<Envelope<T>>;
  close(): void;
}

/** S16: an acknowledgement that does not come is a timeout, never a wait without end. */
const ANSWER_WITHIN: Milliseconds = 5_000;
/** How soon a server that refused this device, or closed the connection, is asked again. */
const REFUSED_RETRY: Milliseconds = 15_000;
const CLOSED_RETRY: Milliseconds = 500;

const refusal = z.object({ data: z.object({ code: z.enum(['unauthenticated', 'revoked']), text: z.string() }) });

/**
 * The page's pipe to the server it came from (S16): WebSocket first, long polling where that is blocked, at most 1 s and jitter
 * between tries. It keeps nothing for later: the core decides what is sent after an outage.
 */
export const openBrowserLink = (auth: { readonly deviceId: string; readonly token: string }, listener: LinkListener): BrowserLink => {
  let number = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const socket: Socket = io({
    path: '/sync',
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    auth,
    autoConnect: false,
    reconnectionDelay: 200,
    reconnectionDelayMax: 1_000,
    randomizationFactor: 0.5,
    timeout: 5_000,
  });
  const connectIn = (wait: Milliseconds) => {
    clearTimeout(retry);
    retry = setTimeout(() => socket.connect(), wait);
  };
  socket.on('connect', () => {
    number += 1;
    listener.opened(number);
  });
  socket.on('disconnect', (reason) => {
    listener.closed(number);
    // the library does not connect again by itself when the server closed the connection
    if (reason === 'io server disconnect') connectIn(CLOSED_RETRY);
  });
  socket.on('connect_error', (error) => {
    const told = refusal.safeParse(error);
    if (told.success) {
      number += 1;
      listener.refused(number, told.data.data.code, told.data.data.text);
    }
    if (!socket.active) connectIn(told.success ? REFUSED_RETRY : CLOSED_RETRY);
  });
  socket.onAny((name: string, body: unknown) => listener.message(number, name, body));
  socket.connect();

  return {
    send({ socket: meant, name, body, ack, timeout }) {
      if (!socket.connected || meant !== number) {
        if (ack !== undefined) queueMicrotask(() => listener.answered(meant, ack, null));
      } else if (ack === undefined) socket.emit(name, body);
      else
        socket
          .timeout(timeout ?? ANSWER_WITHIN)
          .emit(name, body, (error: Error | null, answer: unknown) => listener.answered(meant, ack, error ? null : answer));
    },
    reconnect(meant) {
      if (meant !== number) return;
      socket.disconnect();
      connectIn(0);
    },
    async ask<T>(name: string, body: unknown, output: z.ZodType<T>): Promise<Envelope<T>> {
      if (!socket.connected)
        return {
          ok: false,
          error: { code: 'needs_server', message: 'This needs the server, and this desk is offline. Try again when it is connected.' },
        };
      const answer: unknown = await socket
        .timeout(ANSWER_WITHIN)
        .emitWithAck(name, body)
        .catch(() => undefined);
      if (answer === undefined)
        return { ok: false, error: { code: 'timed_out', message: 'The server did not answer in time. Try again.' } };
      const parsed = z
        .discriminatedUnion('ok', [z.object({ ok: z.literal(true), data: output }), z.object({ ok: z.literal(false), error: failure })])
        .safeParse(answer);
      return parsed.success
        ? (parsed.data as Envelope<T>)
        : { ok: false, error: { code: 'malformed', message: 'The server answered something that this version does not know.' } };
    },
    close() {
      clearTimeout(retry);
      socket.off();
      socket.offAny();
      socket.disconnect();
    },
  };
};
