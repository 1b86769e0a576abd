import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseProblem } from '@shared/database/driver';
import { prepareDatabase } from '@shared/database/open';
import { createReplicaStore, type ReplicaStore } from '@shared/database/replicaStore';
import { createSiteStore, type SiteStore } from '@shared/database/siteStore';
import type { Intent } from '@shared/domain/commands';
import * as ids from '@shared/domain/ids';
import type { Outcome } from '@shared/domain/outcome';
import { instant, type ServiceDay } from '@shared/domain/time';
import { defaultQueue, defaultServicePoint, defaultSite } from '@shared/engine/defaults';
import { serviceDayOf } from '@shared/engine/serviceDay';
import { nextTicket } from '@shared/engine/tickets';
import type { ClientEffect, ClientEvent, Clocks } from '@shared/sync/clientEvents';
import { type ClientSync, createClientSync } from '@shared/sync/clientSync';
import { type Cursor, cursor } from '@shared/sync/messages';
import type { ServerEffect, ServerEvent } from '@shared/sync/serverEvents';
import { createServerSync, type ServerSync } from '@shared/sync/serverSync';
import type { DeskOutput } from '@shared/views/deskBridge';
import type { Envelope } from '@shared/views/envelope';
import Database from 'better-sqlite3';

/** A seeded source of numbers in 0..1 (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** UUIDv7-shaped ids in the order of their making, the same for the same seed. */
function idMaker(random: () => number): () => string {
  let count = 0;
  const hex = (digits: number): string => Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');
  return () => {
    count += 1;
    return `${(0x0193_0000 + count).toString(16).padStart(8, '0')}-${hex(4)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
  };
}

type Bare<E extends Clocks> = E extends Clocks ? Omit<E, keyof Clocks> : never;
/** How a host's next commits end: `lost` was written, but the process died before it could say so. */
export type CommitFate = 'ok' | 'disk_full' | 'crash' | 'lost';

/** One connection: two pipes, each in order; it is cut, never leaky (TCP), unless a test takes a message out. */
export interface Wire {
  readonly name: string;
  readonly socket: number;
  readonly toServer: { name: string; body: unknown; ack?: number }[];
  readonly toDesk: ({ kind: 'message'; name: string; body: unknown } | { kind: 'answer'; ack: number; body: unknown })[];
  open: boolean;
}

const wire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

export interface DeskHost {
  readonly index: number;
  core: ClientSync;
  store: ReplicaStore;
  driver: Database.Database;
  wire: Wire | null;
  readonly file: string;
  fate: CommitFate;
  /** Envelopes of dispatches by token, in the order of the answers. */
  readonly answers: Map<number, Envelope<DeskOutput<'dispatch'>>>;
  readonly reports: string[];
  sockets: number;
  crashes: number;
}

const QUEUES = ['A', 'B'] as const;
const START = Date.UTC(2026, 10, 23, 8, 0, 0);

/** A whole clinic in memory but for its disks: real cores, real engine, real SQLite files; the network is flushed by hand. */
export class World {
  readonly random: () => number;
  readonly newId: () => string;
  readonly folder = mkdtempSync(join(tmpdir(), 'anteroom-sync-'));
  readonly desks: DeskHost[] = [];
  readonly queueIds: ids.QueueId[] = [];
  readonly pointIds: ids.ServicePointId[] = [];
  readonly siteAnswers = new Map<number, Outcome>();
  readonly serverReports: string[] = [];
  server: ServerSync;
  serverStore: SiteStore;
  serverDriver: Database.Database;
  serverFate: CommitFate = 'ok';
  serverDown = false;
  serverCrashes = 0;
  welcomed = new Set<string>();
  /** Called whenever the server's committed head may have moved. */
  onHead: (() => void) | null = null;
  wall = START;
  mono = 1_000;
  tokens = 0;
  private readonly wires = new Map<string, { wire: Wire; desk: DeskHost }>();

  constructor(seed: number, desks: number) {
    this.random = seeded(seed);
    this.newId = idMaker(this.random);
    this.serverDriver = new Database(join(this.folder, 'site.db'));
    prepareDatabase(this.serverDriver, 'site');
    this.serverStore = createSiteStore(this.serverDriver);
    const identity = {
      epoch: ids.epoch.parse(this.newId()),
      siteReplicaId: ids.replicaId.parse(this.newId()),
      siteDeviceId: ids.deviceId.parse(this.newId()),
    };
    this.server = createServerSync(this.serverStore.initialise(identity), this.serverStore.log, this.serverServices());
    this.configure();
    for (let index = 0; index < desks; index += 1) this.addDesk();
  }

  private serverServices() {
    return { newId: this.newId, newSalt: () => this.newId() };
  }

  clocks(): Clocks {
    return { wall: this.wall, mono: this.mono };
  }

  day(): ServiceDay {
    return serviceDayOf(instant.parse(this.wall), 'UTC', 0);
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(this.random() * items.length)];
  }

  // the site

  site(intent: Intent, extra: { at?: number; as?: ids.DeviceId } = {}): Outcome {
    this.tokens += 1;
    this.feedServer({ type: 'siteCommand', token: this.tokens, intent, actor: 'test', ...extra });
    this.feedServer({ type: 'flush' });
    const outcome = this.siteAnswers.get(this.tokens);
    if (!outcome) throw new Error(`no answer to ${intent.type}`);
    return outcome;
  }

  private configure(): void {
    const must = (outcome: Outcome): void => {
      if (outcome.status !== 'applied') throw new Error(JSON.stringify(outcome));
    };
    must(
      this.site({
        type: 'configureSite',
        args: { site: defaultSite({ id: ids.siteId.parse(this.newId()), name: 'Clinic', zone: 'UTC' }) },
      }),
    );
    for (const prefix of QUEUES) {
      const id = ids.queueId.parse(this.newId());
      this.queueIds.push(id);
      must(this.site({ type: 'configureQueue', args: { queue: defaultQueue({ id, name: `Queue ${prefix}`, prefix }) } }));
    }
    for (const name of ['Room 1', 'Room 2', 'Room 3']) {
      const id = ids.servicePointId.parse(this.newId());
      this.pointIds.push(id);
      must(this.site({ type: 'configureServicePoint', args: { servicePoint: defaultServicePoint({ id, name }) } }));
    }
  }

  addDesk(): DeskHost {
    const index = this.desks.length;
    const deviceId = ids.deviceId.parse(this.newId());
    const letter = String.fromCharCode(66 + index);
    const device = {
      id: deviceId,
      name: `Desk ${index + 1}`,
      role: 'desk' as const,
      letter,
      joinedAt: instant.parse(this.wall),
      revokedAt: null,
      version: 0,
    };
    this.site({ type: 'joinDevice', args: { device } });
    const file = join(this.folder, `desk${index}.db`);
    const driver = new Database(file);
    prepareDatabase(driver, 'replica');
    const store = createReplicaStore(driver);
    const loaded = store.initialise({ deviceId, deviceName: device.name, letter, replicaId: ids.replicaId.parse(this.newId()) });
    const desk: DeskHost = {
      index,
      core: createClientSync(loaded, { newId: this.newId, random: this.random }),
      store,
      driver,
      wire: null,
      file,
      fate: 'ok',
      answers: new Map(),
      reports: [],
      sockets: 0,
      crashes: 0,
    };
    this.desks.push(desk);
    return desk;
  }

  // the server's host

  feedServer(event: Bare<ServerEvent>): void {
    if (this.serverDown) return;
    const events: Bare<ServerEvent>[] = [event];
    for (let next = events.shift(); next; next = events.shift()) {
      for (const effect of this.server.handle({ ...next, ...this.clocks() } as ServerEvent)) {
        const result = this.carryOutServer(effect);
        if (result === 'crashed') {
          this.restartServer();
          return;
        }
        if (result) events.push(result);
      }
      this.onHead?.();
    }
  }

  private carryOutServer(effect: ServerEffect): Bare<ServerEvent> | 'crashed' | null {
    switch (effect.type) {
      case 'commit': {
        const fate = this.serverFate;
        this.serverFate = 'ok';
        if (fate === 'crash') return 'crashed';
        if (fate === 'disk_full') return { type: 'commitFailed', commit: effect.commit, text: 'disk full' };
        this.serverStore.commit(wire(effect.data) as typeof effect.data);
        return fate === 'lost' ? 'crashed' : { type: 'committed', commit: effect.commit };
      }
      case 'send': {
        const found = this.wires.get(effect.socket);
        if (effect.name === 'welcome') this.welcomed.add(effect.socket);
        found?.wire.toDesk.push({ kind: 'message', name: effect.name, body: wire(effect.body) });
        return null;
      }
      case 'broadcast':
        for (const socket of this.welcomed)
          this.wires.get(socket)?.wire.toDesk.push({ kind: 'message', name: effect.name, body: wire(effect.body) });
        return null;
      case 'acknowledge':
        this.wires.get(effect.socket)?.wire.toDesk.push({ kind: 'answer', ack: effect.ack, body: wire(effect.body) });
        return null;
      case 'close':
        this.welcomed.delete(effect.socket);
        this.halfClose(effect.socket);
        return null;
      case 'siteAnswer':
        this.siteAnswers.set(effect.token, effect.outcome);
        return null;
      case 'report':
        this.serverReports.push(`${effect.code}: ${effect.text}`);
        return null;
      default:
        return null;
    }
  }

  /** What the server sent before it closed still arrives; then the desk hears of the end. */
  private halfClose(socket: string): void {
    const found = this.wires.get(socket);
    if (!found) return;
    found.wire.open = false;
    found.wire.toServer.length = 0;
  }

  /** The server's process dies and starts again on its file. */
  restartServer(): void {
    this.replaceServerFile(() => undefined);
  }

  /** The server stops, something happens to its file, and it starts again. */
  replaceServerFile(replace: (file: string) => void): void {
    this.serverCrashes += 1;
    for (const desk of this.desks) this.cut(desk);
    this.serverDriver.close();
    replace(join(this.folder, 'site.db'));
    this.serverDriver = new Database(join(this.folder, 'site.db'));
    prepareDatabase(this.serverDriver, 'site');
    this.serverStore = createSiteStore(this.serverDriver);
    const loaded = this.serverStore.load();
    if (!loaded) throw new Error('the site is gone');
    this.server = createServerSync(loaded, this.serverStore.log, this.serverServices());
    this.welcomed.clear();
    this.onHead?.();
  }

  // desks' hosts

  feed(desk: DeskHost, event: Bare<ClientEvent>): void {
    const events: Bare<ClientEvent>[] = [event];
    for (let next = events.shift(); next; next = events.shift()) {
      for (const effect of desk.core.handle({ ...next, ...this.clocks() } as ClientEvent)) {
        const result = this.carryOut(desk, effect);
        if (result === 'crashed') {
          this.restartDesk(desk);
          return;
        }
        if (result) events.push(result);
      }
    }
  }

  private carryOut(desk: DeskHost, effect: ClientEffect): Bare<ClientEvent> | 'crashed' | null {
    switch (effect.type) {
      case 'commit': {
        const fate = desk.fate;
        desk.fate = 'ok';
        if (fate === 'crash') return 'crashed';
        if (fate === 'disk_full') return { type: 'commitFailed', commit: effect.commit, code: 'disk_full', text: 'disk full' };
        try {
          desk.store.commit(wire(effect.data) as typeof effect.data);
        } catch (error) {
          if (!(error instanceof DatabaseProblem)) throw error;
          return { type: 'commitFailed', commit: effect.commit, code: 'failed', text: `${error.message} ${String(error.cause)}` };
        }
        return fate === 'lost' ? 'crashed' : { type: 'committed', commit: effect.commit };
      }
      case 'send':
        if (desk.wire?.socket === effect.socket && desk.wire.open) {
          desk.wire.toServer.push({ name: effect.name, body: wire(effect.body), ...(effect.ack === undefined ? {} : { ack: effect.ack }) });
        }
        return null;
      case 'reconnect':
        if (desk.wire?.socket === effect.socket) this.cut(desk);
        return null;
      case 'answer':
        desk.answers.set(effect.token, effect.envelope);
        return null;
      case 'report':
        desk.reports.push(`${effect.code}: ${effect.text}`);
        return null;
      default:
        return null;
    }
  }

  /** SIGKILL and start: only what is on the disk comes back. */
  restartDesk(desk: DeskHost): void {
    desk.crashes += 1;
    this.cut(desk);
    desk.driver.close();
    desk.driver = new Database(desk.file);
    prepareDatabase(desk.driver, 'replica');
    desk.store = createReplicaStore(desk.driver);
    const loaded = desk.store.load();
    if (!loaded) throw new Error('the replica is gone');
    desk.core = createClientSync(loaded, { newId: this.newId, random: this.random });
  }

  /** A second machine made from a copy of a desk's database, as a disk image would be. */
  cloneDesk(of: DeskHost): DeskHost {
    const index = this.desks.length;
    const file = join(this.folder, `desk${index}.db`);
    of.driver.prepare('VACUUM INTO ?').run(file);
    const driver = new Database(file);
    prepareDatabase(driver, 'replica');
    const store = createReplicaStore(driver);
    const loaded = store.load();
    if (!loaded) throw new Error('the copy is empty');
    const core = createClientSync(loaded, { newId: this.newId, random: this.random });
    const desk: DeskHost = {
      index,
      core,
      store,
      driver,
      wire: null,
      file,
      fate: 'ok',
      answers: new Map(),
      reports: [],
      sockets: 0,
      crashes: 0,
    };
    this.desks.push(desk);
    return desk;
  }

  // the network

  connect(desk: DeskHost): void {
    if (desk.wire || this.serverDown) return;
    desk.sockets += 1;
    const name = `${desk.index}/${desk.sockets}/${desk.crashes}`;
    const made: Wire = { name, socket: desk.sockets, toServer: [], toDesk: [], open: true };
    desk.wire = made;
    this.wires.set(name, { wire: made, desk });
    this.feedServer({ type: 'connected', socket: name, deviceId: desk.core.status().identity.deviceId });
    this.feed(desk, { type: 'socketOpened', socket: made.socket });
  }

  /** The connection ends at once for both; what was under way is lost. */
  cut(desk: DeskHost): void {
    const { wire: made } = desk;
    if (!made) return;
    desk.wire = null;
    this.wires.delete(made.name);
    this.welcomed.delete(made.name);
    this.feedServer({ type: 'disconnected', socket: made.name });
    this.feed(desk, { type: 'socketClosed', socket: made.socket });
  }

  /** Delivers the oldest message of one direction; true when there was one. */
  deliver(desk: DeskHost, direction: 'toServer' | 'toDesk', flush = true): boolean {
    const { wire: made } = desk;
    if (!made) return false;
    if (direction === 'toServer') {
      const message = made.toServer.shift();
      if (!message) return false;
      this.feedServer({ type: 'message', socket: made.name, ...message });
      if (flush) this.feedServer({ type: 'flush' });
      return true;
    }
    const message = made.toDesk.shift();
    if (!message) {
      if (!made.open) this.cut(desk);
      return false;
    }
    if (message.kind === 'message') this.feed(desk, { type: 'message', socket: made.socket, name: message.name, body: message.body });
    else this.feed(desk, { type: 'answered', socket: made.socket, ack: message.ack, body: message.body });
    return true;
  }

  /** Time passes: ticks at both ends. */
  pass(milliseconds: number): void {
    this.wall += milliseconds;
    this.mono += milliseconds;
    this.feedServer({ type: 'tick' });
    for (const desk of this.desks) this.feed(desk, { type: 'tick' });
  }

  /** Delivers everything until nothing is under way. */
  settle(): void {
    for (let moved = true; moved; ) {
      moved = false;
      for (const desk of this.desks)
        for (const direction of ['toServer', 'toDesk'] as const) while (this.deliver(desk, direction)) moved = true;
    }
  }

  /** Heals every fault and lets `milliseconds` of virtual time go by in steps of half a second. */
  heal(milliseconds = 30_000): void {
    this.serverDown = false;
    this.serverFate = 'ok';
    for (const desk of this.desks) desk.fate = 'ok';
    for (let passed = 0; passed < milliseconds; passed += 500) {
      for (const desk of this.desks) this.connect(desk);
      this.settle();
      this.pass(500);
      this.settle();
      if (this.converged()) return;
    }
  }

  converged(): boolean {
    return this.desks.every((desk) => {
      const { pending, connection } = desk.core.status();
      return pending.length === 0 && connection === 'online' && cursorOf(desk)?.seq === this.server.head;
    });
  }

  // what people do

  dispatch(desk: DeskHost, intent: Intent): number {
    this.tokens += 1;
    this.feed(desk, { type: 'dispatch', token: this.tokens, intent, actor: `Desk ${desk.index + 1}` });
    return this.tokens;
  }

  addPatient(desk: DeskHost, queue = 0, mrn: string | null = null): number {
    const queueId = this.queueIds[queue];
    if (!queueId) throw new RangeError('no such queue');
    const { letter, number } = nextTicket(desk.core.state, desk.core.status().identity, queueId, this.day());
    const patient = {
      id: ids.patientId.parse(this.newId()),
      name: `Patient ${this.tokens}`,
      mrn,
      birthDate: null,
      phone: null,
      hideName: false,
    };
    const link = this.newId().replaceAll('-', '').slice(-22);
    return this.dispatch(desk, {
      type: 'addToQueue',
      args: {
        entryId: ids.entryId.parse(this.newId()),
        visitId: ids.visitId.parse(this.newId()),
        patient,
        queueId,
        priority: 'routine',
        appointmentId: null,
        appointmentAt: null,
        notes: 'cough',
        meetingLink: null,
        link,
        ticket: { letter, number },
        estimate: null,
      },
    });
  }

  /** Calls, as the desk sees it, the longest-waiting of a queue to a room; null when nobody waits. */
  callNext(desk: DeskHost, queue = 0, point = desk.index): number | null {
    const queueId = this.queueIds[queue];
    const servicePointId = this.pointIds[point % this.pointIds.length];
    if (!queueId || !servicePointId) throw new RangeError('no such queue or room');
    const waiting = [...desk.core.state.openEntries(queueId)].filter((entry) => entry.status === 'waiting');
    waiting.sort((a, b) => a.arrivedAt - b.arrivedAt || (a.id < b.id ? -1 : 1));
    const first = waiting[0];
    if (!first) return null;
    return this.dispatch(desk, { type: 'callNext', args: { entryId: first.id, version: first.version, queueId, servicePointId } });
  }

  close(): void {
    this.serverDriver.close();
    for (const desk of this.desks) desk.driver.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The cursor on a desk's disk; null before the first catch-up. */
export function cursorOf(desk: DeskHost): Cursor | null {
  const row = desk.driver.prepare(`SELECT value FROM meta WHERE key = 'cursor'`).get() as { value: string } | undefined;
  return row ? cursor.parse(JSON.parse(row.value)) : null;
}
