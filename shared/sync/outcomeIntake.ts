import type { OwnOutcome } from '../domain/outcome';
import type { ClientEffect } from './clientEvents';
import type { CommitLine } from './commitLine';
import * as messages from './messages';
import { firstIssue } from './pushIntake';
import type { ReplicaFacts } from './replicaFacts';

/** Takes in what became of this replica's commands: each outcome other than applied is stored and shown once (S7). */
export interface OutcomeIntake {
  /** A message `outcomes`; without a `welcome` before it, it is another connection's. */
  received(body: unknown, welcomed: boolean): void;
  /** A person has read the outcome of command `n`. */
  dismiss(n: number): void;
}

export interface OutcomeServices {
  readonly facts: ReplicaFacts;
  readonly line: CommitLine;
  send(name: string, body: unknown): void;
  report(code: string, text: string): void;
  emit(effect: ClientEffect): void;
}

export function createOutcomeIntake({ facts, line, send, report, emit }: OutcomeServices): OutcomeIntake {
  const failed = (_code: string, text: string): void => report('store_failed', text);

  function received(body: unknown, welcomed: boolean): void {
    const parsed = messages.outcomes.safeParse(body);
    if (!parsed.success) {
      report('malformed', `outcomes were not understood: ${firstIssue(parsed.error).field}`);
      return;
    }
    const upToN = parsed.data.outcomes.at(-1)?.n;
    if (upToN === undefined || !welcomed) return;
    let added: OwnOutcome[] = [];
    const data = () => {
      added = parsed.data.outcomes.filter((each) => each.status !== 'applied' && !facts.knownOutcomes.has(each.commandId));
      if (added.length > 0) return { outcomesAdd: added };
      send('outcomesSeen', { upToN });
      return null;
    };
    const committed = (): void => {
      facts.outcomes = [...facts.outcomes, ...added];
      for (const each of added) facts.knownOutcomes.add(each.commandId);
      send('outcomesSeen', { upToN });
      emit({ type: 'changed' });
    };
    // After a failure they come again, with the next outcome or connection, since they were not said to be seen.
    line.add({ kind: 'outcomes', data, committed, failed });
  }

  function dismiss(n: number): void {
    const committed = (): void => {
      facts.outcomes = facts.outcomes.filter((each) => each.n !== n);
      emit({ type: 'changed' });
    };
    line.add({ kind: 'keep', data: () => ({ outcomeDismiss: n }), committed, failed });
  }

  return { received, dismiss };
}
