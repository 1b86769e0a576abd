import { createSiteStore } from '@shared/database/siteStore';
import type { Command } from '@shared/domain/commands';
import { instant } from '@shared/domain/time';
import { createConfirmedRows } from '@shared/sync/confirmedRows';
import { createDayFinder } from '@shared/sync/dayFinder';
import type { LoadedSite, ServerEffect, ServerEvent } from '@shared/sync/serverEvents';
import { createServerSync } from '@shared/sync/serverSync';
import { createSiteDraft } from '@shared/sync/siteDraft';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkConverged, checkDisk, checkLog, rowsOf } from './rules';
import { type DeskHost, World } from './world';

let world: World;
let first: DeskHost;
let second: DeskHost;

beforeEach(() => {
  world = new World(11, 2);
  [first, second] = world.desks as [DeskHost, DeskHost];
  world.heal();
  checkConverged(world);
});
afterEach(() => world.close());

const logCount = (): number => (world.serverDriver.prepare('SELECT count(*) AS count FROM log').get() as { count: number }).count;
const entries = (): number => [...world.server.state.rows('entries')].length;
const pushOf = (desk: DeskHost) => desk.wire?.toServer.find((message) => message.name === 'push');
const replicaOf = (desk: DeskHost): string => desk.core.status().identity.replicaId;
/** Sends a message of a test's own making as a desk, and gives the answer to it. */
function ask(desk: DeskHost, name: string, body: unknown): unknown {
  desk.wire?.toServer.push({ name, body, ack: 77_777 });
  while (world.deliver(desk, 'toServer'));
  const answer = desk.wire?.toDesk.find((message) => message.kind === 'answer' && message.ack === 77_777);
  return answer?.body;
}

describe('one transaction', () => {
  test('S4: nothing is acknowledged, broadcast or visible when the commit fails', () => {
    const before = rowsOf(world.server.state);
    world.addPatient(first);
    world.serverFate = 'disk_full';
    while (world.deliver(first, 'toServer'));
    expect(rowsOf(world.server.state)).toEqual(before);
    expect(second.wire?.toDesk.filter((message) => message.kind === 'message' && message.name === 'delta')).toEqual([]);
    expect(first.wire?.toDesk.filter((message) => message.kind === 'answer').map((message) => message.body)).toMatchObject([
      { ok: false, code: 'store_failed' },
    ]);
    world.heal();
    checkConverged(world);
    expect(entries()).toBe(1);
  });

  test('S4: a crash between the commit and its echo loses nothing and applies nothing twice', () => {
    world.addPatient(first);
    world.serverFate = 'lost';
    world.settle();
    expect(world.serverCrashes).toBe(1);
    world.heal();
    checkConverged(world);
    checkLog(world);
    expect(entries()).toBe(1);
  });

  test('S4: who says hello during a commit is answered from its result, and misses nothing', () => {
    const core = createServerSync(world.serverStore.load() as LoadedSite, world.serverStore.log, {
      newId: world.newId,
      newSalt: world.newId,
    });
    const feed = (event: Record<string, unknown>): ServerEffect[] => core.handle({ ...event, ...world.clocks() } as unknown as ServerEvent);
    const hello = (desk: DeskHost): unknown => {
      world.cut(desk);
      world.connect(desk);
      return desk.wire?.toServer.find((message) => message.name === 'hello')?.body;
    };
    const device = { id: world.newId(), name: 'New', role: 'desk', letter: 'X', joinedAt: world.wall, revokedAt: null, version: 0 };
    feed({ type: 'siteCommand', token: 1, intent: { type: 'joinDevice', args: { device } }, actor: 'test' });
    const [commit] = feed({ type: 'flush' });
    expect(commit?.type).toBe('commit');
    feed({ type: 'connected', socket: 's', deviceId: second.core.status().identity.deviceId });
    expect(feed({ type: 'message', socket: 's', name: 'hello', body: hello(second) })).toEqual([]);
    world.serverStore.commit((commit as Extract<ServerEffect, { type: 'commit' }>).data);
    const sent = feed({ type: 'committed', commit: 1 }).filter((effect) => effect.type === 'send');
    expect(sent.map((effect) => effect.name)).toEqual(['welcome', 'delta']);
    expect(sent[1]?.body).toMatchObject({ to: core.head, changes: [{ table: 'devices', id: device.id }] });
  });

  test('S4: what several desks send in one turn is one commit, decided in order', () => {
    world.addPatient(first);
    world.addPatient(second);
    const before = world.server.head;
    for (const desk of [first, second]) while (world.deliver(desk, 'toServer', false));
    expect(world.server.head).toBe(before);
    world.feedServer({ type: 'flush' });
    expect(world.server.head).toBe(before + 2);
    world.settle();
    checkConverged(world);
  });
});

