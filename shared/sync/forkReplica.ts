import type { Command } from '../domain/commands';
import type { ReplicaId } from '../domain/ids';
import type { OwnOutcome } from '../domain/outcome';
import type { ReplicaIdentity } from './clientEvents';
import { ownApplied, type ReplicaFacts } from './replicaFacts';

/** What a replica becomes when its database turns out to be a copy (S5). */
export interface Fork {
  readonly identity: ReplicaIdentity;
  readonly outbox: readonly Command[];
  readonly outcomes: readonly OwnOutcome[];
  readonly applied: Readonly<Record<string, number>>;
}

/**
 * Renumbers every kept command from 1 under a new replica id. Commands keep their ids, so that the referee recognises those
 * that it has; those that the confirmed rows contain stay counted as applied, and are not replayed (invariant 6).
 */
export function forkReplica(facts: ReplicaFacts, id: ReplicaId): Fork {
  const outbox = facts.kept.map((command, index) => ({ ...command, n: index + 1 }));
  const numbers = new Map(outbox.map((command) => [command.id, command.n]));
  const contained = facts.kept.filter((command) => command.n <= ownApplied(facts)).length;
  let without = 0;
  const outcomes = facts.outcomes.map((outcome) => {
    const n = numbers.get(outcome.commandId);
    if (n !== undefined) return { ...outcome, n };
    // Its command left the outbox long ago: a number that no command can have.
    without -= 1;
    return { ...outcome, n: without };
  });
  return { identity: { ...facts.identity, replicaId: id }, outbox, outcomes, applied: { [id]: contained } };
}
