import type { EntryId } from '@shared/domain/ids';
import type { Queue, QueueEntry } from '@shared/domain/rows';
import type { Instant } from '@shared/domain/time';
import { defaultQueue } from '@shared/engine/defaults';
import { rank } from '@shared/engine/rank';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, minutesAfter, NINE, QUEUE_A, uuid } from './clinic';

const queue = (change: Partial<Queue> = {}): Queue => ({ ...defaultQueue({ id: QUEUE_A, name: 'General', prefix: 'A' }), ...change });

/** A waiting entry that arrived so many minutes before nine. */
function waiting(number: number, waited: number, change: Partial<QueueEntry> = {}): QueueEntry {
  const since = minutesAfter(-waited);
  return {
    id: uuid<EntryId>(number),
    visitId: uuid(number),
    patientId: uuid(number),
    queueId: QUEUE_A,
    day: DAY,
    ticket: `A${number}`,
    link: '',
    priority: 'routine',
    status: 'waiting',
    arrivedAt: since,
    waitingSince: since,
    appointmentId: null,
    appointmentAt: null,
    notes: '',
    meetingLink: null,
    place: null,
    servicePointId: null,
    providerId: null,
    ownerDeviceId: null,
    calledAt: null,
    startedAt: null,
    endedAt: null,
    calls: 0,
    estimate: null,
    transitionId: uuid(number),
    flag: null,
    version: 1,
    ...change,
  };
}

const order = (rows: readonly QueueEntry[], of: Queue = queue(), now: Instant = NINE) =>
  rank(of, rows, now).map(({ entry }) => entry.ticket);
const partsOf = (row: QueueEntry, of: Queue = queue(), now: Instant = NINE) => rank(of, [row], now)[0]?.parts;

const anyEntry = fc.record({
  waited: fc.integer({ min: 0, max: 240 }),
  priority: fc.constantFrom('routine', 'standard', 'urgent', 'very_urgent', 'emergency', 'abolished'),
  appointment: fc.option(fc.integer({ min: -120, max: 120 })),
});
const anyEntries = fc
  .array(anyEntry, { maxLength: 40 })
  .map((drawn) =>
    drawn.map(({ waited, priority, appointment }, index) =>
      waiting(index + 1, waited, { priority, appointmentAt: appointment === null ? null : minutesAfter(appointment) }),
    ),
  );