describe('duplicates, gaps and copies', () => {
  test('S5: a duplicate push is answered again and applied once', () => {
    world.addPatient(first);
    const push = structuredClone(pushOf(first));
    world.settle();
    const before = logCount();
    for (let times = 0; times < 3; times += 1) {
      expect(ask(first, 'push', push?.body)).toMatchObject({ ok: true, appliedN: 1 });
      first.wire?.toDesk.splice(0);
    }
    expect(logCount()).toBe(before);
    expect(world.serverDriver.prepare('SELECT count(*) AS count FROM logRepeats').get()).toEqual({ count: 0 });
    expect(entries()).toBe(1);
  });

  test('S5: another command under a used number is a fork, also within a connection', () => {
    world.addPatient(first);
    const push = structuredClone(pushOf(first)?.body) as { commands: { id: string }[] };
    world.settle();
    for (const command of push.commands) command.id = world.newId();
    expect(ask(first, 'push', push)).toMatchObject({ ok: false, code: 'replica_forked' });
    expect(entries()).toBe(1);
  });

  test('S5: a gap is answered with the wanted number, and what stood before it is applied', () => {
    world.addPatient(first);
    world.addPatient(first);
    const body = structuredClone(pushOf(first)?.body) as { commands: { n: number; id: string }[] };
    first.wire?.toServer.splice(0);
    const [one] = body.commands;
    if (!one) throw new Error('no command');
    const later = { ...one, n: 5, id: world.newId() };
    expect(ask(first, 'push', { ...body, commands: [one, later] })).toMatchObject({ ok: false, code: 'gap', wanted: 2 });
    expect(entries()).toBe(1);
    world.heal();
    checkConverged(world);
    expect(entries()).toBe(2);
  });

  test('S5: a copied desk forks: both lose nothing, commands keep their ids, nothing is applied twice', () => {
    world.addPatient(first);
    world.heal();
    world.cut(first);
    const copy = world.cloneDesk(first);
    const replica = replicaOf(first);
    const mine = world.addPatient(first);
    const theirs = [world.addPatient(copy, 1), world.addPatient(copy, 1)];
    const accepted = [...theirs.map((token) => copy.answers.get(token)), first.answers.get(mine)].map(
      (answer) => answer?.ok && answer.data.commandId,
    );
    world.connect(first);
    world.settle();
    world.connect(copy);
    world.settle();
    world.heal();
    checkConverged(world);
    checkLog(world);
    expect(replicaOf(first)).toBe(replica);
    expect(replicaOf(copy)).not.toBe(replica);
    expect(entries()).toBe(4);
    const logged = (world.serverDriver.prepare('SELECT commandId FROM log').all() as { commandId: string }[]).map((row) => row.commandId);
    for (const id of accepted) expect(logged.filter((each) => each === id)).toHaveLength(1);
    world.addPatient(copy, 1);
    world.restartDesk(copy);
    world.heal();
    checkConverged(world);
    expect(entries()).toBe(5);
  });

  test('S5: a copy that is behind its original forks before it says anything', () => {
    const copy = world.cloneDesk(first);
    world.addPatient(first);
    world.settle();
    world.cut(first);
    const replica = replicaOf(copy);
    world.connect(copy);
    world.settle();
    expect(replicaOf(copy)).not.toBe(replica);
    world.heal();
    checkConverged(world);
  });
});

