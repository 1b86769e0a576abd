import type { Intent } from '@shared/domain/commands';
import type { DeviceId, PatientId, ProviderId, QueueId, ReplicaId, ServicePointId, SiteId } from '@shared/domain/ids';
import type { Instant } from '@shared/domain/time';
import { defaultProvider, defaultQueue, defaultServicePoint, defaultSite } from '@shared/engine/defaults';
import type { ClientEffect, ClientEvent, Clocks, ConfirmedChange, LoadedReplica } from '@shared/sync/clientEvents';
import { type ClientSync, createClientSync } from '@shared/sync/clientSync';
import { buildDeskView } from '@shared/views/buildDeskView';
import type { DeskView } from '@shared/views/desk';
import { type DeskBridge, type DeskEvent, type DeskInput, type DeskOutput, type DeskRequest, deskRequests } from '@shared/views/deskBridge';
import type { Envelope, Failure } from '@shared/views/envelope';
import { searchPatients } from '@shared/views/searchPatients';
import { act, type RenderResult, render } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { DeskApp } from '@/desk/DeskApp';
import { createDeskFeed, type DeskFeed } from '@/desk/deskFeed';
import { useDeskState } from '@/desk/deskState';
import { type AddInput, addIntent } from '@/desk/intents';
import { applySettings, useSettings } from '@/desk/settings';
import { deskToasts } from '@/desk/toasts';

/** 2026-11-23, 10:00 in the clinic, whose clock is UTC. */
export const TEN = Date.UTC(2026, 10, 23, 10) as Instant;

/** Ids that say what they are of, in the shape of a UUIDv7. */
const id = <Id extends string>(kind: number, number: number): Id =>
  `019ab000-00${String(kind).padStart(2, '0')}-7000-8000-${String(number).padStart(12, '0')}` as Id;
export const ids = {
  general: id<QueueId>(1, 1),
  nursing: id<QueueId>(1, 2),
  room1: id<ServicePointId>(2, 1),
  room2: id<ServicePointId>(2, 2),
  known: id<PatientId>(3, 1),
};

const DEVICE = id<DeviceId>(9, 1);

/** A small clinic as its server left it: two queues, two rooms with their providers, one patient who was here before. */
const clinicRows = (): ConfirmedChange[] => {
  const site = defaultSite({
    id: id<SiteId>(8, 1),
    name: 'Harbour Street Clinic',
    zone: 'UTC',
    languages: ['en', 'ar'],
    translations: { ar: 'عيادة شارع المرفأ' },
    version: 1,
  });
  const queues = [
    defaultQueue({ id: ids.general, name: 'General', prefix: 'A', sort: 1, capacity: 20, translations: { ar: 'عامة' }, version: 1 }),
    defaultQueue({ id: ids.nursing, name: 'Nursing', prefix: 'B', sort: 2, version: 1 }),
  ];
  const rooms = [
    defaultServicePoint({ id: ids.room1, name: 'Room 1', sort: 1, version: 1 }),
    defaultServicePoint({ id: ids.room2, name: 'Room 2', sort: 2, version: 1 }),
  ];
  const providers = [
    defaultProvider({ id: id<ProviderId>(4, 1), name: 'Dr. Lund', status: 'available', servicePointId: ids.room1, version: 1 }),
    defaultProvider({ id: id<ProviderId>(4, 2), name: 'Dr. Vega', status: 'available', servicePointId: ids.room2, version: 1 }),
  ];
  const patient = {
    id: ids.known,
    name: 'Priya Nair',
    mrn: '20418',
    birthDate: '1986-03-14',
    phone: '0555 010 188',
    hideName: false,
    version: 1,
  };
  return [
    { table: 'site', id: site.id, row: site, seq: 1 },
    ...queues.map((row) => ({ table: 'queues' as const, id: row.id, row, seq: 1 })),
    ...rooms.map((row) => ({ table: 'servicePoints' as const, id: row.id, row, seq: 1 })),
    ...providers.map((row) => ({ table: 'providers' as const, id: row.id, row, seq: 1 })),
    { table: 'patients', id: patient.id, row: patient, seq: 1 },
    {
      table: 'devices',
      id: DEVICE,
      row: { id: DEVICE, name: 'Desk 1', role: 'desk', letter: 'A', joinedAt: TEN, revokedAt: null, version: 1 },
      seq: 1,
    },
  ];
};

