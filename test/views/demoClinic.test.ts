import { intent } from '@shared/domain/commands';
import { commandId, deviceId, replicaId } from '@shared/domain/ids';
import type { QueueEntry } from '@shared/domain/rows';
import type { WritableState } from '@shared/domain/state';
import type { Instant } from '@shared/domain/time';
import { decide } from '@shared/engine/decide';
import { createRows } from '@shared/engine/rows';
import { serviceDayOf } from '@shared/engine/serviceDay';
import { describe, expect, it } from 'vitest';
import { demoClinic } from '../../server/demo/demoClinic';
import { createIds, createRandom } from './seeds';

const MORNING = Date.UTC(2026, 10, 24, 10, 42) as Instant;

/** Gives the demo to a fresh site, as the server does, and collects what was not applied. */
const play = (now: Instant, zone: string, seed: number): { state: WritableState; refused: string[]; commands: number } => {
  const newId = createIds(seed);
  const commands = demoClinic({ now, zone, random: createRandom(seed), newId });
  const state = createRows();
  const replica = replicaId.parse(newId());
  const device = { id: deviceId.parse(newId()), name: 'Site', letter: '' };
  const refused: string[] = [];
  for (const { intent, at, actor } of commands) {
    const site = state.site();
    const day = serviceDayOf(at, site?.zone ?? zone, site?.dayStart ?? 0);
    const decision = decide(
      state,
      { ...intent, id: commandId.parse(newId()), at, actor, live: true },
      { at, day, replicaId: replica, device, referee: true, age: 0 },
    );
    if (decision.status !== 'applied') refused.push(`${intent.type}: ${decision.code}`);
    for (const { table, id, row } of decision.changes) {
      if (row) state.put(table, row);
      else state.remove(table, id);
    }
  }
  return { state, refused, commands: commands.length };
};

const countBy = (entries: readonly QueueEntry[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { status } of entries) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

describe('the demo clinic', () => {
  it.each([1, 2, 3, 4, 5])('is a morning that the real engine accepts without a refusal (seed %i)', (seed) => {
    const { state, refused } = play(MORNING, 'Europe/London', seed);
    expect(refused).toEqual([]);
    const entries = [...state.rows('entries')];
    const counts = countBy(entries);
    expect(counts['waiting']).toBeGreaterThanOrEqual(25);
    expect(counts['waiting']).toBeLessThanOrEqual(50);
    expect(counts['completed']).toBeGreaterThanOrEqual(60);
    expect(counts['in_service']).toBeGreaterThanOrEqual(4);
    expect(counts['called']).toBeGreaterThanOrEqual(1);
    expect(counts['on_hold']).toBeGreaterThanOrEqual(1);
    expect(counts['no_show']).toBeGreaterThanOrEqual(1);
    expect(entries.filter(({ status, priority }) => status === 'waiting' && priority === 'emergency').length).toBeLessThanOrEqual(1);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('leaves a doctor free for the next patient, and a call for the screens (seed %i)', (seed) => {
    const { state } = play(MORNING, 'Europe/London', seed);
    const [consultation] = [...state.rows('queues')].filter(({ prefix }) => prefix === 'A');
    const free = [...state.rows('servicePoints')].filter(
      (room) => consultation && room.queueIds.includes(consultation.id) && [...state.entriesAt(room.id)].length === 0,
    );
    const ready = free.filter((room) =>
      [...state.rows('providers')].some(({ servicePointId, status }) => servicePointId === room.id && status === 'available'),
    );
    expect(ready.length).toBeGreaterThanOrEqual(1);
    const called = [...state.rows('calls')].filter(({ standing, at }) => standing === 'open' && MORNING - at < 60_000);
    expect(called.length).toBeGreaterThanOrEqual(1);
  });

  it('fills no queue beyond its capacity and leaves nobody waiting for two hours', () => {
    const { state } = play(MORNING, 'Europe/London', 1);
    for (const queue of state.rows('queues')) {
      const open = [...state.openEntries(queue.id)];
      expect(open.filter(({ status }) => status !== 'in_service').length, queue.name).toBeLessThanOrEqual(queue.capacity ?? 0);
      for (const entry of open) expect(MORNING - entry.waitingSince).toBeLessThan(120 * 60_000);
    }
  });

  it('numbers the tickets of each queue in sequence, no two alike (S19)', () => {
    const { state } = play(MORNING, 'Europe/London', 2);
    for (const queue of state.rows('queues')) {
      const tickets = [...state.rows('entries')].filter(({ queueId }) => queueId === queue.id).sort((a, b) => a.arrivedAt - b.arrivedAt);
      expect(tickets.map(({ ticket }) => ticket)).toEqual(
        tickets.map((_, index) => `${queue.prefix}${String(index + 1).padStart(3, '0')}`),
      );
    }
  });

  it('expects appointments later, gives every queue, room and message its Arabic, and hides some names', () => {
    const { state } = play(MORNING, 'Europe/London', 3);
    const later = [...state.rows('appointments')].filter((appointment) => appointment.status === 'booked' && appointment.at > MORNING);
    expect(later.length).toBeGreaterThanOrEqual(5);
    for (const row of [...state.rows('queues'), ...state.rows('servicePoints'), ...state.rows('pools')])
      expect(row.translations.ar, row.name).toMatch(/\p{Script=Arabic}/u);
    for (const message of state.site()?.ticker ?? []) expect(message.ar).toMatch(/\p{Script=Arabic}/u);
    const patients = [...state.rows('patients')];
    expect(patients.some(({ hideName }) => hideName)).toBe(true);
    expect(patients.some(({ name }) => /\p{Script=Arabic}/u.test(name))).toBe(true);
    expect(new Set(patients.map(({ name }) => name)).size).toBe(patients.length);
  });

  it('fits into one service day at any hour, also around changes of the clock', () => {
    const moments = [
      ...Array.from({ length: 24 }, (_, hour) => Date.UTC(2026, 10, 24, hour, 17)),
      Date.UTC(2026, 9, 25, 1, 30),
      Date.UTC(2026, 9, 25, 3, 10),
      Date.UTC(2026, 2, 29, 3, 30),
    ];
    for (const moment of moments) {
      const { state, refused } = play(moment as Instant, 'Europe/London', 4);
      expect(refused).toEqual([]);
      expect(new Set([...state.rows('entries')].map(({ day }) => day)).size, new Date(moment).toISOString()).toBe(1);
    }
  });

  it('is the same for the same randomness, in the order of time, and all in the past', () => {
    const once = demoClinic({ now: MORNING, zone: 'UTC', random: createRandom(9), newId: createIds(9) });
    expect(demoClinic({ now: MORNING, zone: 'UTC', random: createRandom(9), newId: createIds(9) })).toEqual(once);
    expect(once.map(({ at }) => at)).toEqual(once.map(({ at }) => at).toSorted((a, b) => a - b));
    for (const { at } of once) expect(at).toBeLessThanOrEqual(MORNING);
    for (const command of once) expect(intent.safeParse(command.intent).success, command.intent.type).toBe(true);
  });
});