describe('poison', () => {
  test('S6: a command on which the engine throws is held, and the ones behind it are applied', () => {
    world.addPatient(first);
    const push = pushOf(first)?.body as { commands: Command[] } | undefined;
    const command = push?.commands[0];
    const loaded = world.serverStore.load();
    if (!command || !loaded) throw new Error('nothing to decide');
    const rows = createConfirmedRows(loaded.rows);
    let broken = true;
    const state = new Proxy(rows.state, {
      get(target, key) {
        if (broken && key === 'row') throw new Error('a broken index');
        const member: unknown = Reflect.get(target, key);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
    const maps = { applied: new Map(Object.entries(loaded.applied)), replicas: new Map(), outcomesSeen: new Map() };
    const facts = { ...loaded, ...maps, rows: { ...rows, state } };
    const reports: string[] = [];
    const draft = createSiteDraft(facts, world.serverStore.log, createDayFinder(), {
      newSalt: () => 's',
      report: (code) => void reports.push(code),
    });
    const from = { replicaId: loaded.siteReplicaId, deviceId: loaded.siteDeviceId, receivedAt: world.wall, at: instant.parse(world.wall) };
    draft.take(command, from);
    broken = false;
    draft.take({ ...command, n: 2, id: world.newId() as Command['id'] }, from);
    expect(draft.log.map((row) => row.outcome.status === 'held')).toEqual([true, false]);
    expect(draft.log[0]?.outcome).toMatchObject({ code: 'engine_error', detail: { text: 'a broken index' } });
    expect(reports).toEqual(['engine_error']);
    expect(draft.commit()?.rows.some((row) => row.table === 'entries')).toBe(true);
  });

  test('S6: a command whose arguments make no sense is logged as rejected and blocks nothing', () => {
    world.addPatient(first);
    const body = structuredClone(pushOf(first)?.body) as { commands: { n: number; id: string; args: Record<string, unknown> }[] };
    first.wire?.toServer.splice(0);
    const [one] = body.commands;
    if (!one) throw new Error('no command');
    const bad = { ...one, args: { ...one.args, patient: { name: 'Secret Person' } } };
    expect(ask(first, 'push', { ...body, commands: [bad] })).toMatchObject({ ok: true, appliedN: 1 });
    const [row] = world.serverDriver.prepare('SELECT command, status, outcome FROM log ORDER BY seq DESC LIMIT 1').all() as {
      command: string;
      status: string;
      outcome: string;
    }[];
    expect(row).toMatchObject({ status: 'rejected' });
    expect(JSON.parse(row?.outcome ?? '')).toMatchObject({ code: 'invalid', detail: { field: expect.stringMatching(/^args\.patient/) } });
    expect(row?.command).not.toMatch(/Secret/);
    world.heal();
    checkLog(world);
  });

  test.each([
    ['no object', 'nonsense'],
    ['no commands', { replicaId: 'x' }],
    ['no number', { commands: [{ id: 1 }] }],
    ['201 commands', { commands: Array.from({ length: 201 }, () => ({})) }],
  ])('S13: a malformed push (%s) is refused with a code and a sentence', (_name, body) => {
    const answer = ask(first, 'push', typeof body === 'object' ? { replicaId: replicaOf(first), ...body } : body);
    expect(answer).toMatchObject({ ok: false, code: expect.stringMatching(/^(malformed|too_large)$/), text: expect.stringMatching(/\.$/) });
    world.addPatient(first);
    world.heal();
    checkConverged(world);
  });
});

describe('outcomes', () => {
  const lose = (): void => {
    world.addPatient(first);
    world.heal();
    world.cut(second);
    world.callNext(first, 0, 0);
    world.callNext(second, 0, 1);
    world.settle();
  };

  test('S7: the loser of a call is told once: who, what and when, across restarts of both', () => {
    lose();
    world.connect(second);
    world.settle();
    const { outcomes } = second.core.status();
    expect(outcomes).toMatchObject([{ status: 'changed', code: 'already_called', detail: { byDevice: 'Desk 1' } }]);
    world.restartDesk(second);
    expect(second.core.status().outcomes).toEqual(outcomes);
    world.restartServer();
    world.heal();
    expect(second.core.status().outcomes).toEqual(outcomes);
    world.feed(second, { type: 'dismissOutcome', n: outcomes[0]?.n ?? 0 });
    world.restartDesk(second);
    world.restartServer();
    world.heal();
    expect(second.core.status().outcomes).toEqual([]);
  });

  test.each(['disk_full', 'crash', 'lost'] as const)('S7: an outcome whose storing ends in %s comes again, and is shown once', (fate) => {
    lose();
    world.connect(second);
    const isOutcomes = (): boolean => {
      const next = second.wire?.toDesk[0];
      return next?.kind === 'message' && next.name === 'outcomes';
    };
    for (let turn = 0; turn < 100 && !isOutcomes(); turn += 1) world.deliver(second, turn % 2 ? 'toServer' : 'toDesk');
    expect(isOutcomes()).toBe(true);
    second.fate = fate;
    world.deliver(second, 'toDesk');
    world.settle();
    world.cut(second);
    world.heal();
    expect(second.core.status().outcomes).toHaveLength(1);
    checkDisk(second);
  });
});

describe('authority, time and secrets', () => {
  test('S15: `at` is clamped to the last contact and to when it was received', () => {
    world.pass(60_000);
    world.heal();
    world.addPatient(first);
    const body = structuredClone(pushOf(first)?.body) as { commands: { at: number }[] };
    first.wire?.toServer.splice(0);
    const joined = world.server.state.row('devices', first.core.status().identity.deviceId)?.joinedAt ?? 0;
    const [one] = body.commands;
    if (!one) throw new Error('no command');
    one.at = joined - 86_400_000;
    ask(first, 'push', body);
    const [early] = [...world.server.state.rows('entries')];
    expect(early?.arrivedAt).toBeGreaterThanOrEqual(joined);
    world.cut(first);
    world.heal();
    world.addPatient(first);
    const next = structuredClone(pushOf(first)?.body) as { commands: { at: number }[] };
    first.wire?.toServer.splice(0);
    for (const command of next.commands) command.at = world.wall + 86_400_000;
    ask(first, 'push', next);
    for (const entry of world.server.state.rows('entries')) expect(entry.arrivedAt).toBeLessThanOrEqual(world.wall);
  });

  test('S18: a desk cannot issue the site’s own commands', () => {
    const device = {
      id: world.newId() as never,
      name: 'Spy',
      role: 'desk' as const,
      letter: 'Z',
      joinedAt: instant.parse(world.wall),
      revokedAt: null,
      version: 0,
    };
    world.dispatch(first, { type: 'joinDevice', args: { device } });
    world.heal();
    expect([...world.server.state.rows('devices')]).toHaveLength(2);
  });

  test('S18: a revoked device is told, gets no data, and its requests are refused while facts are held', () => {
    const { deviceId } = first.core.status().identity;
    world.addPatient(first);
    for (const message of first.wire?.toServer.splice(0) ?? [])
      world.feedServer({ type: 'message', socket: first.wire?.name ?? '', ...message });
    world.site({ type: 'revokeDevice', args: { deviceId } });
    world.settle();
    expect(first.core.status()).toMatchObject({ connection: 'needs_help', help: { code: 'revoked' } });
    world.connect(first);
    while (world.deliver(first, 'toServer'));
    expect(first.wire?.toDesk.map((message) => message.kind === 'message' && message.name)).toEqual(['fatal']);
  });

  test('S19: a desk that says hello is leased the next numbers of today, and again on a new day', () => {
    const leases = (desk: DeskHost) =>
      world.queueIds.map((queueId) => desk.core.state.lease(desk.core.status().identity.replicaId, queueId));
    for (const desk of [first, second])
      for (const lease of leases(desk)) expect(lease).toMatchObject({ day: world.day(), number: expect.any(Number) });
    const numbers = [first, second].map((desk) => leases(desk)[0]?.number);
    expect(new Set(numbers).size).toBe(2);
    world.wall += 86_400_000;
    world.pass(500);
    world.settle();
    for (const lease of leases(first)) expect(lease?.day).toBe(world.day());
  });

  test('S22: no personal field stands in the log, and the chain verifies after they are forgotten', () => {
    world.addPatient(first);
    world.heal();
    const commands = world.serverDriver.prepare(`SELECT command FROM log WHERE command LIKE '%addToQueue%'`).all() as { command: string }[];
    expect(commands).toHaveLength(1);
    expect(commands[0]?.command).not.toMatch(/Patient \d|cough/);
    const hidden = world.serverDriver.prepare('SELECT data FROM privateRows').all() as { data: string }[];
    expect(hidden).toHaveLength(1);
    expect(hidden[0]?.data).toMatch(/cough/);
    checkLog(world);
  });

  test('invariant 19: the store that replays nothing has the same rows after a restart', () => {
    world.addPatient(first);
    world.callNext(first);
    world.heal();
    const before = rowsOf(world.server.state);
    world.restartServer();
    expect(rowsOf(world.server.state)).toEqual(before);
    expect(createSiteStore(world.serverDriver).load()?.head).toBe(world.server.head);
  });
});
