import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Device } from '@shared/domain/rows';
import type { heartbeat as heartbeatMessage } from '@shared/sync/messages';
import type { Envelope } from '@shared/views/envelope';
import { Server, type Socket } from 'socket.io';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { isOwnHost, isOwnOrigin } from '../http/ownNames';
import type { Logger } from '../operations/log';
import type { Pairing } from '../pairing/pairing';
import type { SiteHost } from '../site/siteHost';
import { createMonitorFeed } from './monitorFeed';
import { createSlowReaderCheck, cutOff, unsentBytes } from './slowReaders';

export const SYNC_PATH = '/sync';
/** S13: Socket.IO closes a socket that sends more bytes in one message. */
const MOST_BYTES = 1024 * 1024;
/** Messages of one socket that may wait for their acknowledgement at once; a desk has one push and one ping. */
const MOST_UNANSWERED = 64;
/** S16: a screen that hears nothing for 5 s says that it is not live. */
const HEARTBEAT = 2_000;
/** Screens are made again this often without an event, since what is "today" and "still worth showing" follows the clock. */
const MONITOR_REFRESH = 15_000;
/** Least milliseconds between two pictures of the screens, so that a burst of changes costs one. */
const MONITOR_PAUSE = 40;
/** Desks that said hello and were welcomed. */
const DESKS = 'desks';
const DISPLAYS = 'displays';

export interface PairingCodeAnswer {
  readonly code: string;
  readonly expiresAt: number;
  readonly addresses: readonly string[];
}

export interface SocketServices {
  readonly host: SiteHost;
  readonly pairing: Pick<Pairing, 'authenticate'>;
  /** Gives a desk a code with which another machine joins, after opening the network for it. */
  readonly pairingCode: (role: Device['role']) => Promise<PairingCodeAnswer>;
  /** Told how many desks are connected whenever that changes. */
  readonly desksChanged: (count: number) => void;
  readonly log: Logger;
  readonly mono: () => number;
}

/** The sync server's sockets: authenticates, carries messages to the core and its effects back, feeds the screens. */
export interface SyncSockets {
  attach(server: HttpServer): void;
  /** Whether a request on another listener is for these sockets, and if so their handlers. */
  handles(request: IncomingMessage): boolean;
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Twice a second: heartbeats of screens, slow readers. */
  tick(): void;
  counts(): { desks: number; displays: number };
  close(): void;
}

const pairingCodeRequest = z.object({ role: z.enum(['desk', 'display']) });
const missedRequest = z.object({ from: z.number().int().min(1), to: z.number().int().min(1) });

interface Connection {
  readonly socket: Socket;
  readonly device: Device;
  readonly unanswered: Map<number, (body: unknown) => void>;
}