const replica = (rows: readonly ConfirmedChange[]): LoadedReplica => ({
  identity: { deviceId: DEVICE, deviceName: 'Desk 1', letter: 'A', replicaId: id<ReplicaId>(7, 1) },
  cursor: null,
  lastN: 0,
  applied: {},
  rows,
  outbox: [],
  outcomes: [],
  knownOutcomes: [],
  clockOffset: 0,
  lastSync: null,
});

/**
 * A desk's bridge over the real core, engine and view builder, without server or disk: commits succeed at once, time stands
 * still until it is moved.
 */
export class CoreBridge implements DeskBridge {
  readonly platform = 'electron' as const;
  /** Every request that the screen made, in order. */
  readonly asked: { name: DeskRequest; input: unknown }[] = [];
  /** Changes the view on its way to the screen: what only a server or another desk could bring. */
  alter: (view: DeskView) => DeskView = (view) => view;
  /** The next dispatch is refused with this. */
  refuseNext: Failure | null = null;
  readonly #core: ClientSync;
  readonly #listeners = new Set<(event: DeskEvent) => void>();
  readonly #answers = new Map<number, (envelope: Envelope<DeskOutput<'dispatch'>>) => void>();
  #now: number = TEN;
  #tokens = 0;

  constructor() {
    let number = 0;
    this.#core = createClientSync(replica(clinicRows()), { newId: () => id(6, ++number), random: () => 0.5 });
  }

