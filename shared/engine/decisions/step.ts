import type { ProviderId, ServicePointId } from '../../domain/ids';
import type { Call, QueueEntry, Transition } from '../../domain/rows';
import { type EntryStatus, isOpen, isOwned } from '../../domain/status';
import type { TransitionRule } from '../../domain/transitions';
import { type Case, takeTransitionId } from './case';

/** What a step sets beside the status. */
export type EntryChange = Partial<Omit<QueueEntry, 'id' | 'status' | 'version' | 'transitionId'>>;

/** The fields that differ, as they were: what an undo gives back. */
export function fieldsBefore(was: QueueEntry, is: QueueEntry): Record<string, unknown> {
  const before: Record<string, unknown> = {};
  for (const key of Object.keys(was) as (keyof QueueEntry)[]) {
    if (key !== 'version' && key !== 'transitionId' && was[key] !== is[key]) before[key] = was[key];
  }
  return before;
}

/** Takes the entry's open calls off the screens. */
export function closeCalls(at: Case, entry: QueueEntry): void {
  for (const call of [...at.draft.callsOf(entry.id)]) if (call.standing === 'open') at.draft.put('calls', { ...call, standing: 'closed' });
}

/** Writes the announcement that this command is. */
export function putCall(at: Case, entry: QueueEntry, servicePointId: ServicePointId, kind: Call['kind'], standing: Call['standing']): void {
  const { context, commandId } = at;
  at.draft.put('calls', {
    id: commandId,
    entryId: entry.id,
    queueId: entry.queueId,
    servicePointId,
    deviceId: context.device.id,
    day: context.day,
    at: context.at,
    kind,
    standing,
  });
}

/** The provider at work at a service point; of several the one with the smallest id. */
export function providerAt(at: Case, servicePointId: ServicePointId | null): ProviderId | null {
  let found: ProviderId | null = null;
  if (servicePointId === null) return found;
  for (const provider of at.draft.rows('providers')) {
    if (provider.servicePointId !== servicePointId || provider.status !== 'available') continue;
    if (found === null || provider.id < found) found = provider.id;
  }
  return found;
}

const APPOINTMENT_STATUS: Partial<Record<EntryStatus, 'booked' | 'checked_in' | 'fulfilled' | 'no_show' | 'cancelled'>> = {
  scheduled: 'booked',
  checked_in: 'checked_in',
  waiting: 'checked_in',
  called: 'checked_in',
  in_service: 'checked_in',
  on_hold: 'checked_in',
  awaiting_recall: 'checked_in',
  completed: 'fulfilled',
  no_show: 'no_show',
  cancelled: 'cancelled',
  entered_in_error: 'booked',
};

/** Keeps the entry's appointment in step with the entry. */
export function followAppointment(at: Case, entry: QueueEntry): void {
  const appointment = entry.appointmentId ? at.draft.row('appointments', entry.appointmentId) : undefined;
  const status = APPOINTMENT_STATUS[entry.status];
  if (!appointment || !status || appointment.status === status) return;
  at.draft.put('appointments', { ...appointment, status, version: appointment.version + 1 });
}

/** What a step is called in its row, and why it was done. */
export interface StepWords {
  readonly verb: string;
  readonly reason?: string;
}

/** Writes a transition row; `chained` ones become the entry's last step, the others only bear witness. */
export function writeTransition(
  at: Case,
  words: StepWords,
  row: Pick<Transition, 'entryId' | 'from' | 'to' | 'before' | 'previousId' | 'undoes'>,
): Transition {
  const transition: Transition = {
    id: takeTransitionId(at),
    commandId: at.commandId,
    verb: words.verb,
    at: at.context.at,
    deviceId: at.context.device.id,
    actor: at.actor,
    reason: words.reason ? words.reason : null,
    undoneBy: null,
    ...row,
  };
  at.draft.put('transitions', transition);
  return transition;
}

/** The entry's times and owner in its new status, as the rule says. */
function settle(at: Case, was: QueueEntry, next: QueueEntry, rule: TransitionRule): void {
  if (rule.owner === 'takes') {
    next.ownerDeviceId = at.context.device.id;
    next.providerId = providerAt(at, next.servicePointId);
  }
  if (rule.owner === 'releases') {
    next.ownerDeviceId = null;
    // where a patient was served stays known; all else is owned by nobody and nowhere
    if (next.status !== 'completed') {
      next.servicePointId = null;
      next.providerId = null;
    }
  }
  if (isOpen(next.status)) {
    next.endedAt = null;
    if (!isOwned(next.status)) {
      next.calledAt = null;
      next.startedAt = null;
    }
  } else if (next.status !== was.status) {
    next.endedAt = Math.max(at.context.at, next.startedAt ?? 0) as QueueEntry['endedAt'];
  }
}

/**
 * Does one step of the table to an entry: status, times, owner, calls and appointment, and the transition row with what
 * was before. Returns the entry as it is now.
 */
export function step(
  at: Case,
  was: QueueEntry,
  rule: TransitionRule,
  words: StepWords,
  change: EntryChange = {},
  beside: Record<string, unknown> = {},
): QueueEntry {
  const to = rule.to === 'same' || rule.to === 'before' ? was.status : rule.to;
  const next: QueueEntry = { ...was, ...change, status: to, version: was.version + 1 };
  settle(at, was, next, rule);
  const transition = writeTransition(at, words, {
    entryId: was.id,
    from: was.status,
    to,
    before: { ...fieldsBefore(was, next), ...beside },
    previousId: was.transitionId,
    undoes: null,
  });
  next.transitionId = transition.id;
  at.draft.put('entries', next);
  if (rule.call !== 'keeps') closeCalls(at, was);
  if (rule.call === 'opens' && next.servicePointId)
    putCall(at, next, next.servicePointId, words.verb === 'recall' ? 'recall' : 'call', 'open');
  if (to !== was.status) followAppointment(at, next);
  return next;
}
