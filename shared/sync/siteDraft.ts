import { type Command, FACTS, SITE_ONLY } from '../domain/commands';
import type { CommandId, DeviceId, Epoch, ReplicaId } from '../domain/ids';
import type { Outcome } from '../domain/outcome';
import type { DecisionContext } from '../domain/state';
import type { Instant } from '../domain/time';
import { decide } from '../engine/decide';
import { layerOver } from '../engine/rows';
import { nextChain, privateDigest } from './chain';
import type { ConfirmedChange } from './clientEvents';
import { applyChange, type ConfirmedRows } from './confirmedRows';
import type { createDayFinder } from './dayFinder';
import { splitPrivate } from './privateFields';
import type { LogReader, LogRepeat, LogRow, PrivateRow, ReplicaRecord, SiteCommit, UnreadableCommand } from './serverEvents';

/** The site as it is committed: what others may see. */
export interface SiteFacts {
  readonly epoch: Epoch;
  readonly siteReplicaId: ReplicaId;
  readonly siteDeviceId: DeviceId;
  readonly rows: ConfirmedRows;
  head: number;
  chain: string;
  readonly applied: Map<string, number>;
  readonly replicas: Map<string, ReplicaRecord>;
  readonly outcomesSeen: Map<string, number>;
}

/** Who sent a command and when it reached the referee. */
interface Sender {
  readonly replicaId: ReplicaId;
  readonly deviceId: DeviceId;
  readonly receivedAt: number;
  /** When it counts as having happened (S15). */
  readonly at: Instant;
}

/** A command whose arguments no schema accepts, with what it said and which field is wrong. */
export interface RefusedCommand {
  readonly command: UnreadableCommand;
  readonly raw: unknown;
  readonly field: string;
  readonly why: string;
}

/** What one group commit will hold: commands are decided here in order, each above the ones before it (S4). */
export interface SiteDraft {
  readonly log: readonly LogRow[];
  appliedOf(replicaId: ReplicaId): number;
  recordOf(replicaId: ReplicaId): ReplicaRecord | undefined;
  /** Which command the log holds under a replica's number, this draft's rows included. */
  commandAt(replicaId: ReplicaId, n: number): CommandId | undefined;
  /** Decides and logs a command, or repeats the outcome of one that the log holds under another number (S5). */
  take(command: Command | RefusedCommand, sender: Sender): void;
  bind(replicaId: ReplicaId, record: ReplicaRecord): void;
  /** Notes that a replica has stored its outcomes up to `n`. */
  outcomesSeen(replicaId: ReplicaId, n: number): void;
  /** The commit, or null when nothing is to be written. */
  commit(): SiteCommit | null;
}

export interface DraftServices {
  newSalt(): string;
  report(code: string, text: string): void;
}

const refusedOutcome = ({ field, why }: RefusedCommand): Outcome => ({ status: 'rejected', code: 'invalid', detail: { field, text: why } });