  get view(): DeskView {
    return this.alter(buildDeskView({ state: this.#core.state, status: this.#core.status(), now: this.#core.siteNow(this.#clocks()) }));
  }

  get dispatched(): Intent[] {
    return this.asked.filter(({ name }) => name === 'dispatch').map(({ input }) => input as Intent);
  }

  request<K extends DeskRequest>(name: K, input: DeskInput<K>): Promise<Envelope<DeskOutput<K>>> {
    this.asked.push({ name, input });
    const parsed = deskRequests[name].input.parse(input);
    return this.#answer(name, parsed) as Promise<Envelope<DeskOutput<K>>>;
  }

  subscribe(listener: (event: DeskEvent) => void): () => void {
    this.#listeners.add(listener);
    listener({ type: 'view', view: this.view });
    return () => this.#listeners.delete(listener);
  }

  /** Sends the screen what it would see now. */
  publish(): void {
    for (const listener of this.#listeners) listener({ type: 'view', view: this.view });
  }

  tell(event: DeskEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Lets time pass, in minutes. */
  pass(minutes: number): void {
    this.#now += minutes * 60_000;
    this.#feed({ type: 'tick' });
    this.publish();
  }

  /** Records a command as another window of this desk would. */
  record(intent: Intent): Promise<Envelope<DeskOutput<'dispatch'>>> {
    return new Promise((resolve) => {
      this.#tokens += 1;
      this.#answers.set(this.#tokens, resolve);
      this.#feed({ type: 'dispatch', token: this.#tokens, intent: deskRequests.dispatch.input.parse(intent), actor: 'Desk 1' });
    });
  }

  async #answer(name: DeskRequest, input: unknown): Promise<Envelope<unknown>> {
    switch (name) {
      case 'dispatch': {
        const refused = this.refuseNext;
        this.refuseNext = null;
        return refused ? { ok: false, error: refused } : this.record(input as Intent);
      }
      case 'searchPatients':
        return { ok: true, data: searchPatients(this.#core.state, (input as { text: string }).text) };
      case 'pairingCode':
        return { ok: true, data: { code: 'K7PM-3XWD', expiresAt: this.#now + 600_000, addresses: ['http://192.168.1.20:7420'] } };
      case 'exportOutbox':
        return { ok: true, data: { fileName: 'changes.json', text: '{}' } };
      case 'showMonitor':
        return { ok: true, data: { shown: true } };
      case 'joinClinic':
        return { ok: false, error: { code: 'pairing_code_wrong', message: 'This code is not right.', field: 'code' } };
      case 'dismissOutcome':
        return { ok: true, data: {} };
    }
  }

  #clocks(): Clocks {
    return { wall: this.#now, mono: this.#now - TEN };
  }

  #feed(event: ClientEvent extends infer E ? (E extends ClientEvent ? Omit<E, keyof Clocks> : never) : never): void {
    const events: ClientEvent[] = [{ ...event, ...this.#clocks() } as ClientEvent];
    const answers: (() => void)[] = [];
    let changed = false;
    for (let next = events.shift(); next; next = events.shift()) {
      for (const effect of this.#core.handle(next)) {
        if (effect.type === 'commit') events.push({ type: 'committed', commit: effect.commit, ...this.#clocks() });
        else if (effect.type === 'changed') changed = true;
        else if (effect.type === 'answer') answers.push(this.#answering(effect));
      }
    }
    if (changed) this.publish();
    for (const answer of answers) answer();
  }

  #answering({ token, envelope }: Extract<ClientEffect, { type: 'answer' }>): () => void {
    return () => {
      this.#answers.get(token)?.(envelope);
      this.#answers.delete(token);
    };
  }
}

export interface OpenDesk extends RenderResult {
  readonly bridge: CoreBridge;
  readonly feed: DeskFeed;
  readonly user: UserEvent;
}

/** Somebody for a queue. */
export const adding = (
  bridge: CoreBridge,
  name: string,
  given: Partial<Omit<AddInput, 'queue' | 'patient'>> & { queueId?: QueueId } = {},
): Intent => {
  const queue = bridge.view.queues.find((each) => each.id === (given.queueId ?? ids.general));
  if (!queue) throw new Error('the clinic has no such queue');
  return addIntent({
    queue,
    patient: { name, mrn: null, birthDate: null, phone: null, hideName: false },
    patientId: null,
    priority: given.priority ?? 'routine',
    appointmentId: null,
    appointmentAt: given.appointmentAt ?? null,
    notes: '',
  });
};

/** Opens the desk of a clinic in which these people wait, a minute apart, the first the longest. */
export const openDesk = async (
  waiting: readonly string[] = [],
  prepare: (bridge: CoreBridge) => void = () => undefined,
): Promise<OpenDesk> => {
  localStorage.clear();
  useSettings.setState({ language: 'en', theme: 'light', density: 'comfortable', sound: false, letterKeys: true, rooms: {} });
  useDeskState.setState(useDeskState.getInitialState());
  deskToasts.clear();
  const bridge = new CoreBridge();
  for (const name of waiting) {
    await bridge.record(adding(bridge, name));
    bridge.pass(1);
  }
  prepare(bridge);
  const stop = applySettings();
  const feed = createDeskFeed(bridge);
  const user = userEvent.setup();
  const rendered = render(<DeskApp bridge={bridge} feed={feed} />);
  const { unmount } = rendered;
  return Object.assign(rendered, {
    bridge,
    feed,
    user,
    unmount: () => {
      unmount();
      stop();
    },
  });
};

/** The tickets of the list, in the order in which they stand on the screen. */
export const ticketsShown = (): string[] =>
  [...document.querySelectorAll('[data-entry] .ticket')].map((ticket) => ticket.textContent ?? '');

/** Does something to the bridge as the world outside would, and lets the screen take it in. */
export const outside = async (change: () => unknown): Promise<void> => {
  await act(async () => {
    await change();
  });
};
