import type { DeviceId, ServicePointId } from '../../domain/ids';
import type { Outcome } from '../../domain/outcome';
import type { QueueEntry, Transition } from '../../domain/rows';
import { isOpen } from '../../domain/status';
import type { Instant } from '../../domain/time';
import { APPLIED, type Case, changed, closeLostCalls, detailOf, type Handler, isRival, notify, ownCalls, rejected } from './case';
import { occupants, type Subject, subjectOf, twinOf } from './requests';
import { providerAt, step, writeTransition } from './step';

/**
 * Starting and completing a service: facts that are never dropped (invariant 12). A started service beats a bare call and
 * a removal; of two services the first is the entry's own and the second bears witness beside it, flagged.
 */

const lastDevice = (at: Case, entry: QueueEntry): DeviceId | undefined => at.draft.row('transitions', entry.transitionId)?.deviceId;

/** Steps beside the entry's own chain have no predecessor, although the entry existed. */
const bearsWitness = (transition: Transition): boolean => transition.previousId === null && transition.from !== null;

/** Whether this desk has a second service of the entry under way. */
function servesBeside(at: Case, entry: QueueEntry): boolean {
  let balance = 0;
  for (const transition of at.draft.transitionsOf(entry.id)) {
    if (transition.deviceId !== at.context.device.id || !bearsWitness(transition)) continue;
    balance += transition.verb === 'startService' ? 1 : -1;
  }
  return balance > 0;
}

/** Keeps what a second desk did, without touching what the first one has. */
function bearWitness(at: Case, entry: QueueEntry, verb: 'startService' | 'complete', flag: string): void {
  writeTransition(at, { verb }, { entryId: entry.id, from: entry.status, to: entry.status, before: {}, previousId: null, undoes: null });
  at.draft.put('entries', { ...entry, flag, version: entry.version + 1 });
  closeLostCalls(at, entry);
}

function startBeside(at: Case, entry: QueueEntry): Outcome {
  const detail = detailOf(at, entry);
  bearWitness(at, entry, 'startService', 'both_started');
  notify(at, entry.ownerDeviceId ?? lastDevice(at, entry), entry, 'both_started');
  return changed('both_started', detail);
}

/** When the patient was called for a service that starts now: by this desk's own call where there was one. */
function calledAtFor(at: Case, entry: QueueEntry): Instant | null {
  if (entry.ownerDeviceId === at.context.device.id) return entry.calledAt;
  const own = ownCalls(at, entry).map((call) => call.at);
  if (own.length > 0) return Math.max(...own) as Instant;
  return entry.calledAt !== null && entry.calledAt <= at.context.at ? entry.calledAt : null;
}

/** The service point's flag when this service is one more than it can hold (invariant 8). */
function crowdFlag(at: Case, entry: QueueEntry, servicePointId: ServicePointId | null): string | null {
  const point = servicePointId ? at.draft.row('servicePoints', servicePointId) : undefined;
  if (!point) return entry.flag;
  const serving = occupants(at, point.id, entry.id).filter((other) => other.status === 'in_service');
  return serving.length >= point.capacity ? 'service_point_crowded' : entry.flag;
}

/** A start that finds the patient in service or served already. */
function startAgain(at: Case, { entry, rule }: Subject, servicePointId: ServicePointId | null): Outcome {
  const own = at.context.device.id;
  if (servesBeside(at, entry)) return APPLIED;
  if (entry.status === 'completed')
    return lastDevice(at, entry) === own ? changed('already_ended', detailOf(at, entry)) : startBeside(at, entry);
  const elsewhere = entry.servicePointId !== servicePointId;
  if (entry.ownerDeviceId !== own) return elsewhere || isRival(at, entry) ? startBeside(at, entry) : APPLIED;
  // the desk that serves them goes on in another room
  if (elsewhere)
    step(
      at,
      entry,
      rule,
      { verb: 'startService' },
      { servicePointId, providerId: providerAt(at, servicePointId), flag: crowdFlag(at, entry, servicePointId) },
    );
  return APPLIED;
}

export const startService: Handler<'startService'> = (at, args) => {
  const subject = subjectOf(at, 'startService', args.entryId);
  if (!subject.ok) return subject.outcome;
  const { entry, rule } = subject.value;
  const known = at.draft.row('servicePoints', args.servicePointId) !== undefined;
  // no clinic has this room: malformed (invariant 12), unless the patient was called to one that is known
  if (!known && entry.servicePointId === null) return rejected('unknown_service_point', { entryId: entry.id, ticket: entry.ticket });
  const servicePointId = known ? args.servicePointId : entry.servicePointId;
  if (rule.adapts === 'both_started') return startAgain(at, subject.value, servicePointId);
  const gone = !isOpen(entry.status);
  if (rule.adapts || (gone && twinOf(at, entry))) {
    // the patient waits elsewhere or again: this service cannot be the entry's own
    bearWitness(at, entry, 'startService', 'served_after_end');
    return changed('already_ended', detailOf(at, entry));
  }
  const beaten = gone ? lastDevice(at, entry) : entry.ownerDeviceId;
  const surprising = gone || isRival(at, entry) || entry.servicePointId !== servicePointId;
  const next = step(
    at,
    entry,
    rule,
    { verb: 'startService' },
    { servicePointId, calledAt: calledAtFor(at, entry), startedAt: at.context.at, flag: crowdFlag(at, entry, servicePointId) },
  );
  closeLostCalls(at, next);
  if (surprising) notify(at, beaten, next, 'served_elsewhere');
  return known ? APPLIED : changed('unknown_service_point', { entryId: entry.id, ticket: entry.ticket });
};

export const complete: Handler<'complete'> = (at, args) => {
  const subject = subjectOf(at, 'complete', args.entryId);
  if (!subject.ok) return subject.outcome;
  const { entry, rule } = subject.value;
  if (servesBeside(at, entry)) {
    bearWitness(at, entry, 'complete', entry.flag ?? 'both_started');
    return APPLIED;
  }
  if (rule.adapts) return changed(rule.adapts, detailOf(at, entry));
  const rival = isRival(at, entry);
  if (rival && entry.status === 'in_service') {
    closeLostCalls(at, entry);
    return changed('served_elsewhere', detailOf(at, entry));
  }
  const beaten = isOpen(entry.status) ? entry.ownerDeviceId : lastDevice(at, entry);
  const next = step(at, entry, rule, { verb: 'complete' }, rival ? { calledAt: calledAtFor(at, entry) } : {});
  closeLostCalls(at, next);
  if (rival || !isOpen(entry.status)) notify(at, beaten, next, 'served_elsewhere');
  return APPLIED;
};
