import type { Epoch, ReplicaId } from '../domain/ids';
import type { OwnOutcome } from '../domain/outcome';
import type { SiteState } from '../domain/state';
import type { ServiceDay } from '../domain/time';
import { deltasOf, snapshotOf } from './catchUpMessages';
import type { Clocks } from './clientEvents';
import { createConfirmedRows } from './confirmedRows';
import { createDayFinder, instantOf } from './dayFinder';
import * as messages from './messages';
import { firstIssue, readPush, takePush } from './pushIntake';
import type { LoadedSite, LogReader, LogRow, ServerEffect, ServerEvent, SiteCommit } from './serverEvents';
import { answerHello, type DeskSession, type Session } from './serverSessions';
import { createSiteDraft, type SiteFacts } from './siteDraft';
import { type Job, lacksLease, NOTHING, type Reply, siteCommandJob } from './siteJobs';

/** Milliseconds between two heartbeats (S16). */
const HEARTBEAT = 2_000;
/** Commands in one group commit; what is queued beyond waits for the next. */
const MAX_COMMIT_COMMANDS = 500;
/** Outcomes in one message; the rest follows once these are stored. */
const MAX_OUTCOMES = 200;

export interface ServerServices {
  /** A UUIDv7. */
  newId(): string;
  /** 128 random bits as text, for the digests of personal fields (S22). */
  newSalt(): string;
}

export interface ServerSync {
  /** Takes an event and says what the host must do, in this order. */
  handle(event: ServerEvent): ServerEffect[];
  /** The committed rows. */
  readonly state: SiteState;
  /** The last committed `seq`. */
  readonly head: number;
  readonly epoch: Epoch;
}