const anyQueue = fc.record({
  mode: fc.constantFrom<'score' | 'fifo'>('score', 'fifo'),
  maximumWait: fc.constantFrom(null, 30, 90),
  weights: fc.record({
    priority: fc.double({ min: 0, max: 1, noNaN: true }),
    waited: fc.constantFrom(0, 0.05, 0.3, 1),
    appointment: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
});

describe('the score in minutes of head start', () => {
  it('engine.md: by default one of five levels is 25 minutes, lowest to highest 100, an appointment 40', () => {
    const minutes = ['routine', 'standard', 'urgent', 'very_urgent', 'emergency'].map(
      (priority) => partsOf(waiting(1, 0, { priority }))?.priority,
    );
    expect(minutes).toEqual([0, 25, 50, 75, 100]);
    expect(partsOf(waiting(1, 0, { appointmentAt: NINE }))?.appointment).toBe(40);
  });

  it('orders by the sum, and says why', () => {
    const rows = [
      waiting(1, 48, { priority: 'urgent' }),
      waiting(2, 89),
      waiting(3, 60, { appointmentAt: NINE, priority: 'standard' }),
      waiting(4, 0, { priority: 'very_urgent' }),
    ];
    // 98, 89, 30 (since the window opened) + 40 + 25 = 95, 75
    expect(order(rows)).toEqual(['A1', 'A3', 'A2', 'A4']);
    expect(rank(queue(), rows, NINE)[0]).toMatchObject({
      position: 1,
      band: 2,
      parts: { priority: 50, waited: 48, appointment: 0, sum: 98 },
      reasons: [
        { kind: 'priority', key: 'urgent', minutes: 50 },
        { kind: 'waited', minutes: 48 },
      ],
    });
  });

  it('never caps the time waited', () => {
    expect(partsOf(waiting(1, 600), queue({ maximumWait: null }))?.waited).toBe(600);
  });

  it('orders alike for any multiple of the same weights', () => {
    fc.assert(
      fc.property(anyEntries, fc.double({ min: 0.2, max: 1, noNaN: true }), (rows, factor) => {
        const { priority, waited, appointment } = queue().weights;
        const scaled = queue({ weights: { priority: priority * factor, waited: waited * factor, appointment: appointment * factor } });
        expect(order(rows, scaled)).toEqual(order(rows));
      }),
      { seed: 1 },
    );
  });

  it('with no weight on waiting is strict priority, longest wait first', () => {
    const strict = queue({ weights: { priority: 1, waited: 0, appointment: 0 }, maximumWait: null });
    expect(
      order([waiting(1, 80), waiting(2, 5, { priority: 'standard' }), waiting(3, 9, { priority: 'standard' }), waiting(4, 90)], strict),
    ).toEqual(['A3', 'A2', 'A4', 'A1']);
  });

  it('ties: arrival, then id', () => {
    const early = waiting(9, 10, { arrivedAt: minutesAfter(-20) });
    expect(order([waiting(3, 10), waiting(2, 10), early])).toEqual(['A9', 'A2', 'A3']);
  });
});

describe('appointments', () => {
  it('rise over the window and stay; early birds win nothing', () => {
    const at = (minutes: number) => partsOf(waiting(1, 120, { appointmentAt: minutesAfter(minutes) }));
    // the window is 30 minutes: waiting counts from its opening
    expect(at(60)).toMatchObject({ waited: 0, appointment: 0 });
    expect(at(15)).toMatchObject({ waited: 15, appointment: 20 });
    expect(at(0)).toMatchObject({ waited: 30, appointment: 40 });
    expect(at(-60)).toMatchObject({ waited: 90, appointment: 40 });
  });

  it('late within the grace keeps the appointment; beyond it waits from check-in without', () => {
    const late = (minutes: number) => partsOf(waiting(1, 10, { appointmentAt: minutesAfter(-10 - minutes) }));
    expect(late(15)).toMatchObject({ waited: 10, appointment: 40 });
    expect(late(16)).toMatchObject({ waited: 10, appointment: 0 });
    const ranked = rank(queue(), [waiting(1, 10, { appointmentAt: minutesAfter(-60) })], NINE)[0];
    expect(ranked?.reasons).toContainEqual({ kind: 'appointment', at: minutesAfter(-60), minutes: 0, late: true });
  });
});

describe('emergencies and the maximum wait', () => {
  it('emergencies stand above everyone, however long the others have waited', () => {
    expect(order([waiting(1, 500), waiting(2, 0, { priority: 'emergency' }), waiting(3, 5, { priority: 'emergency' })])).toEqual([
      'A3',
      'A2',
      'A1',
    ]);
    expect(order([waiting(1, 500), waiting(2, 0, { priority: 'emergency' })], queue({ mode: 'fifo' }))).toEqual(['A2', 'A1']);
  });

  it('who has waited longer than the limit goes ahead, also by the level’s own limit', () => {
    const rows = [waiting(1, 91), waiting(2, 60, { priority: 'urgent' })];
    expect(order(rows)).toEqual(['A1', 'A2']);
    expect(order(rows, queue({ maximumWait: null }))).toEqual(['A2', 'A1']);
    expect(rank(queue(), rows, NINE)[0]).toMatchObject({
      band: 1,
      reasons: [
        { kind: 'over_maximum', limit: 90 },
        { kind: 'waited', minutes: 91 },
      ],
    });
    const priorities = queue().priorities.map((level) => (level.key === 'routine' ? { ...level, maximumWait: 120 } : level));
    expect(order(rows, queue({ priorities }))).toEqual(['A2', 'A1']);
  });

  it('but never ahead of a clinically urgent patient whom the score puts first', () => {
    const rows = [
      waiting(1, 91),
      waiting(2, 30, { priority: 'very_urgent' }),
      waiting(3, 60, { priority: 'urgent' }),
      waiting(4, 45, { priority: 'urgent' }),
    ];
    // by score: A3 110, A2 105, A4 95, A1 91
    expect(order(rows)).toEqual(['A3', 'A2', 'A1', 'A4']);
    fc.assert(
      fc.property(anyEntries, fc.constantFrom(30, 60, 90), (drawn, maximumWait) => {
        const urgent = new Set(queue().priorities.flatMap((level) => (level.clinicallyUrgent ? [level.key] : [])));
        const without = rank(queue({ maximumWait: null }), drawn, NINE);
        const place = new Map(rank(queue({ maximumWait }), drawn, NINE).map(({ entry, position }) => [entry.id, position]));
        for (const [index, { entry: first }] of without.entries()) {
          if (!urgent.has(first.priority)) continue;
          for (const { entry: later } of without.slice(index + 1)) {
            if (!urgent.has(later.priority)) expect(place.get(first.id)).toBeLessThan(place.get(later.id) ?? 0);
          }
        }
      }),
      { seed: 2 },
    );
  });
});

describe('a manual place', () => {
  it('keeps an entry beside where its anchor stands, before or behind, as time passes', () => {
    const rows = [waiting(1, 70), waiting(2, 50), waiting(3, 30, { priority: 'standard' })];
    const anchor = rank(queue(), rows, NINE).find(({ entry }) => entry.ticket === 'A2');
    if (!anchor) throw new Error('A2 waits');
    const placed = (offset: number) =>
      waiting(4, 1, { place: { anchorTicket: 'A2', by: 'Ada', at: NINE, band: anchor.band, minutes: anchor.minutes, offset } });
    for (const minutes of [0, 1, 7.3, 33]) {
      const now = minutesAfter(minutes);
      expect(order([...rows, placed(1)], queue({ maximumWait: null }), now)).toEqual(['A1', 'A3', 'A2', 'A4']);
      expect(order([...rows, placed(-1)], queue({ maximumWait: null }), now)).toEqual(['A1', 'A3', 'A4', 'A2']);
    }
    // it survives the anchor's call
    expect(order([rows[0] as QueueEntry, rows[2] as QueueEntry, placed(1)])).toEqual(['A1', 'A3', 'A4']);
    expect(rank(queue(), [placed(1)], NINE)[0]?.reasons[0]).toEqual({
      kind: 'manual',
      anchorTicket: 'A2',
      by: 'Ada',
      at: NINE,
      before: false,
    });
  });
});

describe('modes', () => {
  it('FIFO is the order of waiting and has no parts', () => {
    const fifo = queue({ mode: 'fifo' });
    const ranked = rank(fifo, [waiting(1, 5, { priority: 'very_urgent' }), waiting(2, 9)], NINE);
    expect(ranked.map(({ entry }) => entry.ticket)).toEqual(['A2', 'A1']);
    expect(ranked[0]).toMatchObject({ parts: null, reasons: [{ kind: 'fifo' }, { kind: 'waited', minutes: 9 }] });
  });

  it('with auto-reposition off, positionedAt stands in for now', () => {
    const rows = [waiting(1, 30, { appointmentAt: minutesAfter(40) }), waiting(2, 20)];
    const fixed = queue({ autoReposition: false, positionedAt: NINE });
    expect(order(rows, fixed, minutesAfter(60))).toEqual(order(rows, queue(), NINE));
    expect(order(rows, queue(), minutesAfter(60))).not.toEqual(order(rows, queue(), NINE));
  });
});

describe('order as a function of rows and time', () => {
  it('invariant 11: does not depend on the order of the rows, names everyone who waits once', () => {
    fc.assert(
      fc.property(
        anyQueue,
        anyEntries.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))),
        (settings, [rows, shuffled]) => {
          const of = queue(settings);
          const ranked = rank(of, rows, NINE);
          expect(order(shuffled, of)).toEqual(order(rows, of));
          expect(ranked.map(({ position }) => position)).toEqual(rows.map((_, index) => index + 1));
          expect(new Set(ranked.map(({ entry }) => entry.id))).toEqual(new Set(rows.map(({ id }) => id)));
        },
      ),
      { seed: 3 },
    );
  });

  it('leaves out who does not wait', () => {
    expect(order([waiting(1, 5, { status: 'called' }), waiting(2, 1), waiting(3, 9, { status: 'on_hold' })])).toEqual(['A2']);
  });
});
