import type { ClientEffect, ClientEvent } from '@shared/sync/clientEvents';
import { createClientSync } from '@shared/sync/clientSync';
import { MAX_BATCH_BYTES, MAX_BATCH_COMMANDS } from '@shared/sync/messages';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkConverged, checkDisk, checkOverlay } from './rules';
import { cursorOf, type DeskHost, World } from './world';

let world: World;
let first: DeskHost;
let second: DeskHost;

beforeEach(() => {
  world = new World(7, 2);
  [first, second] = world.desks as [DeskHost, DeskHost];
  world.heal();
  checkConverged(world);
});
afterEach(() => world.close());

const tickets = (desk: DeskHost): string[] => [...desk.core.state.rows('entries')].map((entry) => entry.ticket).sort();
const outboxOf = (desk: DeskHost): number[] =>
  (desk.driver.prepare('SELECT n FROM outbox ORDER BY n').all() as { n: number }[]).map((row) => row.n);
const storedEntries = (desk: DeskHost): number =>
  (desk.driver.prepare('SELECT count(*) AS count FROM entries').get() as { count: number }).count;

/** A core of a desk without its host: events in, effects out, commits answered by the test. */
function bare(desk: DeskHost) {
  const loaded = desk.store.load();
  if (!loaded) throw new Error('no replica');
  const core = createClientSync(loaded, { newId: world.newId, random: world.random });
  const feed = (event: Record<string, unknown>): ClientEffect[] => core.handle({ ...event, ...world.clocks() } as unknown as ClientEvent);
  const add = (token: number): ClientEffect[] => {
    // The intent is what the world would dispatch for the same state.
    let effects: ClientEffect[] = [];
    const stand = { ...desk, core, answers: new Map() } as DeskHost;
    const { feed: worldFeed } = world;
    world.feed = (_desk, event) => {
      effects = feed({ ...event, token });
    };
    world.addPatient(stand);
    world.feed = worldFeed;
    return effects;
  };
  return { core, feed, add };
}
const commitsOf = (effects: ClientEffect[]) => effects.filter((effect) => effect.type === 'commit');
const answersOf = (effects: ClientEffect[]) => effects.filter((effect) => effect.type === 'answer');