/** The referee of one site (S1-S10, S15, S18): orders and decides commands, and tells every desk what changed. */
export function createServerSync(loaded: LoadedSite, log: LogReader, services: ServerServices): ServerSync {
  const facts: SiteFacts = {
    epoch: loaded.epoch,
    siteReplicaId: loaded.siteReplicaId,
    siteDeviceId: loaded.siteDeviceId,
    rows: createConfirmedRows(loaded.rows),
    head: loaded.head,
    chain: loaded.chain,
    applied: new Map(Object.entries(loaded.applied)),
    replicas: new Map(Object.entries(loaded.replicas)),
    outcomesSeen: new Map(Object.entries(loaded.outcomesSeen)),
  };
  const history = { from: loaded.historyFrom, backupSeq: loaded.backupSeq };
  const state = facts.rows.state;
  const dayOf = createDayFinder();
  const sessions = new Map<string, Session>();
  const queue: Job[] = [];
  /** Messages that need the committed state while a commit is under way. */
  let deferred: Extract<ServerEvent, { type: 'message' }>[] = [];
  let inFlight: { commit: number; data: SiteCommit; replies: Reply[] } | null = null;
  let commits = 0;
  let lastHeartbeat = Number.NEGATIVE_INFINITY;
  let lastDay: string | null = null;
  let out: ServerEffect[] = [];
  const emit = (...effects: readonly ServerEffect[]): void => void out.push(...effects);
  const report = (code: string, text: string): void => emit({ type: 'report', code, text });

  function handle(event: ServerEvent): ServerEffect[] {
    out = [];
    switch (event.type) {
      case 'connected':
        sessions.set(event.socket, { deviceId: event.deviceId, desk: null });
        break;
      case 'disconnected':
        sessions.delete(event.socket);
        break;
      case 'message':
        onMessage(event);
        break;
      case 'siteCommand':
        queue.push(siteCommandJob(facts, services.newId, { ...event, clocks: event }));
        break;
      case 'flush':
        startCommit();
        break;
      case 'committed':
        onCommitted(event);
        break;
      case 'commitFailed':
        onCommitFailed(event);
        break;
      case 'tick':
        onTick(event);
        break;
    }
    return out;
  }

  function onMessage(event: Extract<ServerEvent, { type: 'message' }>): void {
    const session = sessions.get(event.socket);
    if (!session) return;
    if (event.name === 'ping') {
      if (event.ack !== undefined)
        emit({ type: 'acknowledge', socket: event.socket, ack: event.ack, body: { wall: instantOf(event.wall) } });
      return;
    }
    if (event.name === 'push') {
      onPush(event, session);
      return;
    }
    if (event.name === 'outcomesSeen') {
      onOutcomesSeen(event, session);
      return;
    }
    if (event.name !== 'hello' && event.name !== 'pull') {
      report('unknown_message', `${event.name} from device ${session.deviceId}`);
      return;
    }
    // Both are answered from the committed state, which the commit under way is about to change.
    if (inFlight) deferred.push(event);
    else if (event.name === 'hello') onHello(event, session);
    else onPull(event, session);
  }

  function onHello(event: Extract<ServerEvent, { type: 'message' }>, session: Session): void {
    const answer = answerHello(event.body, session, facts, history, log, instantOf(event.wall));
    emit(...answer.messages.map(({ name, body }): ServerEffect => ({ type: 'send', socket: event.socket, name, body })));
    if (!answer.desk) {
      sessions.delete(event.socket);
      emit({ type: 'close', socket: event.socket });
      return;
    }
    const { replicaId } = answer.desk;
    for (const [socket, other] of sessions) {
      // A replica lives once: an older connection of it is half-open, or a copy that is about to fork (S5, S12).
      if (socket === event.socket || other.desk?.replicaId !== replicaId) continue;
      sessions.delete(socket);
      emit({ type: 'close', socket });
    }
    sessions.set(event.socket, { ...session, desk: answer.desk });
    sendUnseen(event.socket, answer.desk);
    queueLease(replicaId, event);
  }

  function onPull(event: Extract<ServerEvent, { type: 'message' }>, session: Session): void {
    const parsed = messages.pull.safeParse(event.body);
    if (!session.desk) return;
    if (!parsed.success) {
      report('malformed', `pull from device ${session.deviceId}: ${firstIssue(parsed.error).why}`);
      return;
    }
    const { fromSeq } = parsed.data;
    const send = (name: string, body: unknown): void => emit({ type: 'send', socket: event.socket, name, body });
    if (fromSeq === 0 || fromSeq > facts.head || fromSeq < history.from) {
      for (const part of snapshotOf(facts)) send('snapshotPart', part);
    } else {
      for (const delta of deltasOf(facts, fromSeq, facts.rows.since(fromSeq), Object.fromEntries(facts.applied))) send('delta', delta);
    }
    sendUnseen(event.socket, session.desk);
  }

  function onPush(event: Extract<ServerEvent, { type: 'message' }>, session: Session): void {
    const answer = (body: messages.Pushed): ServerEffect[] =>
      event.ack === undefined ? [] : [{ type: 'acknowledge', socket: event.socket, ack: event.ack, body }];
    const desk = session.desk;
    if (!desk) {
      emit(...answer({ ok: false, code: 'not_ready', text: 'Say hello first.' }));
      return;
    }
    const push = readPush(event.body);
    if ('ok' in push) {
      report(push.code, `push from device ${session.deviceId}: ${push.text}`);
      emit(...answer(push));
      return;
    }
    if (push.replicaId !== desk.replicaId) {
      emit(...answer({ ok: false, code: 'malformed', text: 'The push names another replica than the hello.' }));
      return;
    }
    queue.push({
      size: push.commands.length,
      take(draft) {
        // A socket that was closed since may have been replaced by a copy of the same replica: its owner pushes again.
        if (sessions.get(event.socket)?.desk !== desk) return NOTHING;
        const joinedAt = state.row('devices', session.deviceId)?.joinedAt ?? instantOf(0);
        const result = takePush(draft, push, { ...desk, deviceId: session.deviceId, receivedAt: event.wall, joinedAt });
        const failed: messages.Pushed = { ok: false, code: 'store_failed', text: 'The server could not store it; it is tried again.' };
        const afterwards = (): void => {
          if (result.ok) desk.acceptsStart = false;
        };
        return { committed: answer(result), failed: answer(failed), afterwards };
      },
    });
  }

  function onOutcomesSeen(event: Extract<ServerEvent, { type: 'message' }>, session: Session): void {
    const parsed = messages.outcomesSeen.safeParse(event.body);
    const desk = session.desk;
    if (!desk) return;
    if (!parsed.success) {
      report('malformed', `outcomesSeen from device ${session.deviceId}`);
      return;
    }
    queue.push({
      size: 0,
      take(draft) {
        draft.outcomesSeen(desk.replicaId, Math.min(parsed.data.upToN, draft.appliedOf(desk.replicaId)));
        return NOTHING;
      },
    });
  }

  /** One group commit of what is queued (S4); nothing of it is visible before `committed`. */
  function startCommit(): void {
    if (inFlight || queue.length === 0) return;
    const draft = createSiteDraft(facts, log, dayOf, { newSalt: services.newSalt, report });
    const replies: Reply[] = [];
    for (let job = queue[0]; job && (replies.length === 0 || draft.log.length + job.size <= MAX_COMMIT_COMMANDS); job = queue[0]) {
      queue.shift();
      replies.push(job.take(draft));
    }
    const data = draft.commit();
    if (!data) {
      for (const reply of replies) emit(...reply.committed);
      startCommit();
      return;
    }
    commits += 1;
    inFlight = { commit: commits, data, replies };
    emit({ type: 'commit', commit: commits, data });
  }

  function onCommitted(event: Extract<ServerEvent, { type: 'committed' }>): void {
    if (inFlight?.commit !== event.commit) return;
    const { data, replies } = inFlight;
    inFlight = null;
    const from = facts.head;
    facts.rows.apply(data.rows);
    facts.head = data.head;
    facts.chain = data.chain;
    for (const [replicaId, n] of Object.entries(data.applied)) facts.applied.set(replicaId, n);
    for (const [replicaId, record] of Object.entries(data.replicas ?? {})) facts.replicas.set(replicaId, record);
    for (const [replicaId, n] of Object.entries(data.outcomesSeen ?? {})) facts.outcomesSeen.set(replicaId, n);
    if (Object.keys(data.applied).length > 0) {
      for (const delta of deltasOf(facts, from, data.rows, data.applied)) emit({ type: 'broadcast', name: 'delta', body: delta });
    }
    for (const reply of replies) {
      emit(...reply.committed);
      reply.afterwards?.();
    }
    sendOutcomes(data);
    const tables = new Set<string>(data.rows.map((change) => change.table));
    if (tables.size > 0) emit({ type: 'changed', tables });
    if (tables.has('devices')) closeRevoked();
    if (tables.has('queues')) queueLeases(event);
    resume();
  }

  function onCommitFailed(event: Extract<ServerEvent, { type: 'commitFailed' }>): void {
    if (inFlight?.commit !== event.commit) return;
    const { replies } = inFlight;
    inFlight = null;
    report('store_failed', event.text);
    for (const reply of replies) emit(...reply.failed);
    resume();
  }

  /** Answers what waited for the commit, then starts the next one. */
  function resume(): void {
    const waiting = deferred;
    deferred = [];
    for (const event of waiting) onMessage(event);
    startCommit();
  }

  function sendOutcomes(data: SiteCommit): void {
    const told = [...data.log.filter((row) => row.outcome.status !== 'applied'), ...(data.repeats ?? [])];
    const owners = new Set<string>([...told.map((row) => row.replicaId), ...Object.keys(data.outcomesSeen ?? {})]);
    for (const [socket, session] of sessions) if (session.desk && owners.has(session.desk.replicaId)) sendUnseen(socket, session.desk);
  }

  /** What the owner has not stored yet: the same in a new connection and after a commit, so that none is lost (S7). */
  function sendUnseen(socket: string, desk: DeskSession): void {
    const outcomes = log.unseenOutcomes(desk.replicaId).slice(0, MAX_OUTCOMES).map(ownOutcomeOf);
    const body: messages.Outcomes = { outcomes };
    if (outcomes.length > 0) emit({ type: 'send', socket, name: 'outcomes', body });
  }

  function closeRevoked(): void {
    for (const [socket, session] of sessions) {
      if (state.row('devices', session.deviceId)?.revokedAt == null) continue;
      sessions.delete(socket);
      emit(
        { type: 'send', socket, name: 'fatal', body: { code: 'revoked', text: 'This device was removed from the clinic.' } },
        { type: 'close', socket },
      );
    }
  }

  /** Ticket numbers for today's open queues, where a replica lacks one (S19). */
  function queueLease(replicaId: ReplicaId, clocks: Clocks): void {
    const day = (): ServiceDay => dayOf(state.site(), instantOf(clocks.wall));
    const job = siteCommandJob(facts, services.newId, { intent: { type: 'leaseTickets', args: { replicaId } }, actor: 'site', clocks });
    if (!lacksLease(state, replicaId, day())) return;
    // Asked again when its turn comes: an earlier job may have leased them already.
    queue.push({ size: 1, take: (draft) => (lacksLease(state, replicaId, day()) ? job.take(draft) : NOTHING) });
  }

  function queueLeases(clocks: Clocks): void {
    for (const session of sessions.values()) if (session.desk) queueLease(session.desk.replicaId, clocks);
  }

  function onTick(clocks: Clocks): void {
    if (clocks.mono - lastHeartbeat >= HEARTBEAT) {
      lastHeartbeat = clocks.mono;
      emit({ type: 'broadcast', name: 'heartbeat', body: { wall: instantOf(clocks.wall), head: facts.head } });
    }
    const day = dayOf(state.site(), instantOf(clocks.wall));
    if (lastDay !== null && lastDay !== day) queueLeases(clocks);
    lastDay = day;
    startCommit();
  }

  return {
    handle,
    state,
    get head() {
      return facts.head;
    },
    epoch: facts.epoch,
  };
}

/** An outcome as its owner reads it. */
const ownOutcomeOf = (row: LogRow): OwnOutcome => ({
  ...row.outcome,
  n: row.n,
  commandId: row.commandId,
  type: row.command.type,
  seq: row.seq,
  at: row.at,
});
