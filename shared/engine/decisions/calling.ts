import type { CommandArgs } from '../../domain/commands';
import type { Outcome, OutcomeCode } from '../../domain/outcome';
import type { Call, QueueEntry, ServicePoint } from '../../domain/rows';
import { isOpen } from '../../domain/status';
import { ruleFor, type TransitionRule } from '../../domain/transitions';
import { rank } from '../rank';
import {
  APPLIED,
  type Case,
  canRefuse,
  changed,
  closeLostCalls,
  detailOf,
  entryOf,
  type Handler,
  isRival,
  notify,
  rejected,
  wasSpoken,
} from './case';
import { freePoint, notPossible, seenSubject, subjectOf } from './requests';
import { putCall, step } from './step';

/** Why a call came too late. */
function lateCode(entry: QueueEntry): OutcomeCode {
  if (entry.status === 'called') return 'already_called';
  if (entry.status === 'in_service') return 'served_elsewhere';
  return isOpen(entry.status) ? 'wrong_status' : 'already_ended';
}

function claim(at: Case, entry: QueueEntry, rule: TransitionRule, verb: 'call' | 'callNext', point: ServicePoint): void {
  closeLostCalls(at, entry);
  step(at, entry, rule, { verb }, { servicePointId: point.id, calledAt: at.context.at, calls: entry.calls + 1 });
}

/** A call that was spoken aloud although the patient was not to be had: kept, and marked lost while another desk holds them. */
function keepSpokenCall(at: Case, entry: QueueEntry, point: ServicePoint): Outcome {
  const own = isOpen(entry.status) && entry.ownerDeviceId === at.context.device.id;
  putCall(at, entry, point.id, 'call', own ? 'closed' : 'lost');
  return changed(own ? 'wrong_status' : lateCode(entry), detailOf(at, entry));
}

/** The referee gives a live call next that came a moment too late the patient who stands next now. */
function callAnother(at: Case, taken: QueueEntry, point: ServicePoint): Outcome {
  const queue = at.draft.row('queues', taken.queueId);
  const next = queue && rank(queue, at.draft.openEntries(queue.id), at.context.at)[0]?.entry;
  const rule = next && ruleFor('callNext', next.status);
  if (!next || !rule) return rejected('nobody_waiting', detailOf(at, taken));
  const detail = detailOf(at, taken);
  claim(at, next, rule, 'callNext', point);
  return changed('next_was_taken', { ...detail, insteadEntryId: next.id, insteadTicket: next.ticket });
}

/**
 * A call is a claim (product.md): it wins only an entry that nobody has called, and `call` only one that is as the person
 * saw it. Call next claims whom the person saw as long as they still wait.
 */
function decideCall(at: Case, verb: 'call' | 'callNext', args: CommandArgs<'call'>): Outcome {
  const entry = entryOf(at, args.entryId);
  if (!entry) return rejected('unknown_entry', { entryId: args.entryId });
  const spoken = wasSpoken(at);
  const admission = freePoint(at, args.servicePointId, entry, canRefuse(at));
  if (!admission.ok) return admission.outcome;
  const point = admission.value;
  const rule = ruleFor(verb, entry.status) ?? (spoken ? ruleFor('call', entry.status) : undefined);
  if (rule && (verb === 'callNext' || spoken || entry.version === args.version)) {
    claim(at, entry, rule, verb, point);
    return APPLIED;
  }
  if (spoken) return keepSpokenCall(at, entry, point);
  if (verb === 'callNext' && at.context.referee) return callAnother(at, entry, point);
  return rejected(rule ? 'stale_version' : lateCode(entry), detailOf(at, entry));
}

export const call: Handler<'call'> = (at, args) => decideCall(at, 'call', args);

export const callNext: Handler<'callNext'> = (at, args) => {
  if (!at.draft.row('queues', args.queueId)) return rejected('unknown_queue', { queueId: args.queueId });
  const entry = entryOf(at, args.entryId);
  if (entry && entry.queueId !== args.queueId) return rejected('invalid', { field: 'queueId', entryId: entry.id, ticket: entry.ticket });
  return decideCall(at, 'callNext', args);
};

/** The entry's newest call that another desk did not win; ties by id. */
function lastCall(at: Case, entry: QueueEntry): Call | undefined {
  let last: Call | undefined;
  for (const one of at.draft.callsOf(entry.id)) {
    if (one.standing !== 'lost' && (!last || one.at > last.at || (one.at === last.at && one.id > last.id))) last = one;
  }
  return last;
}

/** Announces a patient again, or one who was kept after being absent. */
export const recall: Handler<'recall'> = (at, args) => {
  const subject = subjectOf(at, 'recall', args.entryId);
  if (!subject.ok) return subject.outcome;
  const { entry, rule } = subject.value;
  const last = lastCall(at, entry);
  if (rule.adapts) {
    const own = entry.ownerDeviceId === at.context.device.id;
    return changed(own ? 'wrong_status' : rule.adapts, detailOf(at, entry));
  }
  const servicePointId = entry.servicePointId ?? last?.servicePointId;
  if (!servicePointId) return changed('wrong_status', detailOf(at, entry));
  if (entry.status === 'called' && isRival(at, entry)) {
    putCall(at, entry, servicePointId, 'recall', 'lost');
    return changed('already_called', detailOf(at, entry));
  }
  step(at, entry, rule, { verb: 'recall' }, { servicePointId, calledAt: entry.calledAt ?? at.context.at, calls: entry.calls + 1 });
  return APPLIED;
};

/** Takes a called patient over from the desk that has called them; that desk is told. */
export const takeOver: Handler<'takeOver'> = (at, args) => {
  const subject = seenSubject(at, 'takeOver', args);
  if (!subject.ok) return subject.outcome;
  const { entry, rule } = subject.value;
  if (entry.ownerDeviceId === at.context.device.id && entry.servicePointId === args.servicePointId) return notPossible(at, entry);
  const admission = freePoint(at, args.servicePointId, entry, true);
  if (!admission.ok) return admission.outcome;
  closeLostCalls(at, entry);
  step(at, entry, rule, { verb: 'takeOver' }, { servicePointId: admission.value.id, calledAt: at.context.at, calls: entry.calls + 1 });
  notify(at, entry.ownerDeviceId, entry, 'taken_over');
  return APPLIED;
};

/** Leaves a patient whose call this desk had lost to the desk that won it. */
export const letGo: Handler<'letGo'> = (at, args) => {
  const subject = subjectOf(at, 'letGo', args.entryId);
  if (!subject.ok) return subject.outcome;
  closeLostCalls(at, subject.value.entry);
  return APPLIED;
};
