import type { z } from 'zod';
import { type RowChange, TABLES, type TableName } from '../domain/rows';
import { createRows } from '../engine/rows';
import type { Clocks, ConfirmedChange, ReplicaCommit } from './clientEvents';
import type { CommitFailure, CommitLine } from './commitLine';
import { applyChange } from './confirmedRows';
import * as messages from './messages';
import { firstIssue } from './pushIntake';
import type { ReplicaFacts } from './replicaFacts';
import { retryDelay } from './retryDelay';
import type { SiteClock } from './siteClock';

/** S9: so many deltas may fail before a snapshot is asked for, and so many snapshots or commits before a person is. */
const MOST_FAILURES = 3;
/** Milliseconds without a message of a catch-up after which it is asked for again. */
const PATIENCE = 5_000;

/** Brings the confirmed rows up to the server's, rows and cursor together (S4). */
export interface CatchUp {
  /** A connection begins, for which `hello` named this cursor; what was staged on the last one is forgotten. */
  begin(welcome: messages.Welcome, named: messages.Cursor | null, clocks: Clocks): void;
  end(): void;
  delta(body: unknown, clocks: Clocks): void;
  snapshotPart(body: unknown, clocks: Clocks): void;
  /** The server stands at `head`: asks for what is missing, since nothing waits for an echo that may be lost (S9). */
  headSeen(head: number, clocks: Clocks): void;
  /** Asks for everything after the cursor. */
  pull(clocks: Clocks): void;
  tick(clocks: Clocks): void;
  /** Whether everything that was asked for has arrived and is on disk. */
  readonly caughtUp: boolean;
}

export interface CatchUpServices {
  readonly facts: ReplicaFacts;
  readonly line: CommitLine;
  readonly clock: SiteClock;
  random(): number;
  report(code: string, text: string): void;
  send(name: string, body: unknown): void;
  /** The highest `n` of this replica that the server can have from here: more means a cloned database (S5). */
  highestSent(): number;
  forked(): void;
  /** The confirmed rows are up to date with what was asked for, or nearer to it. */
  arrived(clocks: Clocks): void;
  /** A person must help, and why; null: no longer. */
  help(problem: { readonly code: string; readonly text: string } | null): void;
}

type Staged = ReplicaCommit & { readonly cursor: messages.Cursor };
interface Parts {
  readonly rows: ConfirmedChange[];
  readonly applied: Record<string, number>;
}

