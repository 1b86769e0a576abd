import type { Call, Patient, QueueEntry, Rows, TableName, Transition } from '../domain/rows';
import { isOpen } from '../domain/status';

/** Rows by a key and their id. */
class Groups<R> {
  private readonly groups = new Map<string, Map<string, R>>();

  of(key: string): Iterable<R> {
    return this.groups.get(key)?.values() ?? [];
  }

  put(key: string, id: string, row: R): void {
    const group = this.groups.get(key);
    if (group) group.set(id, row);
    else this.groups.set(key, new Map([[id, row]]));
  }

  remove(key: string, id: string): void {
    const group = this.groups.get(key);
    if (group?.delete(id) && group.size === 0) this.groups.delete(key);
  }
}

/**
 * The lookups that keep the cost of a command independent of what is closed: open entries by queue, service point and
 * patient; transitions and calls by entry; patients by record number.
 */
export class RowIndex {
  private readonly byQueue = new Groups<QueueEntry>();
  private readonly byPoint = new Groups<QueueEntry>();
  private readonly byPatient = new Groups<QueueEntry>();
  private readonly transitions = new Groups<Transition>();
  private readonly calls = new Groups<Call>();
  private readonly byMrn = new Groups<Patient>();

  /** Notes that `row` stands in the table where `before` stood (either may be absent). */
  change<T extends TableName>(table: T, id: string, before: Rows[T] | undefined, row: Rows[T] | undefined): void {
    // a test of the table's name cannot narrow the generic rows, so each branch names its type
    if (table === 'entries') this.changeEntry(id, before as QueueEntry | undefined, row as QueueEntry | undefined);
    else if (table === 'transitions') changeOwned(this.transitions, id, before as Transition | undefined, row as Transition | undefined);
    else if (table === 'calls') changeOwned(this.calls, id, before as Call | undefined, row as Call | undefined);
    else if (table === 'patients') this.changePatient(id, before as Patient | undefined, row as Patient | undefined);
  }

  openInQueue(queueId: string): Iterable<QueueEntry> {
    return this.byQueue.of(queueId);
  }

  openAt(servicePointId: string): Iterable<QueueEntry> {
    return this.byPoint.of(servicePointId);
  }

  openOf(patientId: string): Iterable<QueueEntry> {
    return this.byPatient.of(patientId);
  }

  transitionsOf(entryId: string): Iterable<Transition> {
    return this.transitions.of(entryId);
  }

  callsOf(entryId: string): Iterable<Call> {
    return this.calls.of(entryId);
  }

  withMrn(mrn: string): Iterable<Patient> {
    return this.byMrn.of(mrn);
  }

  private changeEntry(id: string, before: QueueEntry | undefined, row: QueueEntry | undefined): void {
    const was = before && isOpen(before.status) ? before : undefined;
    const is = row && isOpen(row.status) ? row : undefined;
    if (was && was.queueId !== is?.queueId) this.byQueue.remove(was.queueId, id);
    if (was?.servicePointId && was.servicePointId !== is?.servicePointId) this.byPoint.remove(was.servicePointId, id);
    if (was && was.patientId !== is?.patientId) this.byPatient.remove(was.patientId, id);
    if (!is) return;
    this.byQueue.put(is.queueId, id, is);
    if (is.servicePointId) this.byPoint.put(is.servicePointId, id, is);
    this.byPatient.put(is.patientId, id, is);
  }

  private changePatient(id: string, before: Patient | undefined, row: Patient | undefined): void {
    if (before?.mrn && before.mrn !== row?.mrn) this.byMrn.remove(before.mrn, id);
    if (row?.mrn) this.byMrn.put(row.mrn, id, row);
  }
}

function changeOwned<R extends { readonly entryId: string }>(
  groups: Groups<R>,
  id: string,
  before: R | undefined,
  row: R | undefined,
): void {
  if (before && before.entryId !== row?.entryId) groups.remove(before.entryId, id);
  if (row) groups.put(row.entryId, id, row);
}
