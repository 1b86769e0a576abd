import type { Command, Intent } from '../domain/commands';
import type { CommandId, DeviceId, ReplicaId } from '../domain/ids';
import type { OwnOutcome } from '../domain/outcome';
import type { RowChange } from '../domain/rows';
import type { Instant } from '../domain/time';
import type { DeskOutput } from '../views/deskBridge';
import type { Envelope } from '../views/envelope';
import type { Cursor } from './messages';

/**
 * The desk's core as a state machine: events in, effects out, synchronously. It never calls a database, a socket, a clock
 * or a random source; a thin host carries the effects out and brings their results back as events.
 */

/** Both clocks of the host when the event happened: wall (may jump) and monotonic (never does), in milliseconds. */
export interface Clocks {
  readonly wall: number;
  readonly mono: number;
}

export interface ReplicaIdentity {
  readonly deviceId: DeviceId;
  readonly deviceName: string;
  readonly letter: string;
  readonly replicaId: ReplicaId;
}

/** A confirmed row and the `seq` that last changed it. */
export type ConfirmedChange = RowChange & { readonly seq: number };

/** What a host reads from its store before it makes a core. */
export interface LoadedReplica {
  readonly identity: ReplicaIdentity;
  readonly cursor: Cursor | null;
  /** The highest `n` given out. */
  readonly lastN: number;
  readonly applied: Readonly<Record<string, number>>;
  readonly rows: readonly ConfirmedChange[];
  /** Every command kept, oldest first: pending ones and those not yet covered by a backup of the server (S8). */
  readonly outbox: readonly Command[];
  /** Outcomes other than applied that were not dismissed. */
  readonly outcomes: readonly OwnOutcome[];
  /** Ids of all commands whose outcome was ever stored here, dismissed ones included: each is shown once (S7). */
  readonly knownOutcomes: readonly CommandId[];
  /** Milliseconds to add to the wall clock to get the server's, as last estimated. */
  readonly clockOffset: number;
  readonly lastSync: Instant | null;
}

/** One atomic write of the replica's store: all of it or nothing (S4). Absent fields stay as they are. */
export interface ReplicaCommit {
  /** With `replace` the confirmed rows are exactly these (snapshot swap); otherwise they are upserted. */
  readonly replace?: boolean;
  readonly rows?: readonly ConfirmedChange[];
  readonly cursor?: Cursor;
  /** With `replace` the whole map, otherwise the entries that changed. */
  readonly applied?: Readonly<Record<string, number>>;
  readonly outboxAdd?: readonly Command[];
  /** Removes kept commands up to and including this `n`. */
  readonly outboxForgetUpTo?: number;
  /** Rewrites the whole outbox, and the outcomes that stand, under another replica id (fork, S5). */
  readonly rebind?: { readonly identity: ReplicaIdentity; readonly outbox: readonly Command[]; readonly outcomes: readonly OwnOutcome[] };
  /** Keeps a copy of the whole file under this suffix before anything is written (S8: no desk drops rows for a server that knows less). */
  readonly keepCopy?: string;
  readonly outcomesAdd?: readonly OwnOutcome[];
  readonly outcomeDismiss?: number;
  readonly clockOffset?: number;
  readonly lastSync?: Instant;
}

export type ClientEvent = Clocks &
  (
    | { readonly type: 'dispatch'; readonly token: number; readonly intent: Intent; readonly actor: string }
    | { readonly type: 'dismissOutcome'; readonly n: number }
    | { readonly type: 'committed'; readonly commit: number }
    | { readonly type: 'commitFailed'; readonly commit: number; readonly code: 'disk_full' | 'read_only' | 'failed'; readonly text: string }
    /** A socket is connected and authenticated; `socket` numbers them so that events of older ones are ignored (S12). */
    | { readonly type: 'socketOpened'; readonly socket: number }
    | { readonly type: 'socketClosed'; readonly socket: number }
    | { readonly type: 'message'; readonly socket: number; readonly name: string; readonly body: unknown }
    /** The acknowledgement of a `send` with `ack`; null when it timed out. */
    | { readonly type: 'answered'; readonly socket: number; readonly ack: number; readonly body: unknown }
    /** At least twice a second. */
    | { readonly type: 'tick' }
  );

export type ClientEffect =
  | { readonly type: 'commit'; readonly commit: number; readonly data: ReplicaCommit }
  | {
      readonly type: 'send';
      readonly socket: number;
      readonly name: string;
      readonly body: unknown;
      readonly ack?: number;
      readonly timeout?: number;
    }
  /** Drop the socket and connect again (heartbeat lost, refused state). */
  | { readonly type: 'reconnect'; readonly socket: number }
  /** Answers a dispatch. */
  | { readonly type: 'answer'; readonly token: number; readonly envelope: Envelope<DeskOutput<'dispatch'>> }
  /** What people see has changed. */
  | { readonly type: 'changed' }
  /** Something for the log file: an unreadable row was skipped, a malformed message was refused. */
  | { readonly type: 'report'; readonly code: string; readonly text: string };

/** What the views are made from. */
export interface ClientStatus {
  readonly identity: ReplicaIdentity;
  readonly connection: 'connecting' | 'online' | 'offline' | 'needs_help';
  readonly help: { readonly code: string; readonly text: string } | null;
  readonly pending: readonly Command[];
  /** Ids of entries that pending commands touch. */
  readonly unsentEntries: ReadonlySet<string>;
  /** Ids of entries whose live call next has no outcome yet and is younger than 3 s: nothing is announced for them. */
  readonly unconfirmedCalls: ReadonlySet<string>;
  readonly outcomes: readonly OwnOutcome[];
  readonly lastSync: Instant | null;
  /** When the server was last heard, by the site's clock; null before the first time. */
  readonly lastHeard: Instant | null;
}