export function createCatchUp(services: CatchUpServices): CatchUp {
  const { facts, line, clock } = services;
  let welcome: messages.Welcome | null = null;
  /** Where the cursor will be once every commit under way has succeeded; null: only a whole snapshot helps. */
  let base: number | null = null;
  /** The rows came from a history that the server has lost (S8), until a snapshot of its own is on disk. */
  let recovering = false;
  let delta: (Parts & { to: number }) | null = null;
  let snapshot: (Parts & { readonly seq: number; readonly parts: number; next: number }) | null = null;
  /** Since when, by the monotonic clock, a catch-up is awaited; null: everything asked for has come. */
  let awaitedSince: number | null = null;
  let pullAt: number | null = null;
  /** Whether what is awaited was pulled, and not sent after `hello`. */
  let pulled = false;
  let failures = { delta: 0, snapshot: 0, store: 0 };

  function end(): void {
    welcome = null;
    delta = null;
    snapshot = null;
    awaitedSince = null;
    pullAt = null;
    line.drop('catchUp');
  }

  function onDelta(body: unknown, clocks: Clocks): void {
    if (!welcome) return;
    const parsed = messages.delta.safeParse(body);
    if (!parsed.success) {
      fail('delta', `a delta was not understood: ${issueText(parsed.error)}`, clocks);
      return;
    }
    const { epoch, from, to, chain, changes, applied, more } = parsed.data;
    if (epoch !== welcome.epoch) {
      fail('delta', 'a delta of another history', clocks);
      return;
    }
    if (base === null) return;
    const next = delta?.to ?? base;
    // An older one, come again; only one from the very point where this desk stands may say nothing but watermarks.
    if (to < next || (to === next && from !== next)) return;
    if (from > next) {
      // What is broadcast while a pull is under way comes again with its answer.
      if (!pulled) fail('delta', `a delta from ${from} where ${next} is next`, clocks);
      return;
    }
    delta ??= { rows: [], applied: {}, to };
    delta.to = to;
    delta.rows.push(...readRows(changes));
    Object.assign(delta.applied, applied);
    if (awaitedSince !== null) awaitedSince = clocks.mono;
    if (more) return;
    const whole = delta;
    delta = null;
    if ((whole.applied[facts.identity.replicaId] ?? 0) > services.highestSent()) {
      services.forked();
      return;
    }
    stage({ rows: whole.rows, applied: newer(whole.applied), cursor: { epoch, seq: to, chain } }, clocks);
  }

  function onSnapshotPart(body: unknown, clocks: Clocks): void {
    if (!welcome) return;
    const parsed = messages.snapshotPart.safeParse(body);
    if (!parsed.success) {
      fail('snapshot', `a part of a snapshot was not understood: ${issueText(parsed.error)}`, clocks);
      return;
    }
    const { part, parts, seq, epoch, chain, changes, applied } = parsed.data;
    if (part === 0) snapshot = { rows: [], applied: {}, seq, parts, next: 0 };
    if (!snapshot || epoch !== welcome.epoch || seq !== snapshot.seq || parts !== snapshot.parts || part !== snapshot.next) {
      fail('snapshot', `part ${part} of a snapshot came out of turn`, clocks);
      return;
    }
    snapshot.next += 1;
    snapshot.rows.push(...readRows(changes));
    Object.assign(snapshot.applied, applied);
    awaitedSince = clocks.mono;
    if (snapshot.next < parts) return;
    const whole = snapshot;
    snapshot = null;
    delta = null;
    line.drop('catchUp');
    const cursor = { epoch, seq, chain };
    // A recovered history may know less of this replica than before; within one history nothing is ever unlearnt.
    const known = recovering ? whole.applied : { ...Object.fromEntries(facts.applied), ...newer(whole.applied) };
    const copy = recovering && facts.cursor ? { keepCopy: copyName(facts.cursor) } : {};
    stage({ replace: true, rows: whole.rows, applied: known, cursor, ...copy }, clocks);
  }

  /** The watermarks that are above the known ones. */
  const newer = (applied: Readonly<Record<string, number>>): Record<string, number> =>
    Object.fromEntries(Object.entries(applied).filter(([replicaId, n]) => n > (facts.applied.get(replicaId) ?? 0)));

  function readRows(changes: readonly messages.WireChange[]): ConfirmedChange[] {
    return changes.flatMap(({ table, id, seq, row }): ConfirmedChange[] => {
      if (!isTable(table)) return [];
      if (row === null) return [{ table, id, row: null, seq }];
      const parsed = messages.parseRow(table, row);
      if (parsed.success) return [{ table, id, row: parsed.data, seq } as RowChange & { readonly seq: number }];
      services.report('unreadable_row', `${table} ${id} was skipped: ${issueText(parsed.error)}`);
      return [];
    });
  }

  function stage(data: Staged, clocks: Clocks): void {
    base = data.cursor.seq;
    pulled = false;
    const same = !data.replace && data.cursor.seq === facts.cursor?.seq && Object.keys(data.applied ?? {}).length === 0;
    if (same && !line.has('catchUp')) {
      finish(clocks);
      return;
    }
    const timed: Staged = { ...data, clockOffset: clock.offset(clocks), lastSync: clock.now(clocks) };
    line.add({ kind: 'catchUp', data: () => timed, committed: (at) => onCommitted(timed, at), failed: onFailed });
  }

  function onCommitted(data: Staged, clocks: Clocks): void {
    if (data.replace) {
      facts.confirmed = createRows();
      facts.applied = new Map();
      recovering = false;
    }
    for (const change of data.rows ?? []) applyChange(facts.confirmed, change);
    for (const [replicaId, n] of Object.entries(data.applied ?? {})) facts.applied.set(replicaId, n);
    facts.cursor = data.cursor;
    failures.store = 0;
    finish(clocks);
  }

  function finish(clocks: Clocks): void {
    if (!line.has('catchUp')) {
      failures = { delta: 0, snapshot: 0, store: 0 };
      awaitedSince = null;
      pullAt = null;
      facts.lastSync = clock.now(clocks);
      services.help(null);
    }
    services.arrived(clocks);
  }

  function onFailed(code: CommitFailure, text: string, clocks: Clocks): void {
    failures.store += 1;
    services.report('store_failed', `confirmed rows could not be stored (${code}): ${text}`);
    if (failures.store >= MOST_FAILURES) services.help({ code, text });
    if (welcome) again(failures.store + 1, clocks);
  }

  function fail(kind: 'delta' | 'snapshot', text: string, clocks: Clocks): void {
    services.report('catch_up_failed', text);
    failures[kind] += 1;
    if (failures.snapshot >= MOST_FAILURES) {
      services.help({
        code: 'sync_failed',
        text: 'The server and this desk cannot agree on the list: export the waiting changes and ask for help.',
      });
    }
    again(failures[kind], clocks);
  }

  /** Forgets what was staged and pulls: at once the first time, then later and later (S9). */
  function again(count: number, clocks: Clocks): void {
    delta = null;
    snapshot = null;
    line.drop('catchUp');
    base = wholeNeeded() ? null : (facts.cursor?.seq ?? null);
    if (count <= 1) pull(clocks);
    else pullAt = clocks.mono + retryDelay(count - 1, services.random());
  }

  const wholeNeeded = (): boolean => recovering || facts.cursor?.epoch !== welcome?.epoch || failures.delta >= MOST_FAILURES;

  function pull(clocks: Clocks): void {
    pullAt = null;
    if (!welcome) return;
    pulled = true;
    awaitedSince = clocks.mono;
    delta = null;
    services.send('pull', { fromSeq: wholeNeeded() ? 0 : (base ?? 0) });
  }

  return {
    begin(next, named, clocks) {
      end();
      welcome = next;
      recovering = next.mode === 'recover';
      base = next.mode === 'delta' && named ? named.seq : null;
      pulled = false;
      awaitedSince = clocks.mono;
      failures = { ...failures, delta: 0, snapshot: 0 };
    },
    end,
    delta: onDelta,
    snapshotPart: onSnapshotPart,
    headSeen(head, clocks) {
      if (welcome && awaitedSince === null && pullAt === null && !line.has('catchUp') && head > (base ?? 0)) pull(clocks);
    },
    pull,
    tick(clocks) {
      if (pullAt !== null) {
        if (clocks.mono >= pullAt) pull(clocks);
      } else if (awaitedSince !== null && !line.has('catchUp') && clocks.mono - awaitedSince > PATIENCE) {
        fail(base === null ? 'snapshot' : 'delta', 'a catch-up did not come', clocks);
      }
    },
    get caughtUp() {
      return welcome !== null && awaitedSince === null && pullAt === null;
    },
  };
}

/** The copy is named after the history and the point of it that the replica held. */
const copyName = (cursor: messages.Cursor): string => `before-recovery-${cursor.epoch.slice(-12)}-${cursor.seq}`;

const tables: ReadonlySet<string> = new Set(TABLES);
const isTable = (name: string): name is TableName => tables.has(name);

function issueText(error: z.ZodError): string {
  const { field, why } = firstIssue(error);
  return `${field}: ${why}`;
}
