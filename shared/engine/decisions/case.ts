import type { CommandArgs, CommandType } from '../../domain/commands';
import type { CommandId, DeviceId, EntryId, NoticeId, TransitionId } from '../../domain/ids';
import type { Outcome, OutcomeCode, OutcomeDetail } from '../../domain/outcome';
import type { Call, QueueEntry } from '../../domain/rows';
import type { DecisionContext, StateLayer } from '../../domain/state';
import { isOwned } from '../../domain/status';
import { derivedId } from '../derivedIds';

/** One command under decision: the draft that it writes to, and what is known about how it came. */
export interface Case {
  readonly draft: StateLayer;
  readonly context: DecisionContext;
  readonly commandId: CommandId;
  readonly actor: string;
  readonly live: boolean;
  /** Transitions written so far. */
  steps: number;
}

/** Decides one type of command: writes to the case's draft and says what became of it. */
export type Handler<T extends CommandType> = (at: Case, args: CommandArgs<T>) => Outcome;

export const APPLIED: Outcome = { status: 'applied', code: 'ok', detail: {} };
export const changed = (code: OutcomeCode, detail: OutcomeDetail = {}): Outcome => ({ status: 'changed', code, detail });
export const rejected = (code: OutcomeCode, detail: OutcomeDetail = {}): Outcome => ({ status: 'rejected', code, detail });

/** Age of a live call, in milliseconds, up to which nobody was called aloud yet (sync.md, call next at the same moment). */
const UNSPOKEN = 2_000;

/** Whether a call was spoken aloud before this decision, so that it is a fact by now. */
export const wasSpoken = ({ live, context }: Case): boolean => !live || context.age > UNSPOKEN;

/** Whether a press can still be refused to the person who pressed: on the desk itself, or by the referee while it is new. */
export const canRefuse = (at: Case): boolean => !at.context.referee || !wasSpoken(at);

/** Id of the case's next transition: the command's own, then ids that follow from it. */
export function takeTransitionId(at: Case): TransitionId {
  const index = at.steps;
  at.steps += 1;
  return (index === 0 ? at.commandId : derivedId(`${at.commandId}:transition:${index}`)) as string as TransitionId;
}

/** The entry of this id, or the one that an id of a merged entry stands for. */
export function entryOf(at: Case, id: EntryId): QueueEntry | undefined {
  const entry = at.draft.row('entries', id);
  if (entry) return entry;
  const alias = at.draft.row('aliases', id);
  return alias && at.draft.row('entries', alias.entryId);
}

/** Who has the entry, where and since when (or who ended it): what the other desk is told. */
export function detailOf(at: Case, entry: QueueEntry): OutcomeDetail {
  const { draft } = at;
  const detail: OutcomeDetail = { entryId: entry.id, ticket: entry.ticket, status: entry.status };
  const last = draft.row('transitions', entry.transitionId);
  const deviceId = isOwned(entry.status) ? entry.ownerDeviceId : last?.deviceId;
  const device = deviceId ? draft.row('devices', deviceId) : undefined;
  if (device) detail.byDevice = device.name;
  const since = isOwned(entry.status) ? (entry.startedAt ?? entry.calledAt) : last?.at;
  if (since !== null && since !== undefined) detail.at = since;
  const point = entry.servicePointId ? draft.row('servicePoints', entry.servicePointId) : undefined;
  if (point) {
    detail.servicePointId = point.id;
    detail.servicePoint = point.name;
  }
  return detail;
}

/** The calls of the entry that this desk made. */
export const ownCalls = (at: Case, entry: QueueEntry): Call[] =>
  [...at.draft.callsOf(entry.id)].filter((call) => call.deviceId === at.context.device.id);

/**
 * Whether this desk acts on a patient whom another desk has won: its own call was lost, or it called and was away while
 * another took the patient over. Somebody who merely helps at another desk is no rival.
 */
export function isRival(at: Case, entry: QueueEntry): boolean {
  const { ownerDeviceId } = entry;
  if (ownerDeviceId === at.context.device.id) return false;
  const calls = ownCalls(at, entry);
  // whoever is live and sees that nobody owns the patient any more acts on what they see
  if (ownerDeviceId === null) return !at.live && calls.some((call) => call.standing === 'lost');
  return calls.some((call) => call.standing === 'lost' || !at.live);
}

/** Closes this desk's lost calls of the entry: what they asked is answered. */
export function closeLostCalls(at: Case, entry: QueueEntry): void {
  for (const call of ownCalls(at, entry)) if (call.standing === 'lost') at.draft.put('calls', { ...call, standing: 'closed' });
}

/**
 * Tells another desk, at most once per entry until it answers. Silent when there is nobody else to tell.
 * `code` has its sentence in the catalogues like an outcome's.
 */
export function notify(at: Case, deviceId: DeviceId | null | undefined, entry: QueueEntry, code: string): void {
  if (!deviceId || deviceId === at.context.device.id) return;
  const id = derivedId(`${entry.id}:${deviceId}:notice`) as NoticeId;
  const detail = { ...detailOf(at, entry), byDevice: at.context.device.name, at: at.context.at };
  at.draft.put('notices', { id, deviceId, code, entryId: entry.id, detail, at: at.context.at, answeredAt: null });
}
