import type { Intent } from '@shared/domain/commands';
import { entryId } from '@shared/domain/ids';
import { canonicalJson } from '@shared/sync/chain';
import { afterAll, describe, expect, test } from 'vitest';
import { checkConverged, checkDisk, checkLog, checkOverlay, rowsOf } from './rules';
import { type CommitFate, cursorOf, type DeskHost, World } from './world';

const SEEDS = 100;
const STEPS = 120;

/** What happened over all seeds, so that silence means something. */
const seen = new Map<string, number>();
const count = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);

/** Watches a world from outside: what was promised, what was shown, how far each desk was. */
class Watch {
  /** Commands that a screen was told are recorded. */
  private readonly accepted = new Set<string>();
  private readonly told = new Map<DeskHost, number>();
  private readonly dismissed = new Map<DeskHost, Set<string>>();
  private readonly cursors = new Map<DeskHost, number>();
  /** The server's rows at every head that it had. */
  private readonly history = new Map<number, string>();

  constructor(private readonly world: World) {
    world.onHead = () => {
      const { server } = world;
      if (!this.history.has(server.head)) this.history.set(server.head, canonicalJson(rowsOf(server.state)));
    };
    world.onHead();
  }

  step(): void {
    for (const desk of this.world.desks) this.watch(desk);
  }

  private watch(desk: DeskHost): void {
    if (desk.answers.size !== this.told.get(desk)) {
      this.told.set(desk, desk.answers.size);
      for (const answer of desk.answers.values()) if (answer.ok) this.accepted.add(answer.data.commandId);
    }
    const cursor = cursorOf(desk)?.seq ?? 0;
    const before = this.cursors.get(desk) ?? 0;
    expect(cursor, `invariant 4: the cursor of desk ${desk.index} never goes back`).toBeGreaterThanOrEqual(before);
    if (cursor > before) {
      expect(
        canonicalJson(rowsOf(desk.core.confirmed)),
        `invariant 4: confirmed rows of desk ${desk.index} are the server's at ${cursor}`,
      ).toBe(this.history.get(cursor));
      this.cursors.set(desk, cursor);
    }
    const { outcomes } = desk.core.status();
    const ids = outcomes.map((outcome) => outcome.commandId);
    expect(new Set(ids).size, 'invariant 13: no outcome is shown twice').toBe(ids.length);
    for (const id of ids) expect(this.dismissed.get(desk)?.has(id) ?? false, 'invariant 13: a dismissed outcome stays away').toBe(false);
  }

  dismiss(desk: DeskHost): void {
    const first = desk.core.status().outcomes[0];
    if (!first || desk.fate !== 'ok') return;
    this.world.feed(desk, { type: 'dismissOutcome', n: first.n });
    const set = this.dismissed.get(desk) ?? new Set();
    this.dismissed.set(desk, set.add(first.commandId));
    count('dismissed');
  }

  /** Invariant 3: what a screen ever accepted is in an outbox or the log; invariant 6: nothing confirmed is replayed. */
  checkKept(): void {
    const log = new Map(
      (this.world.serverDriver.prepare('SELECT commandId, seq FROM log').all() as { commandId: string; seq: number }[]).map((row) => [
        row.commandId,
        row.seq,
      ]),
    );
    const kept = new Set(log.keys());
    for (const desk of this.world.desks) {
      for (const row of desk.driver.prepare('SELECT commandId FROM outbox').all() as { commandId: string }[]) kept.add(row.commandId);
      const cursor = cursorOf(desk)?.seq ?? 0;
      for (const command of desk.core.status().pending) {
        expect(log.get(command.id) ?? Number.POSITIVE_INFINITY, 'invariant 6: nothing already applied is replayed').toBeGreaterThan(cursor);
      }
    }
    for (const id of this.accepted) expect(kept.has(id), `invariant 3: command ${id} is somewhere`).toBe(true);
  }

  /** Invariant 13 at the end: every outcome other than applied reached its desk once, dismissed ones included. */
  checkOutcomes(): void {
    for (const desk of this.world.desks) {
      const own = new Set(
        (desk.driver.prepare('SELECT commandId FROM outbox').all() as { commandId: string }[]).map((row) => row.commandId),
      );
      const expected = (
        this.world.serverDriver.prepare(`SELECT commandId, status FROM log WHERE status <> 'applied'`).all() as {
          commandId: string;
          status: string;
        }[]
      ).filter((row) => own.has(row.commandId));
      const got = [...desk.core.status().outcomes.map((outcome) => outcome.commandId as string), ...(this.dismissed.get(desk) ?? [])];
      expect(got.sort(), `invariant 13: outcomes of desk ${desk.index}`).toEqual(expected.map((row) => row.commandId).sort());
      for (const row of expected) count(`outcome ${row.status}`);
    }
  }
}

