import type { CommandArgs } from '../../domain/commands';
import type { PatientId, VisitId } from '../../domain/ids';
import type { Outcome } from '../../domain/outcome';
import type { Patient, Queue, QueueEntry } from '../../domain/rows';
import type { Instant } from '../../domain/time';
import { queueSize } from '../load';
import { APPLIED, type Case, changed, detailOf, type Handler, rejected } from './case';
import { takeTicket } from './numbering';
import { followAppointment, writeTransition } from './step';

type Arrival = CommandArgs<'addToQueue'>;
type PatientFields = Arrival['patient'];

/**
 * The patient's row: the one with this id, else the one with this record number, else a new one. What is known already
 * stays, since another desk may have corrected it; gaps are filled, and "never show my name" is kept once it was said.
 */
export function knowPatient(at: Case, given: PatientFields): Patient {
  const { draft } = at;
  const known = draft.row('patients', given.id) ?? (given.mrn ? draft.patientByMrn(given.mrn) : undefined);
  if (!known) {
    const patient = { ...given, version: 1 };
    draft.put('patients', patient);
    return patient;
  }
  const mrn = known.mrn ?? given.mrn;
  const birthDate = known.birthDate ?? given.birthDate;
  const phone = known.phone ?? given.phone;
  const hideName = known.hideName || given.hideName;
  if (mrn === known.mrn && birthDate === known.birthDate && phone === known.phone && hideName === known.hideName) return known;
  const patient = { ...known, mrn, birthDate, phone, hideName, version: known.version + 1 };
  draft.put('patients', patient);
  return patient;
}

/** The visit that an entry belongs to; begins one where the id is new. */
export function knowVisit(at: Case, id: VisitId, patientId: PatientId): void {
  if (at.draft.row('visits', id)) return;
  at.draft.put('visits', { id, patientId, day: at.context.day, startedAt: at.context.at });
}

const isFull = (at: Case, queue: Queue): boolean => queue.capacity !== null && queueSize(at.draft, queue.id) >= queue.capacity;

/** Who waits in the queue for the same need: the same patient, or the same appointment. */
function sameTurn(at: Case, queue: Queue, patient: Patient, args: Arrival): QueueEntry | undefined {
  for (const entry of at.draft.openEntriesOf(patient.id)) if (entry.queueId === queue.id) return entry;
  if (args.appointmentId === null) return undefined;
  for (const entry of at.draft.openEntries(queue.id)) if (entry.appointmentId === args.appointmentId) return entry;
  return undefined;
}

const UNEVEN = /\s\s|[^\S ]/;
/** A name without differences of case and spacing. */
const plain = (name: string): string => {
  const lower = name.toLowerCase();
  return UNEVEN.test(lower) ? lower.replace(/\s+/g, ' ') : lower;
};

/** Whether somebody of the same name waits there who cannot be told apart by number or birth date. */
function hasNamesake(at: Case, queue: Queue, patient: Patient): boolean {
  const name = plain(patient.name);
  for (const entry of at.draft.openEntries(queue.id)) {
    const other = at.draft.row('patients', entry.patientId);
    if (!other || other.id === patient.id || plain(other.name) !== name) continue;
    if (other.mrn !== null && patient.mrn !== null) continue;
    if (other.birthDate !== null && patient.birthDate !== null && other.birthDate !== patient.birthDate) continue;
    return true;
  }
  return false;
}

/** One patient added twice: one turn from the earlier arrival, both tickets valid (sync.md, conflicts). */
function merge(at: Case, args: Arrival, existing: QueueEntry, ticket: string): Outcome {
  at.draft.put('aliases', { id: args.entryId, entryId: existing.id, ticket });
  const earliest = (moment: Instant): Instant => Math.min(moment, at.context.at) as Instant;
  if (existing.arrivedAt > at.context.at || existing.waitingSince > at.context.at) {
    const arrivedAt = earliest(existing.arrivedAt);
    at.draft.put('entries', { ...existing, arrivedAt, waitingSince: earliest(existing.waitingSince), version: existing.version + 1 });
  }
  return changed('already_waiting', detailOf(at, existing));
}

/** Where an arrival goes: its queue, or the overflow queue of one that is full. */
interface Admittance {
  readonly queue: Queue;
  readonly flag: string | null;
}

