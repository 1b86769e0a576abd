import type { EntryId, ServicePointId } from '../../domain/ids';
import type { Outcome } from '../../domain/outcome';
import type { QueueEntry, ServicePoint } from '../../domain/rows';
import { isOpen } from '../../domain/status';
import { type EntryVerb, ruleFor, type TransitionRule } from '../../domain/transitions';
import { type Case, detailOf, entryOf, rejected } from './case';

/** What a step may go ahead with, or why not. */
export type Admission<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly outcome: Outcome };
export const admitted = <T>(value: T): Admission<T> => ({ ok: true, value });
export const refused = <T>(outcome: Outcome): Admission<T> => ({ ok: false, outcome });

export interface Subject {
  readonly entry: QueueEntry;
  readonly rule: TransitionRule;
}

/** Why an entry in this status cannot have the step: it had ended, or is elsewhere on its way. */
export const notPossible = (at: Case, entry: QueueEntry): Outcome =>
  rejected(isOpen(entry.status) ? 'wrong_status' : 'already_ended', detailOf(at, entry));

/** The entry that a command names and its rule in the table; facts have one for every status. */
export function subjectOf(at: Case, verb: EntryVerb, id: EntryId): Admission<Subject> {
  const entry = entryOf(at, id);
  if (!entry) return refused(rejected('unknown_entry', { entryId: id }));
  const rule = ruleFor(verb, entry.status);
  return rule ? admitted({ entry, rule }) : refused(notPossible(at, entry));
}

/** A request's entry and rule: it must be as the person saw it. */
export function seenSubject(at: Case, verb: EntryVerb, seen: { readonly entryId: EntryId; readonly version: number }): Admission<Subject> {
  const subject = subjectOf(at, verb, seen.entryId);
  if (!subject.ok || subject.value.entry.version === seen.version) return subject;
  return refused(rejected('stale_version', detailOf(at, subject.value.entry)));
}

/** Entries called to or in service at a service point, without one of them. */
export function occupants(at: Case, servicePointId: ServicePointId, without?: EntryId): QueueEntry[] {
  const there: QueueEntry[] = [];
  for (const entry of at.draft.entriesAt(servicePointId)) if (entry.id !== without) there.push(entry);
  return there.length > 1 ? there.sort((a, b) => (a.id < b.id ? -1 : 1)) : there;
}

/** The service point, if it serves the entry's queue and has room for one more. */
export function freePoint(at: Case, id: ServicePointId, entry: QueueEntry, mustBeFree: boolean): Admission<ServicePoint> {
  const point = at.draft.row('servicePoints', id);
  if (!point) return refused(rejected('unknown_service_point', { servicePointId: id }));
  if (!mustBeFree) return admitted(point);
  const place = { servicePointId: id, servicePoint: point.name };
  if (point.queueIds.length > 0 && !point.queueIds.includes(entry.queueId)) {
    const queue = at.draft.row('queues', entry.queueId);
    return refused(rejected('service_point_not_allowed', { ...place, queueId: entry.queueId, ...(queue && { queue: queue.name }) }));
  }
  const there = occupants(at, id, entry.id);
  const [first] = there;
  if (first && there.length >= point.capacity)
    return refused(rejected('service_point_busy', { ...detailOf(at, first), ...place, limit: point.capacity }));
  return admitted(point);
}

/** Another open entry of the same patient in the same queue, which must stay the only one. */
export function twinOf(at: Case, entry: Pick<QueueEntry, 'id' | 'patientId' | 'queueId'>): QueueEntry | undefined {
  for (const other of at.draft.openEntriesOf(entry.patientId)) if (other.queueId === entry.queueId && other.id !== entry.id) return other;
  return undefined;
}
