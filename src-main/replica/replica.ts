import { performance } from 'node:perf_hooks';
import { DatabaseProblem } from '@shared/database/driver';
import * as ids from '@shared/domain/ids';
import { createClientSync } from '@shared/sync/clientSync';
import type { Failure } from '@shared/views/envelope';
import { uuidv7 } from 'uuidv7';
import type { WindowKind } from '../ipc/channels';
import { type FromReplica, monitorPortRequest, type ServerLink, type ToReplica } from '../ipc/replicaMessages';
import { CoreHost } from './coreHost';
import { DeskRequests } from './deskRequests';
import { type OpenReplica, openReplica } from './openReplica';
import { Publisher } from './publisher';
import { SyncLink } from './syncLink';
import { type WindowPort, WindowPorts } from './windowPorts';

/** The core wants a tick at least twice a second. */
const CORE_TICK = 500;
const WINDOW_TICK = 1_000;

export interface ReplicaServices {
  readonly tell: (message: FromReplica) => void;
  /** For the log. */
  readonly report: (sentence: string) => void;
}

/** What runs once the database is open. */
interface Running {
  readonly database: OpenReplica;
  readonly host: CoreHost;
  readonly link: SyncLink;
  readonly publisher: Publisher;
  readonly requests: DeskRequests;
  readonly timers: readonly NodeJS.Timeout[];
}

/**
 * One desk's replica: its database, the core that decides on it, the connection to the server and the windows that show it.
 * A database that cannot be used is told to every window, and nothing else is tried on it.
 */
export class Replica {
  readonly #ports = new WindowPorts();
  #generation = 0;
  #running: Running | undefined;
  #problem: Failure | undefined;

  constructor(private readonly services: ReplicaServices) {}

  /** Opens the database and begins; afterwards it is ready or has a problem. */
  open(message: Extract<ToReplica, { type: 'open' }>): void {
    this.#generation = message.generation;
    try {
      this.#running = this.#start(message);
      this.services.tell({ type: 'ready', generation: this.#generation });
      if (message.link) this.#running.link.open(message.link);
    } catch (error) {
      if (!(error instanceof DatabaseProblem)) throw error;
      this.#problem = { code: error.code, message: error.message };
      this.services.tell({ type: 'problem', generation: this.#generation, failure: this.#problem });
    }
  }

  connectTo(link: ServerLink): void {
    this.#running?.link.open(link);
  }

  addWindow(kind: WindowKind, windowId: number, port: WindowPort): void {
    const running = this.#running;
    if (kind === 'desk') {
      this.#ports.add(kind, windowId, port, (data) => this.#askedByDesk(data, port));
      if (running) for (const event of running.publisher.deskEvents()) port.postMessage(event);
    } else {
      this.#ports.add(kind, windowId, port, (data) => this.#askedByMonitor(data, port));
      if (running) for (const event of running.publisher.monitorEvents()) port.postMessage(event);
    }
    if (this.#problem) port.postMessage({ type: 'problem', problem: this.#problem });
  }

  /** Leaves the server, ends what runs and closes the database; everything that was accepted is on disk already (S4). */
  stop(): void {
    const running = this.#running;
    this.#running = undefined;
    if (running) {
      for (const timer of running.timers) clearInterval(timer);
      running.link.close();
      running.database.close();
    }
    this.services.tell({ type: 'stopped', generation: this.#generation });
  }

  #start({ file, device }: Extract<ToReplica, { type: 'open' }>): Running {
    const database = openReplica(file, device, () => ids.replicaId.parse(uuidv7()));
    for (const row of database.store.skipped) this.services.report(`unreadable row: ${JSON.stringify(row)}`);
    // socket and requests are asked for only when the core has something to send or to answer
    const later: { link?: SyncLink; requests?: DeskRequests; publisher?: Publisher } = {};
    const host: CoreHost = new CoreHost(createClientSync(database.loaded, { newId: uuidv7, random: Math.random }), {
      clocks: () => ({ wall: Date.now(), mono: performance.now() }),
      commit: (data) => database.store.commit(data),
      send: (effect) => later.link?.send(effect),
      reconnect: (socket) => later.link?.reconnect(socket),
      answer: ({ token, envelope }) => later.publisher?.afterViews(() => later.requests?.dispatched(token, envelope)),
      changed: () => later.publisher?.changed(),
      report: (code, text) => this.services.report(`${code}: ${text}`),
    });
    const link = new SyncLink(device.deviceId, {
      opened: (socket) => host.feed({ type: 'socketOpened', socket }),
      closed: (socket) => host.feed({ type: 'socketClosed', socket }),
      message: (socket, name, body) => host.feed({ type: 'message', socket, name, body }),
      answered: (socket, ack, body) => host.feed({ type: 'answered', socket, ack, body }),
      refused: (socket, code, text) => host.feed({ type: 'message', socket, name: 'fatal', body: { code, text } }),
    });
    const publisher = new Publisher(host, this.#ports, uuidv7());
    const requests = new DeskRequests(
      () => host,
      () => link,
    );
    Object.assign(later, { link, requests, publisher });
    const timers = [setInterval(() => host.feed({ type: 'tick' }), CORE_TICK), setInterval(() => publisher.tick(), WINDOW_TICK)];
    return { database, host, link, publisher, requests, timers };
  }

  #askedByDesk(data: unknown, port: WindowPort): void {
    if (this.#running) {
      this.#running.requests.receive(data, (frame) => port.postMessage(frame));
      return;
    }
    const id: unknown = typeof data === 'object' && data !== null && 'id' in data ? data.id : undefined;
    const error: Failure = this.#problem ?? { code: 'stopping', message: 'This desk is closing. Nothing was changed.' };
    if (typeof id === 'number') port.postMessage({ type: 'answer', id, envelope: { ok: false, error } });
  }

  #askedByMonitor(data: unknown, port: WindowPort): void {
    const request = monitorPortRequest.safeParse(data);
    if (request.success && this.#running) port.postMessage(this.#running.publisher.missed(request.data.from, request.data.to));
  }
}
