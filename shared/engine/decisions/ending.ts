import type { CommandArgs } from '../../domain/commands';
import { APPLIED, type Case, changed, closeLostCalls, detailOf, type Handler, isRival, notify, rejected, wasSpoken } from './case';
import { subjectOf } from './requests';
import { step } from './step';

/** A patient who was not there: a fact, but a desk that lost the patient to another cannot end their turn. */
const absence = (verb: 'markNoShow' | 'markLeft') => (at: Case, args: CommandArgs<'markLeft'>) => {
  const subject = subjectOf(at, verb, args.entryId);
  if (!subject.ok) return subject.outcome;
  const { entry, rule } = subject.value;
  if (rule.adapts) {
    closeLostCalls(at, entry);
    const own = entry.status === 'in_service' && entry.ownerDeviceId === at.context.device.id;
    return changed(own ? 'wrong_status' : rule.adapts, detailOf(at, entry));
  }
  if (isRival(at, entry)) {
    closeLostCalls(at, entry);
    return changed('already_called', detailOf(at, entry));
  }
  step(at, entry, rule, { verb });
  return APPLIED;
};

export const markNoShow: Handler<'markNoShow'> = absence('markNoShow');
export const markLeft: Handler<'markLeft'> = absence('markLeft');

/**
 * Takes a turn off the list. It wins over a call that another desk made meanwhile (that desk is told), never over a
 * service or its end; any other change that a live person did not see stops it.
 */
const removal = (verb: 'cancel' | 'remove') => (at: Case, args: CommandArgs<'remove'>) => {
  const subject = subjectOf(at, verb, args.entryId);
  if (!subject.ok) return subject.outcome;
  const { entry, rule } = subject.value;
  if (entry.version !== args.version && entry.status !== 'called' && !wasSpoken(at)) return rejected('stale_version', detailOf(at, entry));
  const caller = entry.ownerDeviceId;
  const next = step(at, entry, rule, { verb, reason: args.reason });
  closeLostCalls(at, next);
  notify(at, caller, next, 'removed_elsewhere');
  return APPLIED;
};

export const cancel: Handler<'cancel'> = removal('cancel');
export const remove: Handler<'remove'> = removal('remove');