describe('recording', () => {
  test('S2: confirmed and pending never mix: offline, the tables hold confirmed rows and the outbox the commands', () => {
    world.cut(first);
    const before = storedEntries(first);
    world.addPatient(first);
    world.addPatient(first);
    expect(first.core.status().pending).toHaveLength(2);
    expect(tickets(first)).toHaveLength(2);
    expect(storedEntries(first)).toBe(before);
    expect([...first.core.confirmed.rows('entries')]).toHaveLength(before);
    checkOverlay(world, first);
    checkDisk(first);
  });

  test('S4: nothing is shown or answered before the commit, and a restart in between shows nothing', () => {
    const { core, feed, add } = bare(first);
    const effects = add(1);
    const [commit] = commitsOf(effects);
    expect(answersOf(effects)).toEqual([]);
    expect([...core.state.rows('entries')]).toEqual([]);
    expect(core.status().pending).toEqual([]);
    const after = feed({ type: 'committed', commit: commit?.commit });
    expect(answersOf(after)).toMatchObject([{ token: 1, envelope: { ok: true, data: { n: 1, ticket: 'A001' } } }]);
    expect([...core.state.rows('entries')]).toHaveLength(1);
  });

  test('S4: a second command is decided on the first while its commit is under way; both answers come in order, n is gapless', () => {
    const { core, feed, add } = bare(first);
    const [one] = commitsOf(add(1));
    expect(commitsOf(add(2))).toEqual([]);
    expect(commitsOf(add(3))).toEqual([]);
    const then = feed({ type: 'committed', commit: one?.commit });
    const [two] = commitsOf(then);
    expect(two?.data.outboxAdd?.map((command) => command.n)).toEqual([2, 3]);
    const last = feed({ type: 'committed', commit: two?.commit });
    expect(answersOf(last).map((effect) => effect.token)).toEqual([2, 3]);
    expect(core.status().pending.map((command) => command.n)).toEqual([1, 2, 3]);
  });

  test('S4: one commit at a time: a delta that comes during a command’s commit waits for it, and the command is decided again above it', () => {
    const { core, feed, add } = bare(first);
    const cursor = cursorOf(first);
    if (!cursor) throw new Error('no cursor');
    feed({ type: 'socketOpened', socket: 1 });
    const head = { epoch: cursor.epoch, chain: cursor.chain, applied: {}, changes: [], more: false };
    const welcome = {
      proto: 1,
      epoch: cursor.epoch,
      head: cursor.seq,
      appliedN: 0,
      appliedId: null,
      mode: 'delta',
      wall: world.wall,
      minApp: '0',
      backupSeq: 0,
    };
    feed({ type: 'message', socket: 1, name: 'welcome', body: welcome });
    feed({ type: 'message', socket: 1, name: 'delta', body: { ...head, from: cursor.seq, to: cursor.seq } });
    expect(core.status().connection).toBe('online');
    const [one] = commitsOf(add(1));
    expect(commitsOf(feed({ type: 'message', socket: 1, name: 'delta', body: { ...head, from: cursor.seq, to: cursor.seq + 1 } }))).toEqual(
      [],
    );
    const [two] = commitsOf(feed({ type: 'committed', commit: one?.commit }));
    expect(two?.data.cursor?.seq).toBe(cursor.seq + 1);
    expect(commitsOf(feed({ type: 'committed', commit: two?.commit }))).toEqual([]);
    expect(core.status().pending).toHaveLength(1);
    expect([...core.state.rows('entries')]).toHaveLength(1);
  });

  test.each(['disk_full', 'read_only', 'failed'] as const)(
    'S4: after %s nothing is recorded, later commands are decided again and n stays gapless',
    (code) => {
      const { core, feed, add } = bare(first);
      const [one] = commitsOf(add(1));
      add(2);
      const failed = feed({ type: 'commitFailed', commit: one?.commit, code, text: 'x' });
      expect(answersOf(failed)).toMatchObject([
        { token: 1, envelope: { ok: false, error: { code, message: expect.stringMatching(/\.$/) } } },
      ]);
      const [two] = commitsOf(failed);
      expect(two?.data.outboxAdd?.map((command) => command.n)).toEqual([1]);
      feed({ type: 'committed', commit: two?.commit });
      expect(core.status().pending.map((command) => command.n)).toEqual([1]);
      expect(answersOf(add(3))).toEqual([]);
    },
  );

  test('S4: what was decided on a command that failed is refused with it', () => {
    const { feed, add } = bare(first);
    const effects = add(1);
    const [one] = commitsOf(effects);
    const command = one?.data.outboxAdd?.[0];
    if (command?.type !== 'addToQueue') throw new Error('not added');
    const call = { entryId: command.args.entryId, servicePointId: world.pointIds[0] };
    expect(answersOf(feed({ type: 'dispatch', token: 2, actor: 'x', intent: { type: 'startService', args: call } }))).toEqual([]);
    const failed = answersOf(feed({ type: 'commitFailed', commit: one?.commit, code: 'failed', text: 'x' }));
    expect(failed).toMatchObject([
      { token: 1, envelope: { ok: false } },
      { token: 2, envelope: { ok: false, error: { code: 'unknown_entry' } } },
    ]);
  });

  test('a refused command is answered with its code and leaves no trace', () => {
    const entry = world.newId();
    const token = world.dispatch(first, { type: 'complete', args: { entryId: entry as never } });
    expect(first.answers.get(token)).toMatchObject({ ok: false, error: { code: 'unknown_entry' } });
    expect(outboxOf(first)).toEqual([]);
  });

  test('a desk that never saw its clinic says so', () => {
    const fresh = world.addDesk();
    const token = world.addPatient(fresh);
    expect(fresh.answers.get(token)).toMatchObject({ ok: false, error: { code: 'not_ready' } });
  });
});

describe('sending', () => {
  test('S3: an acknowledgement alone does not take a command out of pending; the delta does', () => {
    world.addPatient(first);
    while (world.deliver(first, 'toServer'));
    const messages = first.wire?.toDesk ?? [];
    const delta = messages.findIndex((message) => message.kind === 'message' && message.name === 'delta');
    const [held] = messages.splice(delta, 1);
    while (world.deliver(first, 'toDesk'));
    expect(first.core.status().pending).toHaveLength(1);
    checkOverlay(world, first);
    if (held) messages.push(held);
    world.deliver(first, 'toDesk');
    expect(first.core.status().pending).toHaveLength(0);
  });

  test('S9: a lost delta is pulled after the next heartbeat, and a lost push is sent again', () => {
    world.addPatient(second);
    while (world.deliver(second, 'toServer'));
    first.wire?.toDesk.splice(0);
    world.settle();
    expect(tickets(first)).toEqual([]);
    world.pass(2_500);
    world.settle();
    expect(tickets(first)).toHaveLength(1);
    world.addPatient(first);
    first.wire?.toServer.splice(0);
    expect(first.core.status().pending).toHaveLength(1);
    world.heal();
    checkConverged(world);
    expect(world.server.state.row('site', world.server.state.site()?.id ?? '')).toBeDefined();
    expect([...world.server.state.rows('entries')]).toHaveLength(2);
  });

  test('S9: a refused push pulls and is tried again after 0.5 to 5 s', () => {
    world.addPatient(first);
    world.serverFate = 'disk_full';
    world.settle();
    expect(first.reports.at(-1)).toMatch(/^store_failed/);
    expect(first.core.status().pending).toHaveLength(1);
    world.pass(400);
    expect(first.wire?.toServer.some((message) => message.name === 'push')).toBe(false);
    world.settle();
    world.pass(600);
    world.pass(100);
    expect(first.wire?.toServer.some((message) => message.name === 'push')).toBe(true);
    world.heal();
    checkConverged(world);
  });

  test('S13: a long outbox goes in batches of at most 200 commands and 256 KB, one at a time', () => {
    world.cut(first);
    for (let index = 0; index < 450; index += 1) world.addPatient(first, index % 2);
    world.connect(first);
    const sizes: number[] = [];
    const seen = new Set<unknown>();
    for (let turn = 0; turn < 200; turn += 1) {
      const waiting = first.wire?.toServer.filter((message) => message.name === 'push') ?? [];
      expect(waiting.length).toBeLessThanOrEqual(1);
      for (const message of waiting.filter((each) => !seen.has(each))) {
        seen.add(message);
        const { commands } = message.body as { commands: unknown[] };
        expect(commands.length).toBeLessThanOrEqual(MAX_BATCH_COMMANDS);
        expect(JSON.stringify(message.body).length).toBeLessThanOrEqual(MAX_BATCH_BYTES);
        sizes.push(commands.length);
      }
      if (!world.deliver(first, 'toServer') && !world.deliver(first, 'toDesk')) break;
    }
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(450);
    world.heal();
    checkConverged(world);
  });
});

