import type { Instant, Milliseconds } from '@shared/domain/time';
import { MINUTE } from '@shared/domain/time';
import type { ClientEffect, ClientEvent, Clocks, LoadedReplica } from '@shared/sync/clientEvents';
import { type ClientSync, createClientSync } from '@shared/sync/clientSync';
import { buildDeskView } from '@shared/views/buildDeskView';
import { type DeskEvent, type DeskInput, type DeskOutput, deskRequests } from '@shared/views/deskBridge';
import type { Envelope } from '@shared/views/envelope';
import { searchPatients } from '@shared/views/searchPatients';
import { uuidv7 } from 'uuidv7';
import { type BrowserLink, openBrowserLink } from './browserLink';
import type { BrowserStore } from './browserStore';

/** An event as it reaches the host, before it gets the clocks. */
type HostEvent = ClientEvent extends infer E ? (E extends ClientEvent ? Omit<E, keyof Clocks> : never) : never;

/** The core wants a tick at least twice a second; windows get theirs once. */
const CORE_TICK: Milliseconds = 500;
const SCREEN_TICK: Milliseconds = 1_000;

export interface BrowserReplica {
  dispatch(input: DeskInput<'dispatch'>): Promise<Envelope<DeskOutput<'dispatch'>>>;
  search(text: string): DeskOutput<'searchPatients'>;
  dismissOutcome(n: number): void;
  exportOutbox(): DeskOutput<'exportOutbox'>;
  readonly link: BrowserLink;
  close(): void;
}

/** The names by which a browser's storage errors are known, as the core knows them. */
const commitCode = (error: unknown): 'disk_full' | 'read_only' | 'failed' => {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') return 'disk_full';
  return name === 'ReadOnlyError' ? 'read_only' : 'failed';
};

/**
 * The core in the page: carries out its effects one event after the other, writes its commits to IndexedDB in their order, and makes
 * the view once per turn. Answers follow the view that shows what they are about.
 */
export const startBrowserReplica = (
  loaded: LoadedReplica,
  token: string,
  store: BrowserStore,
  publish: (event: DeskEvent) => void,
): BrowserReplica => {
  const core: ClientSync = createClientSync(loaded, { newId: uuidv7, random: Math.random });
  const clocks = (): Clocks => ({ wall: Date.now(), mono: performance.now() });
  const now = (): Instant => core.siteNow(clocks());
  const queue: HostEvent[] = [];
  const asked = new Map<number, (envelope: Envelope<DeskOutput<'dispatch'>>) => void>();
  let answers: (() => void)[] = [];
  let working = false;
  let stale = true;
  let due = false;
  let publishedAt = 0;
  let lastToken = 0;
  /** Commits go to the disk one behind the other. */
  let disk: Promise<void> = Promise.resolve();

  const publishView = (): void => {
    stale = false;
    publishedAt = now();
    const status = core.status();
    if (core.state.site()) publish({ type: 'view', view: buildDeskView({ state: core.state, status, now: now() }) });
    else if (status.help) publish({ type: 'problem', problem: { code: status.help.code, message: status.help.text } });
    else if (status.connection === 'offline')
      publish({
        type: 'problem',
        problem: { code: 'not_synced', message: 'This desk has not reached its server yet, so there is nothing to show.' },
      });
  };
  const later = (): void => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      if (stale) publishView();
      const telling = answers;
      answers = [];
      for (const tell of telling) tell();
    });
  };

  const carryOut = (effect: ClientEffect): void => {
    switch (effect.type) {
      case 'commit': {
        const { commit, data } = effect;
        disk = disk
          .then(() => store.commit(data))
          .then(
            () => feed({ type: 'committed', commit }),
            (error: unknown) =>
              feed({ type: 'commitFailed', commit, code: commitCode(error), text: error instanceof Error ? error.message : String(error) }),
          );
        return;
      }
      case 'send':
        link.send(effect);
        return;
      case 'reconnect':
        link.reconnect(effect.socket);
        return;
      case 'answer':
        answers.push(() => {
          asked.get(effect.token)?.(effect.envelope);
          asked.delete(effect.token);
        });
        later();
        return;
      case 'changed':
        stale = true;
        later();
        return;
      case 'report':
        console.warn(`${effect.code}: ${effect.text}`);
        return;
    }
  };
  const feed = (event: HostEvent): void => {
    queue.push(event);
    if (working) return;
    working = true;
    try {
      for (let next = queue.shift(); next; next = queue.shift())
        for (const effect of core.handle({ ...next, ...clocks() } as ClientEvent)) carryOut(effect);
    } finally {
      working = false;
    }
  };

  const link = openBrowserLink(
    { deviceId: loaded.identity.deviceId, token },
    {
      opened: (socket) => feed({ type: 'socketOpened', socket }),
      closed: (socket) => feed({ type: 'socketClosed', socket }),
      message: (socket, name, body) => feed({ type: 'message', socket, name, body }),
      answered: (socket, ack, body) => feed({ type: 'answered', socket, ack, body }),
      refused: (socket, code, text) => {
        feed({ type: 'socketOpened', socket });
        feed({ type: 'message', socket, name: 'fatal', body: { code, text } });
        feed({ type: 'socketClosed', socket });
      },
    },
  );

  /** How long an order may stand without being made again: the shortest of the queues' update intervals. */
  const interval = (): Milliseconds => Math.min(15, ...[...core.state.rows('queues')].map(({ updateInterval }) => updateInterval)) * 1_000;
  const screenTick = (): void => {
    const at = now();
    publish({ type: 'tick', now: at });
    const timeMoved = at - publishedAt >= interval() || Math.floor(at / MINUTE) > Math.floor(publishedAt / MINUTE);
    if (!timeMoved && core.status().unconfirmedCalls.size === 0) return;
    stale = true;
    later();
  };
  const timers = [setInterval(() => feed({ type: 'tick' }), CORE_TICK), setInterval(screenTick, SCREEN_TICK)];
  later();

  return {
    dispatch: (input) => {
      const parsed = deskRequests.dispatch.input.safeParse(input);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        return Promise.resolve({
          ok: false,
          error: { code: 'invalid', message: issue?.message ?? 'The command is not valid.', ...(issue && { field: issue.path.join('.') }) },
        });
      }
      lastToken += 1;
      const asking = lastToken;
      return new Promise((resolve) => {
        asked.set(asking, resolve);
        feed({ type: 'dispatch', token: asking, intent: parsed.data, actor: core.status().identity.deviceName });
      });
    },
    search: (text) => searchPatients(core.state, text),
    dismissOutcome: (n) => feed({ type: 'dismissOutcome', n }),
    exportOutbox: () => {
      const { identity, pending } = core.status();
      const stamp = new Date(now()).toISOString().slice(0, 16).replace(':', '-');
      return {
        fileName: `anteroom-changes-${identity.deviceName.replace(/[^\p{L}\p{N}]+/gu, '-')}-${stamp}.json`,
        text: JSON.stringify({ format: 'anteroom-outbox', version: 1, ...identity, commands: pending }, null, 2),
      };
    },
    link,
    close: () => {
      for (const timer of timers) clearInterval(timer);
      link.close();
    },
  };
};
