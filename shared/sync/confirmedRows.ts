import type { RowChange, Rows, TableName } from '../domain/rows';
import type { SiteState, WritableState } from '../domain/state';
import { createRows } from '../engine/rows';
import type { ConfirmedChange } from './clientEvents';

/** Writes one change to a state. */
export function applyChange(state: WritableState, change: RowChange): void {
  if (change.row === null) state.remove(change.table, change.id);
  else putRow(state, change.table, change.row);
}

const putRow = <T extends TableName>(state: WritableState, table: T, row: Rows[TableName]): void => state.put(table, row as Rows[T]);

/** The site's committed rows, found by id for the engine and by `seq` for catch-up. */
export interface ConfirmedRows {
  readonly state: SiteState;
  /** Changes in ascending `seq`, none below what was applied before. */
  apply(changes: readonly ConfirmedChange[]): void;
  /** Rows and tombstones that changed after `seq`, in the order of their last change; costs what it returns (S10). */
  since(seq: number): ConfirmedChange[];
  /** Every living row, in the order of its last change. */
  living(): ConfirmedChange[];
}

interface Placed {
  readonly table: TableName;
  readonly id: string;
  readonly seq: number;
}

/** Places of overwritten rows that the list by `seq` may hold beside as many living ones, before it is packed. */
const SLACK = 1_024;

export function createConfirmedRows(initial: readonly ConfirmedChange[]): ConfirmedRows {
  const state = createRows();
  /** The current place of every row, by table and id. */
  const current = new Map<string, Placed>();
  /** Places in ascending `seq`; those that are no longer current are skipped, and packed away once they outnumber the rest. */
  let bySeq: Placed[] = [];

  function apply(changes: readonly ConfirmedChange[]): void {
    for (const change of changes) {
      applyChange(state, change);
      const place: Placed = { table: change.table, id: change.id, seq: change.seq };
      current.set(`${change.table}:${change.id}`, place);
      bySeq.push(place);
    }
    if (bySeq.length > 2 * current.size + SLACK) bySeq = bySeq.filter(isCurrent);
  }

  const isCurrent = (place: Placed): boolean => current.get(`${place.table}:${place.id}`) === place;
  const changeAt = (place: Placed): ConfirmedChange =>
    ({ table: place.table, id: place.id, row: state.row(place.table, place.id) ?? null, seq: place.seq }) as ConfirmedChange;

  /** Index of the first place above `seq`. */
  function firstAbove(seq: number): number {
    let low = 0;
    let high = bySeq.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((bySeq[middle]?.seq ?? 0) > seq) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  const since = (seq: number): ConfirmedChange[] => bySeq.slice(firstAbove(seq)).filter(isCurrent).map(changeAt);

  apply([...initial].sort((a, b) => a.seq - b.seq));
  return { state, apply, since, living: () => since(-1).filter((change) => change.row !== null) };
}