export const createSyncSockets = ({ host, pairing, pairingCode, desksChanged, log, mono }: SocketServices): SyncSockets => {
  const publicUrl = () => host.state.site()?.publicUrl ?? null;
  const io = new Server({
    path: SYNC_PATH,
    serveClient: false,
    maxHttpBufferSize: MOST_BYTES,
    perMessageDeflate: false,
    httpCompression: false,
    allowRequest: (request, decide) => {
      const { host: authority, origin } = request.headers;
      decide(null, isOwnHost(authority, publicUrl()) && isOwnOrigin(origin, authority));
    },
  });
  const feed = createMonitorFeed(uuidv7());
  const isSlow = createSlowReaderCheck();
  const connections = new Map<string, Connection>();
  let acks = 0;
  let heartbeatAt = Number.NEGATIVE_INFINITY;
  let monitorsAt = Number.NEGATIVE_INFINITY;
  let monitorsTimer: NodeJS.Timeout | null = null;
  let closed = false;

  const showMonitors = (): void => {
    monitorsTimer = null;
    monitorsAt = mono();
    // not made for nobody: calls are numbered whenever a screen asks next
    if (!closed && io.of('/').adapter.rooms.has(DISPLAYS)) io.to(DISPLAYS).emit('monitor', feed.view(host.state, host.now()));
  };

  /** Screens that were revoked; the core closes desks itself (S18). */
  const closeRevokedDisplays = (): void => {
    for (const { socket, device } of connections.values()) {
      if (device.role !== 'display' || host.state.row('devices', device.id)?.revokedAt === null) continue;
      socket.emit('fatal', { code: 'revoked', text: 'This device was removed from the clinic. Pair it again with a new code.' });
      socket.disconnect(true);
    }
  };

  host.attach({
    send(id, name, body) {
      const connection = connections.get(id);
      if (!connection) return;
      connection.socket.emit(name, body);
      if (name === 'welcome') void connection.socket.join(DESKS);
    },
    broadcast: (name, body) => void io.to(DESKS).emit(name, body),
    acknowledge(id, ack, body) {
      const unanswered = connections.get(id)?.unanswered;
      unanswered?.get(ack)?.(body);
      unanswered?.delete(ack);
    },
    close: (id) => void connections.get(id)?.socket.disconnect(true),
    changed(tables) {
      if (tables.has('devices')) closeRevokedDisplays();
      monitorsTimer ??= setTimeout(showMonitors, Math.max(0, monitorsAt + MONITOR_PAUSE - mono()));
    },
  });

  const connectedDesks = (): number => {
    const desks = new Set<string>();
    for (const { device } of connections.values()) if (device.role === 'desk') desks.add(device.id);
    return desks.size;
  };

  const devices = new WeakMap<Socket, Device>();
  io.use((socket, next) => {
    const found = pairing.authenticate(socket.handshake.auth);
    if (found.ok) {
      devices.set(socket, found.device);
      next();
    } else {
      next(Object.assign(new Error(found.text), { data: { code: found.code, text: found.text } }));
    }
  });

  const openDesk = ({ socket, device, unanswered }: Connection): void => {
    socket.onAny((name: string, ...parts: unknown[]) => {
      const answer = answerOf(parts);
      if (name === 'pairingCode') {
        void givePairingCode(parts[0]).then((envelope) => answer?.(envelope));
        return;
      }
      if (!answer) {
        host.feed({ type: 'message', socket: socket.id, name, body: parts[0] });
        return;
      }
      if (unanswered.size >= MOST_UNANSWERED) {
        log.warn({ device: device.id }, 'too many unanswered messages');
        socket.disconnect(true);
        return;
      }
      acks += 1;
      unanswered.set(acks, answer);
      host.feed({ type: 'message', socket: socket.id, name, body: parts[0], ack: acks });
    });
    host.feed({ type: 'connected', socket: socket.id, deviceId: device.id });
  };

  const givePairingCode = async (body: unknown): Promise<Envelope<PairingCodeAnswer>> => {
    const parsed = pairingCodeRequest.safeParse(body);
    if (!parsed.success) {
      return { ok: false, error: { code: 'invalid', field: 'role', message: 'A pairing code is for a “desk” or a “display”.' } };
    }
    return { ok: true, data: await pairingCode(parsed.data.role) };
  };

  const openDisplay = ({ socket }: Connection): void => {
    socket.on('monitorMissed', (body: unknown) => {
      const parsed = missedRequest.safeParse(body);
      if (parsed.success) socket.emit('monitorMissed', { calls: feed.missed(host.state, parsed.data.from, parsed.data.to) });
    });
    void socket.join(DISPLAYS);
    socket.emit('heartbeat', heartbeat());
    socket.emit('monitor', feed.view(host.state, host.now()));
  };

  const heartbeat = (): z.infer<typeof heartbeatMessage> => ({ wall: host.now(), head: host.head });

  io.on('connection', (socket) => {
    const device = devices.get(socket);
    if (!device) {
      socket.disconnect(true);
      return;
    }
    const connection: Connection = { socket, device, unanswered: new Map() };
    connections.set(socket.id, connection);
    log.info({ device: device.id, role: device.role, socket: socket.id }, 'connected');
    socket.on('disconnect', (reason) => {
      connections.delete(socket.id);
      isSlow.forget(socket.id);
      log.info({ device: device.id, socket: socket.id, reason }, 'disconnected');
      if (device.role !== 'desk') return;
      host.feed({ type: 'disconnected', socket: socket.id });
      desksChanged(connectedDesks());
    });
    if (device.role === 'desk') {
      openDesk(connection);
      desksChanged(connectedDesks());
    } else {
      openDisplay(connection);
    }
  });

  const dropSlowReaders = (): void => {
    for (const { socket, device } of connections.values()) {
      const bytes = unsentBytes(socket);
      if (!isSlow(socket.id, bytes)) continue;
      log.warn({ device: device.id, bytes }, 'slow reader dropped');
      cutOff(socket);
    }
  };

  return {
    attach: (server) => void io.attach(server),
    handles: ({ url }) => url !== undefined && url.startsWith(`${SYNC_PATH}/`),
    request: (request, response) => io.engine.handleRequest(request, response),
    upgrade: (request, socket, head) => io.engine.handleUpgrade(request, socket, head),
    tick() {
      dropSlowReaders();
      if (mono() - heartbeatAt >= HEARTBEAT) {
        heartbeatAt = mono();
        io.to(DISPLAYS).emit('heartbeat', heartbeat());
      }
      if (mono() - monitorsAt >= MONITOR_REFRESH) monitorsTimer ??= setTimeout(showMonitors);
    },
    counts() {
      const displays = [...connections.values()].filter(({ device }) => device.role === 'display').length;
      return { desks: connectedDesks(), displays };
    },
    close() {
      closed = true;
      if (monitorsTimer) clearTimeout(monitorsTimer);
      io.disconnectSockets(true);
      io.engine.close();
    },
  };
};

/** The acknowledgement that a sender waits for stands last. */
const answerOf = (parts: readonly unknown[]): ((body: unknown) => void) | null => {
  const last = parts.at(-1);
  return typeof last === 'function' ? (body) => void last(body) : null;
};
