import type { DeskBridge, DeskEvent, DeskPortFrame, DeskPortRequest, DeskRequest } from '@shared/views/deskBridge';
import type { Envelope } from '@shared/views/envelope';
import { contextBridge, ipcRenderer } from 'electron';
import { WINDOW_CHANNEL } from '../ipc/channels';
import { openPortLink, RESTARTED } from './portLink';

/** How long a request waits for the replica to run (again) before it is refused, in milliseconds. */
const PATIENCE = 10_000;
/** Requests that concern windows and this PC's membership: main's, not the replica's. */
const FOR_MAIN: ReadonlySet<DeskRequest> = new Set(['showMonitor', 'joinClinic']);

const listeners = new Set<(event: DeskEvent) => void>();
let latest: DeskEvent | undefined;

const waiting = new Map<number, (envelope: Envelope<unknown>) => void>();
let held: DeskPortRequest[] = [];
let lastId = 0;

const answer = (id: number, envelope: Envelope<unknown>): void => {
  const resolve = waiting.get(id);
  waiting.delete(id);
  resolve?.(envelope);
};

const post = openPortLink({
  frame: (data) => {
    const frame = data as DeskPortFrame;
    if (frame.type === 'answer') return answer(frame.id, frame.envelope);
    if (frame.type !== 'tick') latest = frame;
    for (const listener of listeners) listener(frame);
  },
  lost: () => {
    for (const id of [...waiting.keys()]) answer(id, { ok: false, error: RESTARTED });
  },
  opened: () => {
    const ready = held;
    held = [];
    for (const request of ready) post(request);
  },
});

/** Sends over the port, once; while there is none it is held and sent when one opens, or refused after `PATIENCE`. */
const send = (name: DeskRequest, input: unknown): Promise<Envelope<unknown>> =>
  new Promise((resolve) => {
    lastId += 1;
    const request: DeskPortRequest = { id: lastId, name, input };
    waiting.set(request.id, resolve);
    if (post(request)) return;
    held.push(request);
    setTimeout(() => {
      if (!held.includes(request)) return;
      held = held.filter((other) => other !== request);
      answer(request.id, {
        ok: false,
        error: {
          code: 'replica_unavailable',
          message: 'This desk cannot reach its database now. Nothing was changed; try again in a moment.',
        },
      });
    }, PATIENCE);
  });

const bridge: DeskBridge = {
  platform: 'electron',
  // the replica and main answer with the output of the request's own schema
  request: ((name: DeskRequest, input: unknown) =>
    FOR_MAIN.has(name) ? ipcRenderer.invoke(WINDOW_CHANNEL, { name, input }) : send(name, input)) as DeskBridge['request'],
  subscribe: (listener) => {
    listeners.add(listener);
    if (latest) listener(latest);
    return () => {
      listeners.delete(listener);
    };
  },
};

contextBridge.exposeInMainWorld('anteroomDesk', bridge);