function admit(at: Case, queue: Queue): Admittance {
  if (!queue.open) return { queue, flag: 'queue_closed' };
  if (!isFull(at, queue)) return { queue, flag: null };
  const overflow = queue.overflowQueueId ? at.draft.row('queues', queue.overflowQueueId) : undefined;
  if (overflow?.open && overflow.id !== queue.id && !isFull(at, overflow)) return { queue: overflow, flag: null };
  return { queue, flag: 'over_capacity' };
}

/**
 * Somebody arrived and got a ticket. A live desk refuses what its queue does not take before a ticket is printed; from
 * then on it is a fact, adapted where it must be and never dropped.
 */
export const addToQueue: Handler<'addToQueue'> = (at, args) => {
  const { draft, context } = at;
  const asked = draft.row('queues', args.queueId);
  if (!asked) return rejected('unknown_queue', { queueId: args.queueId });
  if (draft.row('entries', args.entryId) || draft.row('aliases', args.entryId))
    return rejected('invalid', { field: 'entryId', entryId: args.entryId });
  const named = { queueId: asked.id, queue: asked.name };
  const { queue, flag } = admit(at, asked);
  const levels = queue.priorities;
  const priority = levels.find((level) => level.key === args.priority)?.key;
  if (at.live && !context.referee) {
    if (flag === 'queue_closed') return rejected('queue_closed', named);
    if (flag === 'over_capacity') return rejected('queue_full', { ...named, ...(asked.capacity !== null && { limit: asked.capacity }) });
    if (!priority) return rejected('unknown_priority', { ...named, text: args.priority });
  }

  const patient = knowPatient(at, args.patient);
  knowVisit(at, args.visitId, patient.id);
  const ticket = takeTicket(at, asked, args.ticket);
  const existing = sameTurn(at, queue, patient, args) ?? (queue === asked ? undefined : sameTurn(at, asked, patient, args));
  if (existing) return merge(at, args, existing, ticket.text);

  const appointment = args.appointmentId ? draft.row('appointments', args.appointmentId) : undefined;
  const namesake = flag === null && hasNamesake(at, queue, patient);
  const transition = writeTransition(
    at,
    { verb: 'addToQueue' },
    { entryId: args.entryId, from: null, to: 'waiting', before: {}, previousId: null, undoes: null },
  );
  const entry: QueueEntry = {
    id: args.entryId,
    visitId: args.visitId,
    patientId: patient.id,
    queueId: queue.id,
    day: context.day,
    ticket: ticket.text,
    link: args.link,
    // a level that was abolished meanwhile: the lowest of today's, and said so
    priority: priority ?? levels.reduce((lowest, level) => (level.value < lowest.value ? level : lowest)).key,
    status: 'waiting',
    arrivedAt: context.at,
    waitingSince: context.at,
    appointmentId: args.appointmentId,
    appointmentAt: args.appointmentAt ?? appointment?.at ?? null,
    notes: args.notes,
    meetingLink: args.meetingLink,
    place: null,
    servicePointId: null,
    providerId: null,
    ownerDeviceId: null,
    calledAt: null,
    startedAt: null,
    endedAt: null,
    calls: 0,
    estimate: args.estimate,
    transitionId: transition.id,
    flag: namesake ? 'possible_duplicate' : flag,
    version: 1,
  };
  draft.put('entries', entry);
  followAppointment(at, entry);
  const said = { entryId: entry.id, ticket: entry.ticket };
  if (ticket.renumbered) return changed('ticket_renumbered', said);
  if (queue !== asked) return changed('overflowed', { ...said, queueId: queue.id, queue: queue.name });
  if (!priority) return changed('unknown_priority', { ...said, text: args.priority });
  return APPLIED;
};

export const bookAppointment: Handler<'bookAppointment'> = (at, { appointment, patient }) => {
  const { draft } = at;
  if (!draft.row('queues', appointment.queueId)) return rejected('unknown_queue', { queueId: appointment.queueId });
  if (appointment.patientId !== patient.id) return rejected('invalid', { field: 'appointment.patientId' });
  if (appointment.providerId && !draft.row('providers', appointment.providerId))
    return rejected('unknown_row', { field: 'appointment.providerId' });
  const known = draft.row('appointments', appointment.id);
  if ((known?.version ?? 0) !== appointment.version)
    return rejected('stale_version', { field: 'appointment', ...(known && { at: known.at, status: known.status }) });
  draft.put('appointments', { ...appointment, patientId: knowPatient(at, patient).id, version: appointment.version + 1 });
  return APPLIED;
};
