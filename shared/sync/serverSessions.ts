import type { DeviceId, ReplicaId } from '../domain/ids';
import type { Instant } from '../domain/time';
import { deltasOf, snapshotOf } from './catchUpMessages';
import { genesisChain } from './chain';
import * as messages from './messages';
import { firstIssue } from './pushIntake';
import type { LogReader } from './serverEvents';
import type { SiteFacts } from './siteDraft';

/** Older protocols that are still spoken (S14). */
const OLDER_PROTOCOLS = 3;
/** The oldest app that this server can work with. */
const MIN_APP = '0.1.0';

/** A connection that said hello as a desk. */
export interface DeskSession {
  readonly replicaId: ReplicaId;
  readonly helloLastN: number;
  readonly helloAt: Instant;
  /** True until the first push that was accepted, in a recovery (S8). */
  acceptsStart: boolean;
}

export interface Session {
  readonly deviceId: DeviceId;
  readonly desk: DeskSession | null;
}

export interface HelloAnswer {
  /** What to send, in this order. */
  readonly messages: readonly { readonly name: string; readonly body: unknown }[];
  /** Null: refused, and the socket is closed. */
  readonly desk: DeskSession | null;
}

interface History {
  /** The first `seq` from which changes are still known by row. */
  readonly from: number;
  readonly backupSeq: number;
}

/** Answers a `hello` from the committed state: who may come in (S14, S18), and with what they catch up (S8, S10). */
export function answerHello(
  body: unknown,
  session: Session,
  facts: SiteFacts,
  history: History,
  log: LogReader,
  now: Instant,
): HelloAnswer {
  const parsed = messages.hello.safeParse(body);
  if (!parsed.success) {
    const { field, why } = firstIssue(parsed.error);
    return refuse('malformed', `The hello was not understood: ${field}: ${why}.`);
  }
  const hello = parsed.data;
  const refused = refusal(hello, session, facts);
  if (refused) return refused;
  const mode = catchUpMode(hello.cursor, facts, history, log);
  const appliedN = facts.applied.get(hello.replicaId) ?? 0;
  const welcome: messages.Welcome = {
    proto: messages.PROTOCOL,
    epoch: facts.epoch,
    head: facts.head,
    appliedN,
    appliedId: appliedN === 0 ? null : (log.byNumber(hello.replicaId, appliedN)?.commandId ?? null),
    mode,
    wall: now,
    minApp: MIN_APP,
    backupSeq: history.backupSeq,
  };
  const from = hello.cursor?.seq ?? 0;
  const catchUp =
    mode === 'delta'
      ? deltasOf(facts, from, facts.rows.since(from), Object.fromEntries(facts.applied)).map((delta) => ({ name: 'delta', body: delta }))
      : snapshotOf(facts).map((part) => ({ name: 'snapshotPart', body: part }));
  return {
    messages: [{ name: 'welcome', body: welcome }, ...catchUp],
    desk: { replicaId: hello.replicaId, helloLastN: hello.lastN, helloAt: now, acceptsStart: mode === 'recover' },
  };
}

const refuse = (code: messages.Fatal['code'], text: string): HelloAnswer => ({
  messages: [{ name: 'fatal', body: { code, text } }],
  desk: null,
});

function refusal(hello: messages.Hello, session: Session, facts: SiteFacts): HelloAnswer | null {
  if (hello.proto > messages.PROTOCOL) return refuse('protocol_too_new', 'The server is older than this app: update the server first.');
  if (hello.proto < messages.PROTOCOL - OLDER_PROTOCOLS)
    return refuse('protocol_too_old', 'This app is too old for the server: update the app.');
  const device = facts.rows.state.row('devices', session.deviceId);
  if (!device || hello.deviceId !== session.deviceId)
    return refuse('unauthenticated', 'This device is not known here: join the clinic again with a code.');
  if (device.revokedAt !== null) return refuse('revoked', 'This device was removed from the clinic.');
  if (device.role !== 'desk') return refuse('unauthenticated', 'This device joined as a display: join again as a desk.');
  return null;
}

/** S8: history is proven by epoch, `seq` and chain; S10: what is older than the rows' history comes as a snapshot. */
function catchUpMode(cursor: messages.Cursor | null, facts: SiteFacts, history: History, log: LogReader): messages.Welcome['mode'] {
  if (!cursor) return 'snapshot';
  if (cursor.epoch !== facts.epoch || cursor.seq > facts.head) return 'recover';
  const chain = cursor.seq === facts.head ? facts.chain : cursor.seq === 0 ? genesisChain(facts.epoch) : log.chainAt(cursor.seq);
  if (chain !== cursor.chain) return 'recover';
  return cursor.seq < history.from ? 'snapshot' : 'delta';
}
