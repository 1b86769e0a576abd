import type { ConfirmedChange } from './clientEvents';
import { type Delta, MAX_SNAPSHOT_ROWS, type SnapshotPart } from './messages';
import type { SiteFacts } from './siteDraft';

/** Rows in one `delta`; a longer catch-up goes in several, of which the last has `more: false`. */
const MAX_DELTA_ROWS = 500;

/**
 * What changed from `from` to the head, as the messages that say so: at least one, even when nothing did. A receiver applies
 * them together once `more` is false, since a row appears only at its last change; `chain` is the head's in all of them.
 */
export function deltasOf(
  facts: Pick<SiteFacts, 'epoch' | 'head' | 'chain'>,
  from: number,
  changes: readonly ConfirmedChange[],
  applied: Readonly<Record<string, number>>,
): Delta[] {
  const deltas: Delta[] = [];
  let start = 0;
  let at = from;
  do {
    let end = Math.min(start + MAX_DELTA_ROWS, changes.length);
    // One command's rows stay together, so that every message ends at a point of the log.
    while (end < changes.length && changes[end]?.seq === changes[end - 1]?.seq) end += 1;
    const last = end >= changes.length;
    const to = last ? facts.head : (changes[end - 1]?.seq ?? facts.head);
    deltas.push({
      epoch: facts.epoch,
      from: at,
      to,
      chain: facts.chain,
      changes: changes.slice(start, end),
      applied: last ? applied : {},
      more: !last,
    });
    start = end;
    at = to;
  } while (start < changes.length);
  return deltas;
}

/** Every living row at the head, in parts (S10). */
export function snapshotOf(facts: SiteFacts): SnapshotPart[] {
  const rows = facts.rows.living();
  const parts = Math.max(1, Math.ceil(rows.length / MAX_SNAPSHOT_ROWS));
  const applied = Object.fromEntries(facts.applied);
  return Array.from({ length: parts }, (_, part) => ({
    epoch: facts.epoch,
    seq: facts.head,
    chain: facts.chain,
    part,
    parts,
    changes: rows.slice(part * MAX_SNAPSHOT_ROWS, (part + 1) * MAX_SNAPSHOT_ROWS),
    applied: part === parts - 1 ? applied : {},
  }));
}
