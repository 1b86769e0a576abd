import { randomBytes } from 'node:crypto';
import type { Command, Intent } from '@shared/domain/commands';
import type { Welcome } from '@shared/sync/messages';
import { io, type Socket } from 'socket.io-client';
import { uuidv7 } from 'uuidv7';
import { expect, onTestFinished } from 'vitest';
import type { RunningServer } from '../../server/startServer';

export interface Credentials {
  readonly deviceId: string;
  readonly token: string;
}

/** Pairs a device as its page or app does: over HTTP, with a code. */
export const pairOverHttp = (address: string, body: unknown): Promise<Response> =>
  fetch(`${address}/api/pair`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

export const paired = async (
  server: RunningServer,
  deviceName: string,
  role: 'desk' | 'display' = 'desk',
): Promise<Credentials & { letter: string }> => {
  const answer = await pairOverHttp(server.address, { code: server.issueCode(role).code, deviceName, role });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Credentials & { letter: string };
};

/** A socket of socket.io-client with nothing around it; it never reconnects by itself. */
export const openSocket = (address: string, auth: object, options: object = {}): Socket => {
  const socket = io(address, { path: '/sync', transports: ['websocket'], reconnection: false, forceNew: true, auth, ...options });
  onTestFinished(() => void socket.close());
  return socket;
};

export const next = <T = unknown>(socket: Socket, name: string): Promise<T> => new Promise((resolve) => socket.once(name, resolve));

/** Resolves when the condition holds, looked at after every message of the socket. */
export const until = (socket: Socket, holds: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (!holds()) return;
      socket.offAny(look);
      resolve();
    };
    socket.onAny(look);
    look();
  });

interface Part {
  readonly changes: readonly { readonly table: string; readonly id: string; readonly row: unknown }[];
  readonly to?: number;
  readonly seq?: number;
}

/** A desk without a core: keeps the rows that it is sent, numbers its own commands. */
export interface RawDesk {
  readonly socket: Socket;
  readonly replicaId: string;
  readonly letter: string;
  readonly rows: ReadonlyMap<string, unknown>;
  /** The log's point that its rows stand at. */
  seq(): number;
  push(...intents: Intent[]): Promise<{ ok: boolean; code?: string; appliedN?: number }>;
}

export const rawDesk = async (server: Pick<RunningServer, 'address'>, credentials: Credentials & { letter: string }): Promise<RawDesk> => {
  const socket = openSocket(server.address, credentials);
  const rows = new Map<string, unknown>();
  let seq = 0;
  let n = 0;
  const keep = (part: Part) => {
    for (const { table, id, row } of part.changes) {
      if (row === null) rows.delete(`${table} ${id}`);
      else rows.set(`${table} ${id}`, row);
    }
    seq = part.to ?? part.seq ?? seq;
  };
  socket.on('delta', keep);
  socket.on('snapshotPart', keep);
  await next(socket, 'connect');
  const replicaId = uuidv7();
  const welcomed = next<Welcome>(socket, 'welcome');
  socket.emit('hello', {
    proto: 1,
    app: '0.1.0',
    deviceId: credentials.deviceId,
    replicaId,
    cursor: null,
    lastN: 0,
    pending: 0,
    wall: Date.now(),
    role: 'desk',
  });
  const { head } = await welcomed;
  await until(socket, () => seq >= head);
  return {
    socket,
    replicaId,
    letter: credentials.letter,
    rows,
    seq: () => seq,
    push(...intents) {
      const commands = intents.map((intent): object => {
        n += 1;
        const stamp = { n, id: uuidv7(), v: 1, baseSeq: seq, at: Date.now(), atErr: 0, actor: 'test', live: true } satisfies Omit<
          Record<keyof Command, unknown>,
          'type' | 'args'
        >;
        return { ...intent, ...stamp };
      });
      return socket.emitWithAck('push', { replicaId, commands });
    },
  };
};

/** A receptionist adds a patient to the first queue; numbers are the desk's own, so that they never collide. */
export const addition = (server: RunningServer, letter: string, number: number, name: string): Extract<Intent, { type: 'addToQueue' }> => {
  const [queue] = server.host.state.rows('queues');
  if (!queue) throw new Error('the clinic has no queue');
  return {
    type: 'addToQueue',
    args: {
      entryId: uuidv7(),
      visitId: uuidv7(),
      patient: { id: uuidv7(), name, mrn: null, birthDate: null, phone: '+351 912 000 111', hideName: false },
      queueId: queue.id,
      priority: 'routine',
      appointmentId: null,
      appointmentAt: null,
      notes: 'knee pain since Monday',
      meetingLink: null,
      link: randomBytes(16).toString('base64url'),
      ticket: { letter, number },
      estimate: null,
    },
  } as Extract<Intent, { type: 'addToQueue' }>;
};
