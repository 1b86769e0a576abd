import type { Command, Intent } from '../domain/commands';
import type { SiteState } from '../domain/state';
import type { Instant } from '../domain/time';
import { createAwaitedCalls } from './awaitedCalls';
import { createCatchUp } from './catchUp';
import type { ClientEffect, ClientEvent, ClientStatus, Clocks, LoadedReplica } from './clientEvents';
import { createCommitLine } from './commitLine';
import { createDayFinder } from './dayFinder';
import { createDispatching } from './dispatching';
import * as messages from './messages';
import { createOutcomeIntake } from './outcomeIntake';
import { createPings } from './pings';
import { createPrediction } from './prediction';
import { firstIssue } from './pushIntake';
import { createPushing } from './pushing';
import { createRebinding } from './rebinding';
import { keptAbove, ownApplied, pendingOf, replicaFacts } from './replicaFacts';
import { createSiteClock } from './siteClock';

/** Milliseconds without a message of the server after which the desk is offline (S16). */
const SILENCE = 5_000;
/** The app's version as `hello` names it. */
const APP = '0.1.0';

export interface ClientServices {
  /** A UUIDv7. */
  newId(): string;
  /** Uniform in 0..1. */
  random(): number;
}

export interface ClientSync {
  /** Takes an event and says what the host must do, in this order. */
  handle(event: ClientEvent): ClientEffect[];
  /** What people see: confirmed rows and the pending commands' effects (S2). */
  readonly state: SiteState;
  readonly confirmed: SiteState;
  status(): ClientStatus;
  /** The site's clock, as this desk estimates it (S15). */
  siteNow(clocks: Clocks): Instant;
}

interface Connection {
  readonly socket: number;
  phase: 'hello' | 'catching_up' | 'live';
  readonly openedAt: number;
  heardAt: number;
  readonly named: messages.Cursor | null;
}

