import { replicaId } from '../domain/ids';
import type { Clocks } from './clientEvents';
import type { CommitLine } from './commitLine';
import { type Fork, forkReplica } from './forkReplica';
import type { ReplicaFacts } from './replicaFacts';

export interface RebindingServices {
  readonly facts: ReplicaFacts;
  readonly line: CommitLine;
  newId(): string;
  report(code: string, text: string): void;
  /** The replica goes on under its new id. */
  rebound(clocks: Clocks): void;
  /** It could not be stored: the next connection finds the copy again. */
  failed(clocks: Clocks): void;
}

/** Gives the replica a new id, on disk first; asked again meanwhile it does nothing. */
export function createRebinding({ facts, line, newId, report, rebound, failed }: RebindingServices): () => void {
  return () => {
    if (line.has('rebind')) return;
    const id = replicaId.parse(newId());
    let fork: Fork | null = null;
    line.add({
      kind: 'rebind',
      data() {
        fork = forkReplica(facts, id);
        return { rebind: fork, applied: fork.applied };
      },
      committed(clocks) {
        if (!fork) return;
        facts.identity = fork.identity;
        facts.kept = [...fork.outbox];
        facts.lastN = fork.outbox.length;
        facts.outcomes = [...fork.outcomes];
        for (const [each, n] of Object.entries(fork.applied)) facts.applied.set(each, n);
        rebound(clocks);
      },
      failed(_code, text, clocks) {
        report('store_failed', text);
        failed(clocks);
      },
    });
  };
}