/** One thing that a person at a desk does, on what the desk shows. */
function act(world: World, desk: DeskHost): void {
  const { random } = world;
  const dice = random();
  if (dice < 0.3) return void world.addPatient(desk, random() < 0.5 ? 0 : 1, random() < 0.3 ? `MRN${Math.floor(random() * 6)}` : null);
  if (dice < 0.55) return void world.callNext(desk, random() < 0.5 ? 0 : 1, Math.floor(random() * 3));
  const entry = world.pick([...desk.core.state.rows('entries')]);
  const point = world.pick(world.pointIds);
  if (!entry || !point) return;
  const seenEntry = { entryId: entry.id, version: entry.version };
  const intents: Intent[] = [
    { type: 'startService', args: { entryId: entry.id, servicePointId: point } },
    { type: 'complete', args: { entryId: entry.id } },
    { type: 'markNoShow', args: { entryId: entry.id } },
    { type: 'skip', args: { ...seenEntry, reason: '' } },
    { type: 'hold', args: { ...seenEntry, reason: 'x-ray' } },
    { type: 'resume', args: seenEntry },
    { type: 'setPriority', args: { ...seenEntry, priority: 'urgent', reason: '' } },
    { type: 'remove', args: { ...seenEntry, reason: 'left' } },
    { type: 'undo', args: { entryId: entry.id, transitionId: entry.transitionId } },
    { type: 'complete', args: { entryId: entryId.parse(world.newId()) } },
  ];
  const chosen = world.pick(intents);
  if (chosen) world.dispatch(desk, chosen);
}

const FATES: readonly CommitFate[] = ['disk_full', 'crash', 'lost'];

/** One step: a person, the network, time, or a fault. */
function step(world: World, watch: Watch): void {
  const { random } = world;
  const desk = world.pick(world.desks);
  if (!desk) return;
  const dice = random();
  if (dice < 0.25) {
    act(world, desk);
    return;
  }
  if (dice < 0.28) {
    for (const each of world.desks) watch.dismiss(each);
    return;
  }
  if (dice < 0.72) {
    for (let times = 1 + Math.floor(random() * 6); times > 0; times -= 1) {
      const one = world.pick(world.desks);
      if (one) world.deliver(one, random() < 0.5 ? 'toServer' : 'toDesk', random() < 0.7);
    }
    return;
  }
  if (dice < 0.79) {
    world.pass(100 + Math.floor(random() * 2_500));
    return;
  }
  if (dice < 0.92) {
    world.connect(desk);
    return;
  }
  fault(world, desk);
}

function fault(world: World, desk: DeskHost): void {
  const { random } = world;
  const kinds = ['cut', 'desk commit', 'server commit', 'desk killed', 'server killed', 'duplicate', 'drop', 'malformed', 'flush'] as const;
  const kind = world.pick(kinds);
  const queue = random() < 0.5 ? desk.wire?.toServer : undefined;
  switch (kind) {
    case 'cut':
      world.cut(desk);
      break;
    case 'desk commit':
      desk.fate = world.pick(FATES) ?? 'ok';
      count(`desk ${desk.fate}`);
      break;
    case 'server commit':
      world.serverFate = world.pick(FATES) ?? 'ok';
      count(`server ${world.serverFate}`);
      break;
    case 'desk killed':
      world.restartDesk(desk);
      break;
    case 'server killed':
      world.restartServer();
      break;
    case 'duplicate': {
      const message = queue?.[0];
      if (message) queue?.unshift(message);
      break;
    }
    case 'drop':
      (queue ?? desk.wire?.toDesk)?.shift();
      break;
    case 'malformed':
      queue?.push({
        name: world.pick(['push', 'pull', 'hello', 'outcomesSeen', 'nonsense']) ?? 'push',
        body: { commands: [{ n: 'x' }] },
        ack: 1e9,
      });
      break;
    case 'flush':
      world.feedServer({ type: 'flush' });
      break;
  }
  if (kind) count(kind);
}

function run(seed: number): void {
  const world = new World(seed, 3);
  const watch = new Watch(world);
  try {
    watch.step();
    for (let index = 0; index < STEPS; index += 1) {
      step(world, watch);
      watch.step();
      if (index % 40 === 39) {
        watch.checkKept();
        for (const desk of world.desks) {
          checkDisk(desk);
          checkOverlay(world, desk);
        }
      }
    }
    world.heal();
    watch.step();
    checkConverged(world);
    for (let more = 0; more < 20; more += 1) {
      const desk = world.pick(world.desks);
      if (desk && world.random() < 0.8) act(world, desk);
      else if (desk) watch.dismiss(desk);
      watch.step();
    }
    world.heal();
    watch.step();
    checkConverged(world);
    watch.checkKept();
    watch.checkOutcomes();
    checkLog(world);
    for (const desk of world.desks) {
      checkDisk(desk);
      checkOverlay(world, desk);
    }
  } finally {
    world.close();
  }
}

describe('invariants 1, 3-7, 13 and 20 over random clinics with faults on both sides', () => {
  const first = Number(process.env.SYNC_SEED ?? 1);
  const seeds = process.env.SYNC_SEED ? 1 : SEEDS;
  test.each(Array.from({ length: seeds }, (_, index) => first + index))('seed %i', run);

  afterAll(() => {
    if (seeds === 1) return;
    const all = [
      'cut',
      'desk disk_full',
      'desk crash',
      'desk lost',
      'server disk_full',
      'server crash',
      'server lost',
      'desk killed',
      'server killed',
    ];
    for (const what of [...all, 'duplicate', 'drop', 'malformed', 'dismissed', 'outcome changed', 'outcome rejected']) {
      expect(seen.get(what) ?? 0, `the runs are not vacuous: ${what}`).toBeGreaterThanOrEqual(10);
    }
  });
});
