import type { EntryId, PatientId, QueueId, ReplicaId, ServicePointId } from '../domain/ids';
import type { Call, Patient, QueueEntry, RowChange, Rows, Site, TableName, TicketLease, Transition } from '../domain/rows';
import { TABLES } from '../domain/rows';
import type { SiteState, StateLayer, WritableState } from '../domain/state';
import { RowIndex } from './rowIndex';
import { leaseId } from './ticketIds';

const smallestId = <R extends { readonly id: string }>(rows: Iterable<R>): R | undefined => {
  let best: R | undefined;
  for (const row of rows) if (!best || row.id < best.id) best = row;
  return best;
};

/** Rows in memory with the indexes that the engine reads by. */
class MemoryRows implements WritableState {
  private readonly tables = new Map<TableName, Map<string, Rows[TableName]>>(TABLES.map((name) => [name, new Map()]));
  private readonly index = new RowIndex();

  private table<T extends TableName>(name: T): Map<string, Rows[T]> {
    return this.tables.get(name) as Map<string, Rows[T]>;
  }

  row<T extends TableName>(table: T, id: string): Rows[T] | undefined {
    return this.table(table).get(id);
  }
  rows<T extends TableName>(table: T): Iterable<Rows[T]> {
    return this.table(table).values();
  }
  site(): Site | undefined {
    return this.table('site').values().next().value;
  }
  openEntries(queueId: QueueId): Iterable<QueueEntry> {
    return this.index.openInQueue(queueId);
  }
  entriesAt(servicePointId: ServicePointId): Iterable<QueueEntry> {
    return this.index.openAt(servicePointId);
  }
  openEntriesOf(patientId: PatientId): Iterable<QueueEntry> {
    return this.index.openOf(patientId);
  }
  patientByMrn(mrn: string): Patient | undefined {
    return smallestId(this.index.withMrn(mrn));
  }
  transitionsOf(entryId: EntryId): Iterable<Transition> {
    return this.index.transitionsOf(entryId);
  }
  callsOf(entryId: EntryId): Iterable<Call> {
    return this.index.callsOf(entryId);
  }
  lease(replicaId: ReplicaId, queueId: QueueId): TicketLease | undefined {
    return this.row('ticketLeases', leaseId(replicaId, queueId));
  }
  put<T extends TableName>(table: T, row: Rows[T]): void {
    const rows = this.table(table);
    this.index.change(table, row.id, rows.get(row.id), row);
    rows.set(row.id, row);
  }
  remove(table: TableName, id: string): void {
    const rows = this.table(table);
    this.index.change(table, id, rows.get(id), undefined);
    rows.delete(id);
  }
}

/** The rows of `base` that a patch does not replace, then the patch's own. */
function* merged<R extends { readonly id: string }>(base: Iterable<R>, patch: ReadonlyMap<string, unknown>, own: Iterable<R>): Iterable<R> {
  for (const row of base) if (!patch.has(row.id)) yield row;
  yield* own;
}

class Layer implements StateLayer {
  /** Written rows by table and id; null: removed. */
  private readonly patches = new Map<TableName, Map<string, Rows[TableName] | null>>();
  private readonly order: { readonly table: TableName; readonly id: string }[] = [];
  private readonly index = new RowIndex();

  constructor(private readonly base: SiteState) {}

  private patch<T extends TableName>(table: T): Map<string, Rows[T] | null> | undefined {
    return this.patches.get(table) as Map<string, Rows[T] | null> | undefined;
  }
  private *own<T extends TableName>(table: T): Iterable<Rows[T]> {
    for (const row of this.patch(table)?.values() ?? []) if (row) yield row;
  }
  private over<T extends TableName>(table: T, below: Iterable<Rows[T]>, above: Iterable<Rows[T]>): Iterable<Rows[T]> {
    const patch = this.patches.get(table);
    return patch ? merged(below, patch, above) : below;
  }
  private write<T extends TableName>(table: T, id: string, row: Rows[T] | null): void {
    let patch = this.patch(table);
    if (!patch) {
      patch = new Map<string, Rows[T] | null>();
      this.patches.set(table, patch as Map<string, Rows[TableName] | null>);
    }
    const before = patch.get(id);
    if (before === undefined) this.order.push({ table, id });
    this.index.change(table, id, before ?? undefined, row ?? undefined);
    patch.set(id, row);
  }

  row<T extends TableName>(table: T, id: string): Rows[T] | undefined {
    const written = this.patch(table)?.get(id);
    return written === undefined ? this.base.row(table, id) : (written ?? undefined);
  }
  rows<T extends TableName>(table: T): Iterable<Rows[T]> {
    return this.over(table, this.base.rows(table), this.own(table));
  }
  site(): Site | undefined {
    for (const row of this.own('site')) return row;
    const below = this.base.site();
    return below && this.row('site', below.id);
  }
  openEntries(queueId: QueueId): Iterable<QueueEntry> {
    return this.over('entries', this.base.openEntries(queueId), this.index.openInQueue(queueId));
  }
  entriesAt(servicePointId: ServicePointId): Iterable<QueueEntry> {
    return this.over('entries', this.base.entriesAt(servicePointId), this.index.openAt(servicePointId));
  }
  openEntriesOf(patientId: PatientId): Iterable<QueueEntry> {
    return this.over('entries', this.base.openEntriesOf(patientId), this.index.openOf(patientId));
  }
  patientByMrn(mrn: string): Patient | undefined {
    const patch = this.patch('patients');
    const below = this.base.patientByMrn(mrn);
    if (!patch) return below;
    const above = smallestId(this.index.withMrn(mrn));
    if (!below || !patch.has(below.id)) return above && (!below || above.id < below.id) ? above : below;
    // the base's answer was rewritten here: its other rows with this number are looked for the long way
    const others = [...this.base.rows('patients')].filter((patient) => patient.mrn === mrn && !patch.has(patient.id));
    return smallestId(above ? [above, ...others] : others);
  }
  transitionsOf(entryId: EntryId): Iterable<Transition> {
    return this.over('transitions', this.base.transitionsOf(entryId), this.index.transitionsOf(entryId));
  }
  callsOf(entryId: EntryId): Iterable<Call> {
    return this.over('calls', this.base.callsOf(entryId), this.index.callsOf(entryId));
  }
  lease(replicaId: ReplicaId, queueId: QueueId): TicketLease | undefined {
    return this.row('ticketLeases', leaseId(replicaId, queueId));
  }
  put<T extends TableName>(table: T, row: Rows[T]): void {
    this.write(table, row.id, row);
  }
  remove(table: TableName, id: string): void {
    this.write(table, id, null);
  }
  changes(): RowChange[] {
    return this.order.map(({ table, id }) => ({ table, id, row: this.patches.get(table)?.get(id) ?? null }) as RowChange);
  }
}

/** Empty rows in memory: the confirmed ones of a desk or of the referee. */
export const createRows = (): WritableState => new MemoryRows();

/**
 * A layer above another state that remembers what was written to it: the draft of one decision, or the overlay of pending
 * commands (S2). The base is only read, and may change underneath between uses.
 */
export const layerOver = (base: SiteState): StateLayer => new Layer(base);
