import type { EntryId, PatientId, QueueId, ReplicaId, ServicePointId } from './ids';
import type { Device, Patient, QueueEntry, RowChange, Rows, Site, TableName, TicketLease } from './rows';
import type { Instant, ServiceDay } from './time';

/**
 * What the engine reads. Two implementations: the confirmed rows and an overlay above them (S2). Every lookup costs what
 * it returns and never what is closed, so that a command's cost does not grow with the day.
 */
export interface SiteState {
  row<T extends TableName>(table: T, id: string): Rows[T] | undefined;
  rows<T extends TableName>(table: T): Iterable<Rows[T]>;
  site(): Site | undefined;
  /** Entries of a queue whose turn is not over, in no particular order. */
  openEntries(queueId: QueueId): Iterable<QueueEntry>;
  /** Open entries called to or served at a service point. */
  entriesAt(servicePointId: ServicePointId): Iterable<QueueEntry>;
  openEntriesOf(patientId: PatientId): Iterable<QueueEntry>;
  /** The patient with this medical record number; of several the one with the smallest id. */
  patientByMrn(mrn: string): Patient | undefined;
  transitionsOf(entryId: EntryId): Iterable<Rows['transitions']>;
  callsOf(entryId: EntryId): Iterable<Rows['calls']>;
  lease(replicaId: ReplicaId, queueId: QueueId): TicketLease | undefined;
}

/** A state that takes changes: the draft of a decision, the overlay, or the confirmed rows. */
export interface WritableState extends SiteState {
  put<T extends TableName>(table: T, row: Rows[T]): void;
  remove(table: TableName, id: string): void;
}

/** A layer above another state that remembers what was written to it. */
export interface StateLayer extends WritableState {
  /** The rows written so far, each once, in the order of their first writing. */
  changes(): RowChange[];
}

/** What a decision knows beside the state: all from outside, so that the same input gives the same rows everywhere. */
export interface DecisionContext {
  /** When it counts as having happened: the command's `at`, clamped by the server (S15). */
  readonly at: Instant;
  readonly day: ServiceDay;
  readonly replicaId: ReplicaId;
  readonly device: Pick<Device, 'id' | 'name' | 'letter'>;
  /** True on the server, which alone re-picks a call next and renews leases. */
  readonly referee: boolean;
  /** Milliseconds between issue and decision; call next is re-picked only up to 2,000. */
  readonly age: number;
}