/** The desk's side of sync (S1-S9, S12, S13, S15, S16): records commands, predicts, sends, and takes in what the referee decided. */
export function createClientSync(loaded: LoadedReplica, services: ClientServices): ClientSync {
  const facts = replicaFacts(loaded);
  const clock = createSiteClock(loaded.clockOffset);
  const prediction = createPrediction(facts, createDayFinder());
  let out: ClientEffect[] = [];
  const emit = (effect: ClientEffect): void => void out.push(effect);
  const report = (code: string, text: string): void => emit({ type: 'report', code, text });
  const line = createCommitLine(emit);

  let connection: Connection | null = null;
  /** Set once there was a connection, or none for so long that the desk counts as offline. */
  let hasTried = false;
  let startedAt: number | null = null;
  let lastHeard: Instant | null = null;
  /** Why a person must help, by what found it. */
  const problems = new Map<'server' | 'catchUp' | 'push', { readonly code: string; readonly text: string }>();
  let acks = 0;
  const calls = createAwaitedCalls();
  let openedWhileForking: number | null = null;

  const send = (name: string, body: unknown): void => {
    if (connection) emit({ type: 'send', socket: connection.socket, name, body });
  };
  const ask = (name: string, body: unknown, timeout: number): number => {
    acks += 1;
    if (connection) emit({ type: 'send', socket: connection.socket, name, body, ack: acks, timeout });
    return acks;
  };
  const helpFor = (finder: 'catchUp' | 'push') => (problem: { readonly code: string; readonly text: string } | null) => {
    if (problem) problems.set(finder, problem);
    else if (!problems.delete(finder)) return;
    emit({ type: 'changed' });
  };

  const pings = createPings(clock, ask);
  const pushing = createPushing({
    facts,
    random: services.random,
    report,
    ask,
    pull: (clocks) => catchUp.pull(clocks),
    forked: () => fork(),
    help: helpFor('push'),
  });
  const catchUp = createCatchUp({
    facts,
    line,
    clock,
    random: services.random,
    report,
    send,
    highestSent: () => pushing.highestSent,
    forked: () => fork(),
    arrived,
    help: helpFor('catchUp'),
  });
  const rebind = createRebinding({ facts, line, newId: services.newId, report, rebound, failed: reopen });
  const outcomes = createOutcomeIntake({ facts, line, send, report, emit });
  const dispatching = createDispatching({ facts, line, prediction, clock, newId: services.newId, emit, recorded });

  function handle(event: ClientEvent): ClientEffect[] {
    out = [];
    startedAt ??= event.mono;
    switch (event.type) {
      case 'dispatch':
        dispatching.dispatch(event, connection?.phase === 'live', event);
        break;
      case 'dismissOutcome':
        outcomes.dismiss(event.n);
        break;
      case 'committed':
        line.committed(event.commit, event);
        break;
      case 'commitFailed':
        line.failed(event.commit, event.code, event.text, event);
        break;
      case 'socketOpened':
        open(event.socket, event);
        break;
      case 'socketClosed':
        if (connection?.socket === event.socket) close();
        if (openedWhileForking === event.socket) openedWhileForking = null;
        break;
      case 'message':
        // Refused before it was open, a socket may still say why.
        if (connection?.socket === event.socket || (!connection && event.name === 'fatal')) onMessage(event.name, event.body, event);
        break;
      case 'answered':
        if (connection?.socket === event.socket) onAnswered(event.ack, event.body, event);
        break;
      case 'tick':
        onTick(event);
        break;
    }
    if (calls.expire(event)) emit({ type: 'changed' });
    return out;
  }

  function open(socket: number, clocks: Clocks): void {
    if (connection) close();
    if (line.has('rebind')) {
      openedWhileForking = socket;
      return;
    }
    connection = { socket, phase: 'hello', openedAt: clocks.mono, heardAt: clocks.mono, named: facts.cursor };
    const { deviceId, replicaId } = facts.identity;
    const pending = pendingOf(facts).length;
    const hello: messages.Hello = {
      proto: messages.PROTOCOL,
      app: APP,
      deviceId,
      replicaId,
      cursor: facts.cursor,
      lastN: facts.lastN,
      pending,
      wall: clocks.wall,
      role: 'desk',
    };
    send('hello', hello);
  }

  function close(): void {
    connection = null;
    hasTried = true;
    catchUp.end();
    pushing.end();
    pings.end();
    emit({ type: 'changed' });
  }

  function drop(): void {
    if (!connection) return;
    emit({ type: 'reconnect', socket: connection.socket });
    close();
  }

  function onMessage(name: string, body: unknown, clocks: Clocks): void {
    if (connection) connection.heardAt = clocks.mono;
    lastHeard = clock.now(clocks);
    switch (name) {
      case 'welcome':
        onWelcome(body, clocks);
        return;
      case 'delta':
        catchUp.delta(body, clocks);
        return;
      case 'snapshotPart':
        catchUp.snapshotPart(body, clocks);
        return;
      case 'outcomes':
        outcomes.received(body, connection?.phase !== 'hello');
        return;
      case 'heartbeat': {
        const parsed = messages.heartbeat.safeParse(body);
        if (!parsed.success) {
          report('malformed', 'a heartbeat was not understood');
          return;
        }
        catchUp.headSeen(parsed.data.head, clocks);
        if (catchUp.caughtUp && connection?.phase === 'live') facts.lastSync = clock.now(clocks);
        return;
      }
      case 'fatal':
        onFatal(body);
        return;
      default:
        // A message of a newer server: nothing that this version needs (S14).
        return;
    }
  }

  function onWelcome(body: unknown, clocks: Clocks): void {
    const parsed = messages.welcome.safeParse(body);
    if (connection?.phase !== 'hello') return;
    if (!parsed.success) {
      const { field, why } = firstIssue(parsed.error);
      report('malformed', `the welcome was not understood: ${field}: ${why}`);
      drop();
      return;
    }
    const welcome = parsed.data;
    clock.measured(connection.openedAt, clocks.mono, welcome.wall);
    const same = keptAbove(facts, welcome.appliedN - 1)[0];
    const another = same?.n === welcome.appliedN && welcome.appliedId !== null && same.id !== welcome.appliedId;
    if (welcome.appliedN > facts.lastN || another) {
      fork();
      return;
    }
    problems.delete('server');
    connection.phase = 'catching_up';
    catchUp.begin(welcome, connection.named, clocks);
    pushing.begin(welcome.appliedN);
    forgetBackedUp(welcome);
    pings.begin(clocks);
    pushing.more(clocks);
  }

  /** S8: commands leave the outbox once a verified backup of the server covers the point at which they were applied. */
  function forgetBackedUp({ mode, backupSeq }: messages.Welcome): void {
    const upTo = ownApplied(facts);
    if (mode !== 'delta' || !facts.cursor || facts.cursor.seq > backupSeq || (facts.kept[0]?.n ?? upTo + 1) > upTo) return;
    const committed = (): void => {
      facts.kept = keptAbove(facts, upTo);
    };
    line.add({ kind: 'keep', data: () => ({ outboxForgetUpTo: upTo }), committed, failed: (_code, text) => report('store_failed', text) });
  }

  function onFatal(body: unknown): void {
    const parsed = messages.fatal.safeParse(body);
    if (!parsed.success) {
      report('malformed', 'a fatal message was not understood');
      return;
    }
    problems.set('server', { code: parsed.data.code, text: parsed.data.text });
    close();
  }

  function onAnswered(ack: number, body: unknown, clocks: Clocks): void {
    if (connection && body !== null) connection.heardAt = clocks.mono;
    if (pushing.answered(ack, body, clocks)) return;
    pings.answered(ack, body, clocks);
  }

  function onTick(clocks: Clocks): void {
    // A server that is heard and yet does not welcome this desk has lost its hello.
    const since = connection?.phase === 'hello' ? connection.openedAt : connection?.heardAt;
    if (since !== undefined && clocks.mono - since >= SILENCE) drop();
    if (!connection) {
      if (!hasTried && clocks.mono - (startedAt ?? clocks.mono) >= SILENCE) {
        hasTried = true;
        emit({ type: 'changed' });
      }
      return;
    }
    if (connection.phase === 'hello') return;
    catchUp.tick(clocks);
    pushing.tick(clocks);
    pings.tick(clocks);
  }

  /** Confirmed rows are on disk: what people see is made again once, and the desk is live when nothing is missing. */
  function arrived(clocks: Clocks): void {
    prediction.changed();
    dispatching.decideAgain();
    calls.decided(ownApplied(facts));
    if (connection?.phase === 'catching_up' && catchUp.caughtUp) connection.phase = 'live';
    pushing.more(clocks);
    emit({ type: 'changed' });
  }

  function recorded(commands: readonly Command[], clocks: Clocks): void {
    calls.recorded(commands, clocks);
    pushing.more(clocks);
  }

  /** S5: this database is a copy of one that went on elsewhere. */
  function fork(): void {
    report('replica_forked', `replica ${facts.identity.replicaId} is a copy: it goes on under another id`);
    drop();
    line.drop('outcomes');
    rebind();
  }

  function rebound(clocks: Clocks): void {
    calls.clear();
    prediction.changed();
    dispatching.decideAgain();
    emit({ type: 'changed' });
    reopen(clocks);
  }

  /** A socket that opened in the meantime says hello now, under the id that is on disk. */
  function reopen(clocks: Clocks): void {
    const socket = openedWhileForking;
    openedWhileForking = null;
    if (socket !== null) open(socket, clocks);
  }

  function connectionState(): ClientStatus['connection'] {
    if (problems.size > 0) return 'needs_help';
    if (connection?.phase === 'live') return 'online';
    return hasTried ? 'offline' : 'connecting';
  }

  return {
    handle,
    get state() {
      return prediction.visible();
    },
    get confirmed() {
      return facts.confirmed;
    },
    status() {
      const pending = pendingOf(facts);
      return {
        identity: facts.identity,
        connection: connectionState(),
        help: problems.get('server') ?? problems.get('catchUp') ?? problems.get('push') ?? null,
        pending,
        unsentEntries: new Set(pending.flatMap(entryIdsOf)),
        unconfirmedCalls: calls.entryIds(),
        outcomes: facts.outcomes,
        lastSync: facts.lastSync,
        lastHeard,
      };
    },
    siteNow: (clocks) => clock.now(clocks),
  };
}

/** The entries that a command acts on or makes. */
const entryIdsOf = ({ args }: Intent): string[] => [
  ...('entryId' in args ? [args.entryId] : []),
  ...('newEntryId' in args ? [args.newEntryId] : []),
];