/** Starts a draft above the committed site; `log` answers from the same committed state. */
export function createSiteDraft(
  facts: SiteFacts,
  reader: LogReader,
  dayOf: ReturnType<typeof createDayFinder>,
  services: DraftServices,
): SiteDraft {
  const layer = layerOver(facts.rows.state);
  const rowSeq = new Map<string, number>();
  const log: LogRow[] = [];
  const hidden: PrivateRow[] = [];
  const repeats: LogRepeat[] = [];
  const applied = new Map<string, number>();
  const replicas = new Map<string, ReplicaRecord>();
  const seen = new Map<string, number>();
  const byNumber = new Map<string, CommandId>();
  const byCommand = new Map<CommandId, number>();
  let chain = facts.chain;

  const appliedOf = (replicaId: ReplicaId): number => applied.get(replicaId) ?? facts.applied.get(replicaId) ?? 0;

  /** What a device that is not known any more may do, like a revoked one (S18): facts are kept for a supervisor, requests are refused. */
  const ofUnknown = (command: Command): Outcome => ({
    status: FACTS.has(command.type) ? 'held' : 'rejected',
    code: 'device_revoked',
    detail: {},
  });

  function outcomeOf(command: Command, sender: Sender, seq: number): Outcome {
    try {
      const fromSite = sender.replicaId === facts.siteReplicaId;
      const device = layer.row('devices', sender.deviceId);
      if (!fromSite && !device) return ofUnknown(command);
      if (!fromSite && SITE_ONLY.has(command.type)) return { status: 'rejected', code: 'not_allowed', detail: {} };
      const site = layer.site();
      const context: DecisionContext = {
        at: sender.at,
        day: dayOf(site, sender.at),
        replicaId: sender.replicaId,
        device: device ?? { id: sender.deviceId, name: site?.name ?? '', letter: '' },
        referee: true,
        age: fromSite ? 0 : Math.max(0, sender.receivedAt - sender.at),
      };
      const { changes, ...outcome } = decide(layer, { ...command, at: sender.at }, context);
      // Only a decision that came to its end is applied: a throw leaves the layer as it was (S6, the savepoint).
      for (const change of changes) {
        applyChange(layer, change);
        rowSeq.set(`${change.table}:${change.id}`, seq);
      }
      return outcome;
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      services.report('engine_error', `command ${command.id} (${command.type}) is held: ${text}`);
      return { status: 'held', code: 'engine_error', detail: { text } };
    }
  }

  function take(given: Command | RefusedCommand, sender: Sender): void {
    const command = 'raw' in given ? given.command : given;
    applied.set(sender.replicaId, command.n);
    byNumber.set(`${sender.replicaId}:${command.n}`, command.id);
    const earlier = byCommand.get(command.id) ?? reader.byCommandId(command.id)?.seq;
    if (earlier !== undefined) {
      repeats.push({ replicaId: sender.replicaId, n: command.n, seq: earlier });
      return;
    }
    const seq = facts.head + log.length + 1;
    const outcome = 'raw' in given ? refusedOutcome(given) : outcomeOf(given, sender, seq);
    const split = 'raw' in given ? { shown: given.command, hidden: given.raw } : splitPrivate(given);
    const salted = split.hidden === null ? null : { seq, salt: services.newSalt(), data: JSON.stringify(split.hidden) };
    if (salted) hidden.push(salted);
    const row = {
      seq,
      replicaId: sender.replicaId,
      n: command.n,
      commandId: command.id,
      deviceId: sender.deviceId,
      receivedAt: sender.receivedAt,
      at: sender.at,
      command: split.shown,
      outcome,
    };
    chain = nextChain(chain, row, salted && privateDigest(salted.salt, salted.data));
    log.push({ ...row, chain });
    byCommand.set(command.id, seq);
  }

  function commit(): SiteCommit | null {
    if (log.length + repeats.length + replicas.size + seen.size === 0) return null;
    const rows = layer
      .changes()
      .map((change): ConfirmedChange => ({ ...change, seq: rowSeq.get(`${change.table}:${change.id}`) ?? facts.head }))
      .sort((a, b) => a.seq - b.seq);
    return {
      log,
      private: hidden,
      repeats,
      rows,
      head: facts.head + log.length,
      chain,
      applied: Object.fromEntries(applied),
      replicas: Object.fromEntries(replicas),
      outcomesSeen: Object.fromEntries(seen),
    };
  }

  return {
    log,
    appliedOf,
    recordOf: (replicaId) => replicas.get(replicaId) ?? facts.replicas.get(replicaId),
    commandAt: (replicaId, n) => byNumber.get(`${replicaId}:${n}`) ?? reader.byNumber(replicaId, n)?.commandId,
    take,
    bind: (replicaId, record) => void replicas.set(replicaId, record),
    outcomesSeen(replicaId, n) {
      if (n > (seen.get(replicaId) ?? facts.outcomesSeen.get(replicaId) ?? 0)) seen.set(replicaId, n);
    },
    commit,
  };
}
