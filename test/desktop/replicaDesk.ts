import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Intent } from '@shared/domain/commands';
import * as ids from '@shared/domain/ids';
import type { DeskView, EntryView, QueueView } from '@shared/views/desk';
import type { DeskEvent, DeskInput, DeskOutput, DeskPortFrame, DeskRequest } from '@shared/views/deskBridge';
import type { Envelope } from '@shared/views/envelope';
import type { MonitorEvent } from '@shared/views/monitorBridge';
import { onTestFinished } from 'vitest';
import { type RunningServer, startServer } from '../../server/startServer';
import type { WindowKind } from '../../src-main/ipc/channels';
import type { ServerLink } from '../../src-main/ipc/replicaMessages';
import { Replica } from '../../src-main/replica/replica';
import type { WindowPort } from '../../src-main/replica/windowPorts';
import { addIntent } from '../../src-renderer/desk/intents';

/** A real server on a real file, closed when the test is over. */
export const runningServer = async (dataDir: string, port = 0): Promise<RunningServer> => {
  const server = await startServer({
    dataDir,
    port,
    demo: true,
    lan: false,
    staticDir: join(dataDir, 'no-pages'),
    siteName: 'North clinic',
    zone: 'UTC',
  });
  onTestFinished(() => server.close());
  return server;
};

export interface Admitted {
  readonly device: { readonly deviceId: ids.DeviceId; readonly deviceName: string; readonly letter: string };
  readonly link: ServerLink;
}

export const admitted = async (server: RunningServer, name: string): Promise<Admitted> => {
  const answer = await server.admitLocal(name, 'desk');
  if (!answer.ok) throw new Error(answer.failure.message);
  const { deviceId, deviceName, letter, token } = answer.admission;
  return { device: { deviceId: ids.deviceId.parse(deviceId), deviceName, letter }, link: { address: server.address, token } };
};

/** The replica's end of a port, with Electron's shape. */
const replicaEnd = (port: MessagePort): WindowPort => ({
  postMessage: (message) => port.postMessage(message),
  on: (event: 'message' | 'close', listener: (message: { data: unknown }) => void) => port.on(event, (data: unknown) => listener({ data })),
  start: () => port.start(),
  close: () => port.close(),
});

/** A window's end: keeps every event, and waits for the first that fits. */
class WindowEnd<E extends { type: string }> {
  readonly events: E[] = [];
  readonly port: MessagePort;
  #looking: (() => void)[] = [];

  constructor(replica: Replica, kind: WindowKind, id: number) {
    const { port1, port2 } = new MessageChannel();
    this.port = port2;
    port2.on('message', (frame: E) => {
      this.events.push(frame);
      for (const look of this.#looking.splice(0)) look();
    });
    onTestFinished(() => port2.close());
    replica.addWindow(kind, id, replicaEnd(port1));
  }

  /** The first event, from `from` on, of which `pick` makes something. */
  async next<T>(pick: (event: E) => T | undefined, from = 0): Promise<T> {
    for (let at = from; ; at += 1) {
      while (at >= this.events.length) await new Promise<void>((resolve) => this.#looking.push(resolve));
      const event = this.events[at];
      const picked = event && pick(event);
      if (picked !== undefined) return picked;
    }
  }
}

export class DeskEnd extends WindowEnd<DeskEvent | Extract<DeskPortFrame, { type: 'answer' }>> {
  #lastId = 0;

  constructor(replica: Replica) {
    super(replica, 'desk', 1);
  }

  /** The first view that fits, the latest included. */
  view(fits: (view: DeskView) => boolean = () => true): Promise<DeskView> {
    const latest = this.events.findLastIndex((event) => event.type === 'view');
    return this.next((event) => (event.type === 'view' && fits(event.view) ? event.view : undefined), Math.max(0, latest));
  }

  request<K extends DeskRequest>(name: K, input: DeskInput<K>): Promise<Envelope<DeskOutput<K>>> {
    return this.raw({ name, input }) as Promise<Envelope<DeskOutput<K>>>;
  }

  raw(frame: object): Promise<Envelope<unknown>> {
    this.#lastId += 1;
    const id = this.#lastId;
    this.port.postMessage({ id, ...frame });
    return this.next((event) => (event.type === 'answer' && event.id === id ? event.envelope : undefined));
  }
}

export class MonitorEnd extends WindowEnd<MonitorEvent> {
  constructor(replica: Replica) {
    super(replica, 'monitor', 2);
  }
}

/** A replica in this process on a real file. */
export const openedReplica = (folder: string, { device, link }: Admitted, connect = true) => {
  const reports: string[] = [];
  const told: unknown[] = [];
  const replica = new Replica({ tell: (message) => void told.push(message), report: (sentence) => void reports.push(sentence) });
  replica.open({ type: 'open', generation: 1, file: join(folder, 'replica.db'), device, ...(connect ? { link } : {}) });
  let stopped = false;
  const stop = () => {
    if (!stopped) replica.stop();
    stopped = true;
  };
  onTestFinished(stop);
  return { replica, reports, told, stop };
};

/** Adds a new patient to a queue, with the ticket that the view says is next. */
export const addPatient = (queue: QueueView, name: string): Intent =>
  addIntent({
    queue,
    patient: { name, mrn: null, birthDate: null, phone: null, hideName: false },
    patientId: null,
    priority: queue.priorities[0]?.key ?? '',
    appointmentId: null,
    appointmentAt: null,
    notes: '',
  });

export const allEntries = (view: DeskView): EntryView[] =>
  view.queues.flatMap((queue) => [...queue.waiting, ...queue.onHold, ...queue.awaitingRecall]);
export const openQueue = (view: DeskView): QueueView => {
  const queue = view.queues.find(({ open }) => open);
  if (!queue) throw new Error('no queue is open');
  return queue;
};
