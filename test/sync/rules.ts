import { TABLES } from '@shared/domain/rows';
import type { SiteState } from '@shared/domain/state';
import { instant } from '@shared/domain/time';
import { decide } from '@shared/engine/decide';
import { layerOver } from '@shared/engine/rows';
import { serviceDayOf } from '@shared/engine/serviceDay';
import { genesisChain, nextChain, privateDigest } from '@shared/sync/chain';
import { applyChange } from '@shared/sync/confirmedRows';
import { expect } from 'vitest';
import { cursorOf, type DeskHost, type World } from './world';

/** Every row of a state, in an order of its own, for comparing states. */
export const rowsOf = (state: SiteState): Record<string, unknown[]> =>
  Object.fromEntries(TABLES.map((table) => [table, [...state.rows(table)].sort((a, b) => (a.id < b.id ? -1 : 1))]));

interface StoredLog {
  readonly seq: number;
  readonly replicaId: string;
  readonly n: number;
  readonly commandId: string;
  readonly deviceId: string;
  readonly receivedAt: number;
  readonly at: number;
  readonly command: string;
  readonly outcome: string;
  readonly chain: string;
}

/** Invariant 1 and 7: (replicaId, n) at most once, n gapless and in the order of the log, seq gapless, the chain recomputes. */
export function checkLog(world: World): void {
  const rows = world.serverDriver.prepare('SELECT * FROM log ORDER BY seq').all() as StoredLog[];
  const repeats = world.serverDriver.prepare('SELECT replicaId, n FROM logRepeats ORDER BY replicaId, n').all() as {
    replicaId: string;
    n: number;
  }[];
  const hidden = new Map(
    (world.serverDriver.prepare('SELECT * FROM privateRows').all() as { seq: number; salt: string; data: string }[]).map((row) => [
      row.seq,
      row,
    ]),
  );
  let chain = genesisChain(world.server.epoch);
  const lastN = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    expect(row.seq, 'invariant 1: seq is gapless').toBe(index + 1);
    const secret = hidden.get(row.seq);
    const { chain: stored, ...rest } = row;
    const hashed = {
      ...rest,
      command: JSON.parse(row.command),
      outcome: JSON.parse(row.outcome),
      status: undefined,
    } as unknown as Parameters<typeof nextChain>[1];
    chain = nextChain(chain, hashed, secret ? privateDigest(secret.salt, secret.data) : null);
    expect(stored, `invariant 1: the chain recomputes at ${row.seq}`).toBe(chain);
    const before = lastN.get(row.replicaId) ?? 0;
    const skipped = repeats.filter((repeat) => repeat.replicaId === row.replicaId && repeat.n > before && repeat.n < row.n).length;
    expect(row.n, 'invariants 1 and 7: n is gapless and in order per replica').toBe(before + skipped + 1);
    lastN.set(row.replicaId, row.n);
  }
  expect(rows.length, 'S4: rows, log and head were committed together').toBe(world.server.head);
}

/** Invariant 5: the overlay is the confirmed rows with the pending commands replayed, worked out from nothing. */
export function checkOverlay(world: World, desk: DeskHost): void {
  const { core } = desk;
  const { identity, pending } = core.status();
  const overlay = layerOver(core.confirmed);
  for (const command of pending) {
    const day = serviceDayOf(command.at, 'UTC', 0);
    const device = { id: identity.deviceId, name: identity.deviceName, letter: identity.letter };
    const { changes } = decide(overlay, command, {
      at: instant.parse(command.at),
      day,
      replicaId: identity.replicaId,
      device,
      referee: false,
      age: 0,
    });
    for (const change of changes) applyChange(overlay, change);
  }
  expect(rowsOf(core.state), `invariant 5: overlay of desk ${desk.index}`).toEqual(rowsOf(overlay));
  expect(world.desks).toContain(desk);
}

/** S4: what the core holds as confirmed is what is on the desk's disk. */
export function checkDisk(desk: DeskHost): void {
  const loaded = desk.store.load();
  const rows = Object.fromEntries(
    TABLES.map((table) => [table, (loaded?.rows ?? []).filter((row) => row.table === table && row.row !== null).map((row) => row.row)]),
  );
  for (const table of TABLES) rows[table]?.sort((a, b) => ((a?.id ?? '') < (b?.id ?? '') ? -1 : 1));
  expect(rowsOf(desk.core.confirmed), `S4: disk of desk ${desk.index}`).toEqual(rows);
  const applied = loaded?.applied[desk.core.status().identity.replicaId] ?? 0;
  expect(
    desk.core.status().pending.map((command) => command.id),
    'S3: pending is the outbox above applied',
  ).toEqual(loaded?.outbox.filter((command) => command.n > applied).map((command) => command.id));
}

/** Invariant 20: faults healed, every desk shows the server's rows and its outbox has nothing left to send. */
export function checkConverged(world: World): void {
  for (const desk of world.desks) {
    const { pending, connection } = desk.core.status();
    expect(
      { connection, pending: pending.length, reports: pending.length ? desk.reports.slice(-5) : [] },
      `invariant 20: desk ${desk.index}`,
    ).toEqual({ connection: 'online', pending: 0, reports: [] });
    expect(cursorOf(desk)?.seq, `invariant 20: cursor of desk ${desk.index}`).toBe(world.server.head);
    expect(rowsOf(desk.core.state), `invariant 20: rows of desk ${desk.index}`).toEqual(rowsOf(world.server.state));
  }
}
