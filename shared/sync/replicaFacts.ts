import type { Command } from '../domain/commands';
import type { CommandId } from '../domain/ids';
import type { OwnOutcome } from '../domain/outcome';
import type { WritableState } from '../domain/state';
import type { Instant } from '../domain/time';
import { createRows } from '../engine/rows';
import type { LoadedReplica, ReplicaIdentity } from './clientEvents';
import { applyChange } from './confirmedRows';
import type { Cursor } from './messages';

/** What is on this desk's disk, in memory: changed only by a commit that succeeded (S4). */
export interface ReplicaFacts {
  identity: ReplicaIdentity;
  cursor: Cursor | null;
  confirmed: WritableState;
  applied: Map<string, number>;
  /** The highest `n` given out. */
  lastN: number;
  /** Every kept command by `n`: pending ones, and those that no backup of the server covers (S8). */
  kept: Command[];
  outcomes: OwnOutcome[];
  readonly knownOutcomes: Set<CommandId>;
  lastSync: Instant | null;
}

export function replicaFacts(loaded: LoadedReplica): ReplicaFacts {
  const confirmed = createRows();
  for (const change of loaded.rows) applyChange(confirmed, change);
  return {
    identity: loaded.identity,
    cursor: loaded.cursor,
    confirmed,
    applied: new Map(Object.entries(loaded.applied)),
    lastN: loaded.lastN,
    kept: [...loaded.outbox],
    outcomes: [...loaded.outcomes],
    knownOutcomes: new Set(loaded.knownOutcomes),
    lastSync: loaded.lastSync,
  };
}

/** Up to which `n` the confirmed rows contain this replica's commands. */
export const ownApplied = (facts: ReplicaFacts): number => facts.applied.get(facts.identity.replicaId) ?? 0;

/** The kept commands above `n`, in order. */
export function keptAbove(facts: ReplicaFacts, n: number): Command[] {
  let low = 0;
  let high = facts.kept.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((facts.kept[middle]?.n ?? 0) > n) high = middle;
    else low = middle + 1;
  }
  return facts.kept.slice(low);
}

/** The commands that the confirmed rows do not contain yet: a command leaves them by applied state alone (S3). */
export const pendingOf = (facts: ReplicaFacts): Command[] => keptAbove(facts, ownApplied(facts));
