import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MAX_SNAPSHOT_ROWS } from '@shared/sync/messages';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkConverged, checkLog } from './rules';
import { cursorOf, type DeskHost, World } from './world';

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

const entries = (): number => [...world.server.state.rows('entries')].length;
describe('catching up', () => {
  test('S10: costs rows and not history: a row changed a hundred times comes once', () => {
    world.cut(second);
    const provider = {
      id: world.newId() as never,
      name: 'Dr Lee',
      translations: {},
      status: 'off' as const,
      servicePointId: null,
      queueIds: [],
      backAt: null,
    };
    for (let version = 0; version < 100; version += 1)
      world.site({ type: 'configureProvider', args: { provider: { ...provider, version } } });
    expect(world.server.state.row('providers', provider.id)?.version).toBe(100);
    world.connect(second);
    world.deliver(second, 'toServer');
    const deltas = second.wire?.toDesk.filter((message) => message.kind === 'message' && message.name === 'delta') ?? [];
    expect(deltas).toHaveLength(1);
    expect(deltas[0]?.body).toMatchObject({ changes: [{ table: 'providers', row: { version: 100 } }] });
    world.heal();
    checkConverged(world);
  });

  test('S10: a snapshot comes in parts of at most 500 rows and is swapped in one commit', () => {
    world.cut(first);
    for (let index = 0; index < 300; index += 1) world.addPatient(first);
    world.heal();
    const third = world.addDesk();
    world.connect(third);
    world.deliver(third, 'toServer');
    const parts = third.wire?.toDesk.filter((message) => message.kind === 'message' && message.name === 'snapshotPart') ?? [];
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) expect((part.body as { changes: unknown[] }).changes.length).toBeLessThanOrEqual(MAX_SNAPSHOT_ROWS);
    for (let part = 0; part < parts.length; part += 1) {
      expect(cursorOf(third)).toBeNull();
      expect([...third.core.confirmed.rows('entries')]).toHaveLength(0);
      world.deliver(third, 'toDesk');
    }
    world.deliver(third, 'toDesk');
    expect([...third.core.confirmed.rows('entries')]).toHaveLength(300);
    world.heal();
    checkConverged(world);
  });

  test('S10: a long delta comes in several and is applied as one', () => {
    world.cut(first);
    for (let index = 0; index < 300; index += 1) world.addPatient(first);
    world.cut(second);
    world.connect(first);
    for (let turn = 0; turn < 50; turn += 1) {
      world.deliver(first, 'toServer');
      world.deliver(first, 'toDesk');
    }
    const before = cursorOf(second)?.seq;
    world.connect(second);
    world.deliver(second, 'toServer');
    const deltas = second.wire?.toDesk.filter((message) => message.kind === 'message' && message.name === 'delta').length ?? 0;
    expect(deltas).toBeGreaterThan(1);
    world.deliver(second, 'toDesk');
    world.deliver(second, 'toDesk');
    expect(cursorOf(second)?.seq).toBe(before);
    world.heal();
    checkConverged(world);
  });

  test('S8: a restored backup is recovered from: desks bring back what it lacks, and keep a copy of what they had', () => {
    world.addPatient(first);
    world.heal();
    const backup = join(world.folder, 'backup.db');
    world.serverDriver.prepare('VACUUM INTO ?').run(backup);
    world.addPatient(first);
    world.addPatient(second, 1);
    world.heal();
    expect(entries()).toBe(3);
    world.replaceServerFile((file) => copyFileSync(backup, file));
    expect(entries()).toBe(1);
    world.addPatient(first);
    world.heal();
    checkConverged(world);
    checkLog(world);
    expect(entries()).toBe(4);
    expect(readdirSync(world.folder).filter((name) => name.includes('before-recovery'))).toHaveLength(2);
  });
});
