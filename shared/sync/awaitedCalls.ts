import type { Command } from '../domain/commands';
import type { Clocks } from './clientEvents';

/** Milliseconds for which a live call next waits for the referee before it is announced (sync.md, conflict table). */
const PATIENCE = 3_000;

/** Live calls next that the referee may still answer with another patient: nothing is announced for them. */
export interface AwaitedCalls {
  recorded(commands: readonly Command[], clocks: Clocks): void;
  /** The confirmed rows contain this replica's commands up to `n`. */
  decided(n: number): void;
  /** Lets go of those that waited too long: from then on they are facts. True when there were any. */
  expire(clocks: Clocks): boolean;
  clear(): void;
  entryIds(): ReadonlySet<string>;
}

export function createAwaitedCalls(): AwaitedCalls {
  /** By `n`: whom they name, and since when by the monotonic clock. */
  const calls = new Map<number, { readonly entryId: string; readonly since: number }>();
  return {
    recorded(commands, { mono }) {
      for (const command of commands) {
        if (command.type === 'callNext' && command.live) calls.set(command.n, { entryId: command.args.entryId, since: mono });
      }
    },
    decided(upTo) {
      for (const n of calls.keys()) if (n <= upTo) calls.delete(n);
    },
    expire({ mono }) {
      const late = [...calls].filter(([, call]) => mono - call.since >= PATIENCE);
      for (const [n] of late) calls.delete(n);
      return late.length > 0;
    },
    clear: () => calls.clear(),
    entryIds: () => new Set([...calls.values()].map((call) => call.entryId)),
  };
}