describe('the connection', () => {
  test('S16: 5 s of silence is offline and a reconnect; back again it is live at once', () => {
    expect(first.core.status().connection).toBe('online');
    const made = first.wire;
    world.serverDown = true;
    for (let passed = 0; passed < 5_000; passed += 500) world.pass(500);
    expect(first.core.status().connection).toBe('offline');
    expect(first.wire).toBeNull();
    expect(made).not.toBeNull();
    const token = world.addPatient(first);
    expect(first.answers.get(token)).toMatchObject({ ok: true });
    world.serverDown = false;
    world.connect(first);
    world.settle();
    expect(first.core.status().connection).toBe('online');
  });

  test('S12: events of an older socket are ignored', () => {
    const old = first.wire?.socket ?? 0;
    world.cut(first);
    world.connect(first);
    world.settle();
    const { connection } = first.core.status();
    world.feed(first, { type: 'socketClosed', socket: old });
    world.feed(first, { type: 'message', socket: old, name: 'fatal', body: { code: 'revoked', text: 'x' } });
    expect(first.core.status().connection).toBe(connection);
  });

  test('S15: changing the PC clock changes nothing, and `at` follows the server', () => {
    const before = first.core.siteNow(world.clocks());
    const shifted = { wall: world.wall + 86_400_000, mono: world.mono };
    expect(first.core.siteNow(shifted)).toBe(before);
    expect(Math.abs(before - world.wall)).toBeLessThan(1_000);
  });

  test('a fatal message asks for help, and commands are still recorded', () => {
    world.feed(first, {
      type: 'message',
      socket: first.wire?.socket ?? 0,
      name: 'fatal',
      body: { code: 'protocol_too_old', text: 'Update the app.' },
    });
    expect(first.core.status()).toMatchObject({ connection: 'needs_help', help: { code: 'protocol_too_old', text: 'Update the app.' } });
    const token = world.addPatient(first);
    expect(first.answers.get(token)).toMatchObject({ ok: true });
    expect(outboxOf(first)).toEqual([1]);
  });

  test('a live call next is unconfirmed until its outcome, and for 3 s at most', () => {
    world.addPatient(first);
    world.heal();
    world.callNext(first);
    expect(first.core.status().unconfirmedCalls.size).toBe(1);
    world.settle();
    expect(first.core.status().unconfirmedCalls.size).toBe(0);
    world.addPatient(first);
    world.heal();
    world.callNext(first, 0, 1);
    first.wire?.toServer.splice(0);
    world.pass(2_900);
    expect(first.core.status().unconfirmedCalls.size).toBe(1);
    world.pass(200);
    expect(first.core.status().unconfirmedCalls.size).toBe(0);
  });

  test('S14: an unreadable row is skipped and reported, an unknown table is passed over, and the cursor moves on', () => {
    const cursor = cursorOf(first);
    if (!cursor) throw new Error('no cursor');
    const changes = [
      { table: 'queues', id: 'x', seq: cursor.seq + 1, row: { id: 'x' } },
      { table: 'from_the_future', id: 'y', seq: cursor.seq + 1, row: {} },
    ];
    const body = { epoch: cursor.epoch, from: cursor.seq, to: cursor.seq + 1, chain: 'c', changes, applied: {}, more: false };
    world.feed(first, { type: 'message', socket: first.wire?.socket ?? 0, name: 'delta', body });
    expect(cursorOf(first)?.seq).toBe(cursor.seq + 1);
    expect(first.reports.at(-1)).toMatch(/^unreadable_row: queues x/);
  });
});
