import type { Instant } from '@shared/domain/time';
import { defaultProvider, defaultQueue } from '@shared/engine/defaults';
import { estimateAt, estimateInput, estimateQueue, estimateView } from '@shared/engine/estimate';
import { loadOf, queueSize } from '@shared/engine/load';
import { rank } from '@shared/engine/rank';
import { describe, expect, it } from 'vitest';
import { Clinic, minutesAfter, NINE, QUEUE_A, QUEUE_B, ROOM_1, ROOM_2, uuid } from './clinic';

function inputOf(clinic: Clinic, now: Instant = NINE) {
  const queue = clinic.rows.row('queues', QUEUE_A) ?? defaultQueue({ id: QUEUE_A, name: 'General', prefix: 'A' });
  return estimateInput(clinic.rows, queue, rank(queue, clinic.rows.openEntries(QUEUE_A), now), now);
}
/** A clinic whose only provider on duty is in room 1. */
function staffed(): Clinic {
  const clinic = new Clinic();
  clinic.must('configureProvider', {
    provider: { ...defaultProvider({ id: uuid(0x900), name: 'Dr. Aydin' }), status: 'available', servicePointId: ROOM_1 },
  });
  return clinic;
}
const serve = (clinic: Clinic, from: number, minutes: number) => {
  const { id } = clinic.add({}, { at: minutesAfter(from - 1) });
  clinic.must('startService', { entryId: id, servicePointId: ROOM_1 }, { at: minutesAfter(from) });
  if (minutes > 0) clinic.must('complete', { entryId: id }, { at: minutesAfter(from + minutes) });
};

describe('estimates', () => {
  it('engine.md, 4: with nobody on duty only the place is said', () => {
    const clinic = staffed();
    clinic.must('setProviderStatus', { providerId: uuid(0x900), status: 'break', servicePointId: ROOM_1, backAt: null });
    const { id } = clinic.add();
    expect(estimateQueue(inputOf(clinic)).get(id)).toEqual({ kind: 'place' });
  });

  it('engine.md, 3: the configured visit length, marked rough; whoever finds a free place is next', () => {
    const clinic = staffed();
    const first = clinic.add();
    const second = clinic.add();
    const estimates = estimateQueue(inputOf(clinic));
    expect(estimates.get(first.id)).toEqual({ kind: 'next' });
    expect(estimates.get(second.id)).toMatchObject({ kind: 'range', p50: 15, rough: true });
  });

  it('engine.md, 2: W from those ahead and the rest of the service under way', () => {
    const clinic = staffed();
    for (let n = 0; n < 30; n += 1) serve(clinic, n * 20 - 1_000, n % 2 === 0 ? 8 : 12);
    serve(clinic, -4, 0);
    const [first, second] = [clinic.add({}, { at: minutesAfter(-2) }), clinic.add({}, { at: minutesAfter(-1) })];
    const estimates = estimateQueue(inputOf(clinic));
    // the mean is 10: 6 remain of the one who is inside, and 10 more for the one ahead
    expect(estimates.get(first.id)).toMatchObject({ kind: 'range', p50: 6, rough: false });
    expect(estimates.get(second.id)).toMatchObject({ kind: 'range', p50: 16, rough: false });
    expect(estimateAt(inputOf(clinic), 5)).toMatchObject({ p50: 56 });
  });

  it('a second provider shortens the wait, a room shared with another queue lengthens it', () => {
    const clinic = staffed();
    serve(clinic, -1, 0);
    for (let n = 0; n < 4; n += 1) clinic.add();
    const p50 = () => {
      const estimate = estimateAt(inputOf(clinic), 3);
      return estimate.kind === 'range' ? estimate.p50 : 0;
    };
    const alone = p50();
    for (let n = 0; n < 4; n += 1) clinic.add({ queueId: QUEUE_B });
    expect(p50()).toBeGreaterThan(alone);
    const provider = {
      ...defaultProvider({ id: uuid(0x901), name: 'Dr. Vo' }),
      status: 'available' as const,
      servicePointId: ROOM_2,
      queueIds: [QUEUE_A],
    };
    clinic.must('configureProvider', { provider });
    expect(p50()).toBeLessThan(alone);
  });

  it('nobody ahead waits longer than somebody behind, and P90 is never under P50', () => {
    const clinic = staffed();
    serve(clinic, -1, 0);
    const input = inputOf(clinic);
    let last = -1;
    for (let ahead = 0; ahead < 20; ahead += 1) {
      const estimate = estimateAt(input, ahead);
      if (estimate.kind !== 'range') throw new Error('a range');
      expect(estimate.p50).toBeGreaterThan(last);
      expect(estimate.p90).toBeGreaterThan(estimate.p50);
      last = estimate.p50;
    }
  });

  it('is read in steps of 5 minutes', () => {
    expect(estimateView({ kind: 'range', p50: 23.4, p90: 36.1, rough: false })).toEqual({
      kind: 'range',
      about: 25,
      under: 40,
      rough: false,
    });
    expect(estimateView({ kind: 'range', p50: 0, p90: 1, rough: true })).toEqual({ kind: 'range', about: 5, under: 10, rough: true });
    expect(estimateView({ kind: 'next' })).toEqual({ kind: 'next' });
  });
});

describe('load', () => {
  it('engine.md: factor 1.0 below 0.5, 1.2 below 0.75, 1.5 below 0.9, else 2.0', () => {
    const queue = defaultQueue({ id: QUEUE_A, name: 'General', prefix: 'A', capacity: 100 });
    const at = (size: number) => loadOf(queue, size);
    expect([0, 49, 50, 74, 75, 89, 90, 130].map((size) => at(size)?.factor)).toEqual([1, 1, 1.2, 1.2, 1.5, 1.5, 2, 2]);
    expect(at(80)).toEqual({ utilization: 0.8, band: 'heavy', factor: 1.5 });
    expect(loadOf({ ...queue, capacity: null }, 5)).toBeNull();
  });

  it('a queue holds everyone whose service has not started', () => {
    const clinic = new Clinic();
    const [one, two] = [clinic.add(), clinic.add(), clinic.add()];
    clinic.must('startService', { entryId: one.id, servicePointId: ROOM_1 });
    clinic.must('call', { ...clinic.seen(two.id), servicePointId: ROOM_2 });
    expect(queueSize(clinic.rows, QUEUE_A)).toBe(2);
  });
});
