import { replicaId } from '@shared/domain/ids';
import { type DeskBridge, type DeskEvent, type DeskInput, type DeskOutput, type DeskRequest, deskRequests } from '@shared/views/deskBridge';
import type { Envelope, Failure } from '@shared/views/envelope';
import { uuidv7 } from 'uuidv7';
import { type BrowserReplica, startBrowserReplica } from './browserReplica';
import { type BrowserStore, openBrowserStore } from './browserStore';
import { pairDevice } from './pairDevice';

/** The one tab that is this browser's desk holds this lock; others wait for it. */
const LOCK = 'anteroom.desk';
const DEFAULT_NAME = 'Browser desk';
/** How many names are tried before a person is asked. */
const MOST_NAMES = 9;

const refusal = (code: string, message: string): { ok: false; error: Failure } => ({ ok: false, error: { code, message } });

/** The code in `#pair=XXXX-XXXX`, taken off the address so that a reload does not use it again. */
const codeInAddress = (): string | null => {
  const code = new URLSearchParams(location.hash.slice(1)).get('pair');
  if (code !== null) history.replaceState(null, '', location.pathname + location.search);
  return code;
};

/** Resolves when this tab is the desk; `waiting` is called when another tab is it now. The lock is held until the page goes. */
const becomeTheDesk = (waiting: () => void): Promise<void> =>
  new Promise((resolve) => {
    const hold = (): Promise<never> => {
      resolve();
      return new Promise<never>(() => undefined);
    };
    void navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => {
      if (lock) return hold();
      waiting();
      void navigator.locks.request(LOCK, hold);
      return undefined;
    });
  });

/** A desk whose replica lives in this page: paired once, kept in IndexedDB, owned by one tab at a time. */
export const openBrowserDesk = (): DeskBridge => {
  const listeners = new Set<(event: DeskEvent) => void>();
  let latest: DeskEvent | null = null;
  let replica: BrowserReplica | null = null;
  let store: BrowserStore | null = null;

  const publish = (event: DeskEvent): void => {
    if (event.type !== 'tick') latest = event;
    for (const listener of listeners) listener(event);
  };
  const problem = (code: string, message: string): void => publish({ type: 'problem', problem: { code, message } });

  const start = async (opened: BrowserStore): Promise<void> => {
    const paired = await opened.pairing();
    const loaded = paired && (await opened.load());
    if (!paired || !loaded) {
      problem('not_paired', 'This browser does not belong to a clinic yet. Join one with a code from another desk.');
      return;
    }
    replica = startBrowserReplica(loaded, paired.token, opened, publish);
  };

  const pair = async (code: string, deviceName: string): Promise<Envelope<DeskOutput<'joinClinic'>>> => {
    if (!store) return refusal('view_only', 'Another tab of this browser is the desk.');
    const answer = await pairDevice(code.trim().toUpperCase(), deviceName.trim());
    if (!answer.ok) return answer;
    replica?.close();
    replica = null;
    await store.initialise(answer.data, replicaId.parse(uuidv7()));
    await start(store);
    return { ok: true, data: { siteName: answer.data.siteName } };
  };

  /** With a code in the address nobody is asked for a name: the first of `Browser desk`, `Browser desk 2`, … that is free. */
  const pairByAddress = async (code: string): Promise<Envelope<DeskOutput<'joinClinic'>>> => {
    let answer = await pair(code, DEFAULT_NAME);
    for (let number = 2; !answer.ok && answer.error.code === 'name_taken' && number <= MOST_NAMES; number += 1)
      answer = await pair(code, `${DEFAULT_NAME} ${number}`);
    return answer;
  };

  const begin = async (): Promise<void> => {
    const code = codeInAddress();
    if (!window.isSecureContext || !('locks' in navigator)) {
      problem('insecure_page', 'A desk in a browser needs a secure connection (HTTPS) or this PC’s own address (127.0.0.1).');
      return;
    }
    await becomeTheDesk(() => problem('view_only', 'Another tab of this browser is the desk. Go on in the other tab.'));
    store = await openBrowserStore();
    if (code === null || (await store.pairing())) return start(store);
    const answer = await pairByAddress(code);
    if (!answer.ok) publish({ type: 'problem', problem: { ...answer.error, detail: { pairing: true } } });
  };
  void begin().catch((error: unknown) => problem('unsupported_browser', error instanceof Error ? error.message : String(error)));

  /** Carries out a request whose input its schema has made. */
  const carryOut = async (open: BrowserReplica, name: DeskRequest, input: unknown): Promise<Envelope<unknown>> => {
    switch (name) {
      case 'dispatch':
        return open.dispatch(input);
      case 'searchPatients':
        return { ok: true, data: open.search((input as DeskInput<'searchPatients'>).text) };
      case 'dismissOutcome':
        open.dismissOutcome((input as DeskInput<'dismissOutcome'>).n);
        return { ok: true, data: {} };
      case 'pairingCode':
        return open.link.ask('pairingCode', input, deskRequests.pairingCode.output);
      case 'exportOutbox':
        return { ok: true, data: open.exportOutbox() };
      case 'showMonitor':
        return { ok: true, data: { shown: false } };
      case 'joinClinic':
        return refusal('not_allowed', 'This browser is a desk of this clinic. Open the other clinic’s address to join it.');
    }
  };
  return {
    platform: 'browser',
    request: async <K extends DeskRequest>(name: K, input: DeskInput<K>): Promise<Envelope<DeskOutput<K>>> => {
      const checked = deskRequests[name].input.safeParse(input);
      if (!checked.success) return refusal('invalid', checked.error.issues[0]?.message ?? 'The request is not valid.');
      // a device that the server refuses may be paired again; one that belongs to the clinic stays what it is
      const refused = latest?.type === 'problem' || (latest?.type === 'view' && latest.view.connection.state === 'needs_help');
      const answer: Envelope<unknown> =
        name === 'joinClinic' && (!replica || refused)
          ? await pair((checked.data as DeskInput<'joinClinic'>).code, (checked.data as DeskInput<'joinClinic'>).deviceName)
          : replica
            ? await carryOut(replica, name, checked.data)
            : refusal('not_paired', 'This browser does not belong to a clinic yet.');
      return answer as Envelope<DeskOutput<K>>;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      if (latest) listener(latest);
      return () => listeners.delete(listener);
    },
  };
};
