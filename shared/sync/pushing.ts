import type { Command } from '../domain/commands';
import type { Clocks } from './clientEvents';
import { MAX_BATCH_BYTES, MAX_BATCH_COMMANDS, type Push, pushed } from './messages';
import { keptAbove, type ReplicaFacts } from './replicaFacts';
import { retryDelay } from './retryDelay';

/** Milliseconds that a push may take before it is tried again. */
const ACK_TIMEOUT = 10_000;
/** Pushes refused in a row, without one command accepted between, after which a person is asked. */
const MOST_REFUSALS = 8;

/** Sends kept commands in the order of `n`, one batch at a time (S9, S13); they leave pending by applied state alone (S3). */
export interface Pushing {
  /** A connection begins, on which the server says up to which `n` it has this replica's commands. */
  begin(appliedN: number): void;
  end(): void;
  /** Sends the next batch, unless one is under way or a retry is due later. */
  more(clocks: Clocks): void;
  /** The answer to a batch, null when none came in time; false when this `ack` is not a batch's. */
  answered(ack: number, body: unknown, clocks: Clocks): boolean;
  tick(clocks: Clocks): void;
  /** The highest `n` that the server can have from this connection. */
  readonly highestSent: number;
}

export interface PushServices {
  readonly facts: ReplicaFacts;
  random(): number;
  report(code: string, text: string): void;
  /** Sends with an acknowledgement and gives its number. */
  ask(name: string, body: unknown, timeout: number): number;
  pull(clocks: Clocks): void;
  forked(): void;
  help(problem: { readonly code: string; readonly text: string } | null): void;
}

export function createPushing({ facts, random, report, ask, pull, forked, help }: PushServices): Pushing {
  /** Up to which `n` the server has said that it has the commands; null: not connected. */
  let acked: number | null = null;
  let sent = 0;
  let underWay: { readonly ack: number; readonly since: number } | null = null;
  let retryAt: number | null = null;
  let failures = 0;

  function more(clocks: Clocks): void {
    if (acked === null || underWay || (retryAt !== null && clocks.mono < retryAt)) return;
    const commands = batchOf(keptAbove(facts, acked));
    const last = commands.at(-1);
    if (!last) return;
    retryAt = null;
    sent = Math.max(sent, last.n);
    const body: Push = { replicaId: facts.identity.replicaId, commands };
    underWay = { ack: ask('push', body, ACK_TIMEOUT), since: clocks.mono };
  }

  function failed(text: string, clocks: Clocks, code = 'push_failed'): void {
    failures += 1;
    report(code, text);
    if (failures >= MOST_REFUSALS) help({ code, text });
    retryAt = clocks.mono + retryDelay(failures, random());
    pull(clocks);
  }

  function progressed(n: number): void {
    if (acked === null || n <= acked) return;
    acked = n;
    failures = 0;
    help(null);
  }

  function answered(ack: number, body: unknown, clocks: Clocks): boolean {
    if (underWay?.ack !== ack) return false;
    underWay = null;
    if (body === null) {
      failed('the server did not answer a push in time', clocks);
      return true;
    }
    const parsed = pushed.safeParse(body);
    if (!parsed.success) failed('the answer to a push was not understood', clocks);
    else if (parsed.data.ok) {
      progressed(parsed.data.appliedN);
      more(clocks);
    } else if (parsed.data.code === 'replica_forked') {
      forked();
    } else if (parsed.data.code === 'gap') {
      rewind(parsed.data.wanted ?? 1, parsed.data.text, clocks);
    } else {
      failed(parsed.data.text, clocks, parsed.data.code);
    }
    return true;
  }

  /** S5: the server says which `n` it wants; only going on from another one is progress. */
  function rewind(wanted: number, text: string, clocks: Clocks): void {
    const from = acked;
    acked = wanted - 1;
    if (from === acked) {
      failed(text, clocks, 'gap');
      return;
    }
    failures += 1;
    if (failures >= MOST_REFUSALS) {
      failed(text, clocks, 'gap');
      return;
    }
    more(clocks);
  }

  return {
    begin(appliedN) {
      acked = appliedN;
      sent = appliedN;
      underWay = null;
      retryAt = null;
    },
    end() {
      acked = null;
      underWay = null;
      retryAt = null;
    },
    more,
    answered,
    tick(clocks) {
      // The host's own timeout should have answered by now.
      if (underWay && clocks.mono - underWay.since > ACK_TIMEOUT + 1_000) answered(underWay.ack, null, clocks);
      more(clocks);
    },
    get highestSent() {
      return sent;
    },
  };
}

/** As many commands from the front as one push may hold (S13); a single one always. */
function batchOf(commands: readonly Command[]): Command[] {
  const batch: Command[] = [];
  let bytes = 0;
  for (const command of commands) {
    // Three bytes for a UTF-16 unit is the most that UTF-8 takes.
    bytes += JSON.stringify(command).length * 3;
    if (batch.length > 0 && (batch.length === MAX_BATCH_COMMANDS || bytes > MAX_BATCH_BYTES)) break;
    batch.push(command);
  }
  return batch;
}
