import type { CommandArgs } from '../../domain/commands';
import type { Patient, QueueEntry } from '../../domain/rows';
import { isOpen } from '../../domain/status';
import type { EntryVerb } from '../../domain/transitions';
import { queueSize } from '../load';
import { APPLIED, type Case, canRefuse, detailOf, type Handler, isRival, rejected } from './case';
import { takeTicket } from './numbering';
import { type Admission, refused, type Subject, seenSubject, twinOf } from './requests';
import { type EntryChange, step, writeTransition } from './step';

/** A request about a patient whom this desk has not lost to another. */
function ownSubject(at: Case, verb: EntryVerb, seen: { readonly entryId: QueueEntry['id']; readonly version: number }): Admission<Subject> {
  const subject = seenSubject(at, verb, seen);
  if (subject.ok && isRival(at, subject.value.entry)) return refused(rejected('already_called', detailOf(at, subject.value.entry)));
  return subject;
}

/** A request that does the table's step and nothing else. */
const plainRequest = (verb: 'skip' | 'hold' | 'resume') => (at: Case, args: CommandArgs<'resume'> & { readonly reason?: string }) => {
  const subject = ownSubject(at, verb, args);
  if (!subject.ok) return subject.outcome;
  const { entry, rule } = subject.value;
  step(at, entry, rule, args.reason ? { verb, reason: args.reason } : { verb });
  return APPLIED;
};

export const skip: Handler<'skip'> = plainRequest('skip');
export const hold: Handler<'hold'> = plainRequest('hold');
export const resume: Handler<'resume'> = plainRequest('resume');

/** Gives up a call, a service or an absence: the patient waits again, from when they began to. */
export const returnToQueue: Handler<'returnToQueue'> = (at, args) => {
  const subject = ownSubject(at, 'returnToQueue', args);
  if (!subject.ok) return subject.outcome;
  const { entry, rule } = subject.value;
  const twin = isOpen(entry.status) ? undefined : twinOf(at, entry);
  if (twin) return rejected('already_waiting', detailOf(at, twin));
  step(at, entry, rule, { verb: 'returnToQueue', reason: args.reason }, { place: null });
  return APPLIED;
};

export const setPriority: Handler<'setPriority'> = (at, args) => {
  const subject = seenSubject(at, 'setPriority', args);
  if (!subject.ok) return subject.outcome;
  const { entry, rule } = subject.value;
  const queue = at.draft.row('queues', entry.queueId);
  if (!queue?.priorities.some((level) => level.key === args.priority)) {
    return rejected('unknown_priority', { text: args.priority, queueId: entry.queueId, ...(queue && { queue: queue.name }) });
  }
  step(at, entry, rule, { verb: 'setPriority', reason: args.reason }, { priority: args.priority, place: null });
  return APPLIED;
};

/** Corrects what was written about a patient and their turn; a record number that somebody else has is flagged. */
export const correct: Handler<'correct'> = (at, args) => {
  const subject = seenSubject(at, 'correct', args);
  if (!subject.ok) return subject.outcome;
  const { entry, rule } = subject.value;
  const known = at.draft.row('patients', entry.patientId);
  const patient: Patient = { ...args.patient, id: entry.patientId, version: (known?.version ?? 0) + 1 };
  const namesake = patient.mrn ? at.draft.patientByMrn(patient.mrn) : undefined;
  at.draft.put('patients', patient);
  const change: EntryChange = { notes: args.notes, appointmentAt: args.appointmentAt };
  if (namesake && namesake.id !== patient.id) change.flag = 'possible_duplicate';
  step(at, entry, rule, { verb: 'correct' }, change, known ? { patient: known } : {});
  return APPLIED;
};

/** Ends the turn here and opens one in another queue, in the same visit and with the same start of waiting. */
export const transfer: Handler<'transfer'> = (at, args) => {
  const { draft, context } = at;
  const subject = ownSubject(at, 'transfer', args);
  if (!subject.ok) return subject.outcome;
  const { entry, rule } = subject.value;
  const queue = draft.row('queues', args.toQueueId);
  if (!queue) return rejected('unknown_queue', { queueId: args.toQueueId });
  const named = { queueId: queue.id, queue: queue.name };
  if (queue.id === entry.queueId) return rejected('invalid', { ...named, field: 'toQueueId' });
  if (draft.row('entries', args.newEntryId) || draft.row('aliases', args.newEntryId)) return rejected('invalid', { field: 'newEntryId' });
  if (!queue.priorities.some((level) => level.key === args.priority))
    return rejected('unknown_priority', { ...named, text: args.priority });
  const twin = twinOf(at, { ...entry, queueId: queue.id });
  if (twin) return rejected('already_waiting', detailOf(at, twin));
  // with a ticket in their hand the patient is on the way there: only a desk or a fresh request hears no
  const full = queue.capacity !== null && queueSize(draft, queue.id) >= queue.capacity;
  if (canRefuse(at) && !queue.open) return rejected('queue_closed', named);
  if (canRefuse(at) && full && queue.capacity !== null) return rejected('queue_full', { ...named, limit: queue.capacity });

  step(at, entry, rule, { verb: 'transfer', reason: args.reason });
  const ticket = takeTicket(at, queue, args.ticket);
  const transition = writeTransition(
    at,
    { verb: 'transfer', reason: args.reason },
    { entryId: args.newEntryId, from: null, to: 'waiting', before: {}, previousId: null, undoes: null },
  );
  draft.put('entries', {
    ...entry,
    id: args.newEntryId,
    queueId: queue.id,
    day: context.day,
    ticket: ticket.text,
    link: args.link,
    priority: args.priority,
    status: 'waiting',
    place: null,
    servicePointId: null,
    providerId: null,
    ownerDeviceId: null,
    calledAt: null,
    startedAt: null,
    endedAt: null,
    calls: 0,
    estimate: null,
    transitionId: transition.id,
    flag: full ? 'over_capacity' : null,
    version: 1,
  });
  return ticket.renumbered
    ? { status: 'changed', code: 'ticket_renumbered', detail: { entryId: args.newEntryId, ticket: ticket.text } }
    : APPLIED;
};
