import type { Command, Intent } from '../domain/commands';
import type { CommandId, DeviceId, Epoch, ReplicaId } from '../domain/ids';
import type { Outcome } from '../domain/outcome';
import type { Instant } from '../domain/time';
import type { Clocks, ConfirmedChange } from './clientEvents';

/** The referee's core as a state machine, like the desk's (see clientEvents). Time is the host's wall clock. */

/** A command whose arguments its schema refuses: logged as rejected so that it blocks nothing (S6); its arguments stand in `PrivateRow`. */
export interface UnreadableCommand {
  readonly n: number;
  readonly id: CommandId;
  readonly type: 'unreadable';
  readonly at: Instant;
}
export type LoggedCommand = Command | UnreadableCommand;

/** One row of the log: a command, rejected ones included, with its outcome; `chain` hashes all rows up to it. */
export interface LogRow {
  readonly seq: number;
  readonly replicaId: ReplicaId;
  readonly n: number;
  readonly commandId: CommandId;
  readonly deviceId: DeviceId;
  readonly receivedAt: number;
  /** When it counts as having happened: the command's `at`, clamped (S15). */
  readonly at: Instant;
  /** The command without its personal fields, which stand in `PrivateRow` (S22). */
  readonly command: LoggedCommand;
  readonly outcome: Outcome;
  readonly chain: string;
}

/** The personal fields of a logged command; the chain holds only their salted digest, so they can be forgotten (S22). */
export interface PrivateRow {
  readonly seq: number;
  readonly salt: string;
  readonly data: string;
}

/** A command that came again under another replica's number (a renumbered fork, S5): it has one log row, and this reference. */
export interface LogRepeat {
  readonly replicaId: ReplicaId;
  readonly n: number;
  readonly seq: number;
}

/** What the site knows of a replica beside its watermark. */
export interface ReplicaRecord {
  /** The device that it belongs to: its first use binds it. */
  readonly deviceId: DeviceId;
  /** When it was last heard with nothing of before outstanding: no later command of it can be older (S15). */
  readonly contactAt: Instant;
}

export interface LoadedSite {
  readonly epoch: Epoch;
  readonly head: number;
  readonly chain: string;
  readonly historyFrom: number;
  readonly backupSeq: number;
  readonly rows: readonly ConfirmedChange[];
  /** Highest `n` in the log per replica. */
  readonly applied: Readonly<Record<string, number>>;
  /** Highest `n` per replica whose outcome its owner has stored. */
  readonly outcomesSeen: Readonly<Record<string, number>>;
  readonly replicas: Readonly<Record<string, ReplicaRecord>>;
  readonly siteReplicaId: ReplicaId;
  readonly siteDeviceId: DeviceId;
}

/** One atomic write of the site's store (S4). */
export interface SiteCommit {
  readonly log: readonly LogRow[];
  readonly private: readonly PrivateRow[];
  readonly rows: readonly ConfirmedChange[];
  readonly head: number;
  readonly chain: string;
  readonly applied: Readonly<Record<string, number>>;
  readonly repeats?: readonly LogRepeat[];
  readonly replicas?: Readonly<Record<string, ReplicaRecord>>;
  /** Outcomes seen by their owners, per replica. */
  readonly outcomesSeen?: Readonly<Record<string, number>>;
}

/** What the core must look up in the log; answered by the host's store at once, from the last committed state. */
export interface LogReader {
  /** The log row of a replica's n, for duplicates and forks. */
  byNumber(replicaId: ReplicaId, n: number): Pick<LogRow, 'commandId' | 'seq' | 'outcome'> | undefined;
  byCommandId(commandId: CommandId): Pick<LogRow, 'replicaId' | 'n' | 'seq' | 'outcome'> | undefined;
  chainAt(seq: number): string | undefined;
  /** Outcomes other than applied of a replica that it has not yet seen, by `n` (the replica's own, in repeats too). */
  unseenOutcomes(replicaId: ReplicaId): readonly LogRow[];
}

export type ServerEvent = Clocks &
  (
    | { readonly type: 'connected'; readonly socket: string; readonly deviceId: DeviceId }
    | { readonly type: 'disconnected'; readonly socket: string }
    /** `ack` when the sender waits for an answer. */
    | { readonly type: 'message'; readonly socket: string; readonly name: string; readonly body: unknown; readonly ack?: number }
    /** A command of the site itself: pairing, revocation, demo, timers. `at` overrides the clock, for imported pasts. */
    | {
        readonly type: 'siteCommand';
        readonly token: number;
        readonly intent: Intent;
        readonly actor: string;
        readonly at?: number;
        readonly as?: DeviceId;
      }
    | { readonly type: 'committed'; readonly commit: number }
    | { readonly type: 'commitFailed'; readonly commit: number; readonly text: string }
    /** Ends a turn of the host's loop: everything queued in it becomes one commit (group commit). */
    | { readonly type: 'flush' }
    | { readonly type: 'tick' }
  );

export type ServerEffect =
  | { readonly type: 'commit'; readonly commit: number; readonly data: SiteCommit }
  | { readonly type: 'send'; readonly socket: string; readonly name: string; readonly body: unknown }
  /** To every desk that was sent its `welcome`, in the order of the effects: encode once. */
  | { readonly type: 'broadcast'; readonly name: string; readonly body: unknown }
  | { readonly type: 'acknowledge'; readonly socket: string; readonly ack: number; readonly body: unknown }
  | { readonly type: 'close'; readonly socket: string }
  | { readonly type: 'siteAnswer'; readonly token: number; readonly outcome: Outcome }
  /** Committed rows changed: monitors and ticket pages are made again. */
  | { readonly type: 'changed'; readonly tables: ReadonlySet<string> }
  /** Something for the log file: a refused message, an engine error. */
  | { readonly type: 'report'; readonly code: string; readonly text: string };
