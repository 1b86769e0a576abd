import { describe, expect, it } from 'vitest';
import { Clinic, DESK_1, DESK_2, deskOf, minutesAfter, QUEUE_A, QUEUE_B, ROOM_1, ROOM_2, type ROOMS, uuid } from './clinic';
import { openCallsOf } from './invariants';

/** The conflict table of sync.md, one row each: what two desks did, judged by the referee in the order of arrival. */

const offline = { live: false } as const;

describe('a call is a claim', () => {
  it('product.md: 50 live desks pressing call next at once, 1,000 times: nobody is called twice', () => {
    const desks = Array.from({ length: 50 }, (_, index) => deskOf(index + 1));
    const clinic = new Clinic(desks);
    const rooms = desks.map((_, index) => uuid<(typeof ROOMS)[number]>(0xd00 + index));
    for (const id of rooms) {
      clinic.must('configureServicePoint', {
        servicePoint: { id, name: 'Room', translations: {}, kind: 'room', queueIds: [], capacity: 1_000, sort: 0, version: 0 },
      });
    }
    const entries = Array.from({ length: 1_000 }, () => clinic.add());
    const called = new Map<string, number>();
    const pressed = new Map<string, number>();
    // in each round every desk has seen the same patient at the top, and all press before hearing of each other
    while (called.size < entries.length) {
      const seen = entries.find((entry) => !called.has(entry.id));
      if (!seen) break;
      for (const [index, desk] of desks.entries()) {
        const decision = clinic.run(
          'callNext',
          { entryId: seen.id, version: seen.version, queueId: QUEUE_A, servicePointId: rooms[index] as (typeof ROOMS)[number] },
          { desk },
        );
        pressed.set(decision.code, (pressed.get(decision.code) ?? 0) + 1);
        for (const change of decision.changes)
          if (change.table === 'calls' && change.row) called.set(change.row.entryId, (called.get(change.row.entryId) ?? 0) + 1);
      }
    }
    expect([...called.values()].filter((count) => count > 1)).toEqual([]);
    expect(called.size).toBe(1_000);
    expect(pressed.get('ok')).toBe(20);
    expect(pressed.get('next_was_taken')).toBe(980);
  });

  it('both live: the loser gets the next patient and hears who has the first', () => {
    const clinic = new Clinic();
    const first = clinic.add();
    const second = clinic.add();
    clinic.must('callNext', { ...clinic.seen(first.id), queueId: QUEUE_A, servicePointId: ROOM_1 }, { desk: DESK_1, at: minutesAfter(5) });
    const loser = clinic.run(
      'callNext',
      { entryId: first.id, version: first.version, queueId: QUEUE_A, servicePointId: ROOM_2 },
      { desk: DESK_2, at: minutesAfter(5) },
    );
    expect(loser).toMatchObject({
      status: 'changed',
      code: 'next_was_taken',
      detail: {
        ticket: first.ticket,
        byDevice: 'Desk 1',
        servicePoint: 'Room 1',
        at: minutesAfter(5),
        insteadEntryId: second.id,
        insteadTicket: second.ticket,
      },
    });
    expect(clinic.entry(first.id)).toMatchObject({ status: 'called', ownerDeviceId: DESK_1.device.id, servicePointId: ROOM_1 });
    expect(clinic.entry(second.id)).toMatchObject({ status: 'called', ownerDeviceId: DESK_2.device.id, servicePointId: ROOM_2 });
  });

  it('with nobody else waiting the live loser is refused', () => {
    const clinic = new Clinic();
    const only = clinic.add();
    clinic.must('call', { ...clinic.seen(only.id), servicePointId: ROOM_1 }, { desk: DESK_1 });
    const decision = clinic.run(
      'callNext',
      { entryId: only.id, version: only.version, queueId: QUEUE_A, servicePointId: ROOM_2 },
      { desk: DESK_2 },
    );
    expect(decision).toMatchObject({ status: 'rejected', code: 'nobody_waiting', changes: [] });
  });

  it.each([
    ['one was offline', { live: false, age: 60_000 }],
    ['one was spoken after 3 s without an outcome', { live: true, age: 3_000 }],
  ])('%s: never re-picked, the call is kept and marked lost', (_, manner) => {
    const clinic = new Clinic();
    const first = clinic.add();
    clinic.add();
    clinic.must('call', { ...clinic.seen(first.id), servicePointId: ROOM_1 }, { desk: DESK_1, at: minutesAfter(2) });
    const decision = clinic.run(
      'callNext',
      { entryId: first.id, version: first.version, queueId: QUEUE_A, servicePointId: ROOM_2 },
      { desk: DESK_2, ...manner },
    );
    expect(decision).toMatchObject({
      status: 'changed',
      code: 'already_called',
      detail: { ticket: first.ticket, byDevice: 'Desk 1', at: minutesAfter(2), servicePoint: 'Room 1', servicePointId: ROOM_1 },
    });
    expect([...clinic.rows.callsOf(first.id)].map(({ deviceId, standing }) => [deviceId, standing])).toEqual([
      [DESK_1.device.id, 'open'],
      [DESK_2.device.id, 'lost'],
    ]);
    expect(clinic.entry(first.id).ownerDeviceId).toBe(DESK_1.device.id);
  });

  it('a live call of an entry that changed since it was seen is refused and says so', () => {
    const clinic = new Clinic();
    const entry = clinic.add();
    clinic.must('setPriority', { ...clinic.seen(entry.id), priority: 'urgent', reason: '' });
    expect(clinic.run('call', { entryId: entry.id, version: entry.version, servicePointId: ROOM_1 })).toMatchObject({
      status: 'rejected',
      code: 'stale_version',
      changes: [],
    });
  });

  it('an occupied room refuses, and names who is there', () => {
    const clinic = new Clinic();
    const [first, second] = [clinic.add(), clinic.add()];
    clinic.must('call', { ...clinic.seen(first.id), servicePointId: ROOM_1 });
    expect(clinic.run('call', { ...clinic.seen(second.id), servicePointId: ROOM_1 })).toMatchObject({
      status: 'rejected',
      code: 'service_point_busy',
      detail: { ticket: first.ticket, servicePoint: 'Room 1', limit: 1 },
    });
  });

  it('a room that does not serve the queue refuses', () => {
    const clinic = new Clinic();
    const room = clinic.rows.row('servicePoints', ROOM_1);
    clinic.must('configureServicePoint', { servicePoint: { ...(room as NonNullable<typeof room>), queueIds: [QUEUE_B] } });
    const entry = clinic.add();
    expect(clinic.run('call', { ...clinic.seen(entry.id), servicePointId: ROOM_1 }).code).toBe('service_point_not_allowed');
  });
});

describe('both desks had the same patient', () => {
  /** Desk 1 called first by the server's order; desk 2 had called offline, too. */
  const bothCalled = () => {
    const clinic = new Clinic();
    const entry = clinic.add();
    clinic.must('call', { ...clinic.seen(entry.id), servicePointId: ROOM_1 }, { desk: DESK_1, at: minutesAfter(10) });
    clinic.run(
      'call',
      { entryId: entry.id, version: entry.version, servicePointId: ROOM_2 },
      { desk: DESK_2, at: minutesAfter(8), ...offline },
    );
    return { clinic, id: entry.id };
  };

  it('a started service beats a bare call; the start and completion behind a lost call stand', () => {
    const { clinic, id } = bothCalled();
    clinic.must('startService', { entryId: id, servicePointId: ROOM_2 }, { desk: DESK_2, at: minutesAfter(9), ...offline });
    expect(clinic.entry(id)).toMatchObject({
      status: 'in_service',
      ownerDeviceId: DESK_2.device.id,
      servicePointId: ROOM_2,
      calledAt: minutesAfter(8),
      startedAt: minutesAfter(9),
    });
    expect([...clinic.rows.callsOf(id)].every(({ standing }) => standing === 'closed')).toBe(true);
    clinic.must('complete', { entryId: id }, { desk: DESK_2, at: minutesAfter(20), ...offline });
    expect(clinic.entry(id)).toMatchObject({ status: 'completed', endedAt: minutesAfter(20) });
    expect(openCallsOf(clinic.rows, id)).toEqual([]);
    expect([...clinic.rows.callsOf(id)].every(({ standing }) => standing === 'closed')).toBe(true);
    expect(clinic.noticesFor(DESK_1).map(({ code, detail }) => [code, detail.byDevice])).toEqual([['served_elsewhere', 'Desk 2']]);
    expect(clinic.noticesFor(DESK_2)).toEqual([]);
  });

  it('both started: the first service stays the entry’s own, the second is kept beside it and flagged', () => {
    const { clinic, id } = bothCalled();
    clinic.must('startService', { entryId: id, servicePointId: ROOM_1 }, { desk: DESK_1, at: minutesAfter(11) });
    const second = clinic.run('startService', { entryId: id, servicePointId: ROOM_2 }, { desk: DESK_2, at: minutesAfter(9), ...offline });
    expect(second).toMatchObject({ status: 'changed', code: 'both_started', detail: { byDevice: 'Desk 1', servicePoint: 'Room 1' } });
    clinic.must('complete', { entryId: id }, { desk: DESK_2, at: minutesAfter(15), ...offline });
    expect(clinic.entry(id)).toMatchObject({
      status: 'in_service',
      ownerDeviceId: DESK_1.device.id,
      servicePointId: ROOM_1,
      startedAt: minutesAfter(11),
      flag: 'both_started',
    });
    expect(clinic.noticesFor(DESK_1).map(({ code }) => code)).toEqual(['both_started']);
    clinic.must('complete', { entryId: id }, { desk: DESK_1, at: minutesAfter(25) });
    expect(clinic.entry(id)).toMatchObject({ status: 'completed', endedAt: minutesAfter(25), servicePointId: ROOM_1 });
    const kept = [...clinic.rows.transitionsOf(id)].filter(({ deviceId }) => deviceId === DESK_2.device.id);
    expect(kept.map(({ verb, at }) => [verb, at])).toEqual([
      ['startService', minutesAfter(9)],
      ['complete', minutesAfter(15)],
    ]);
  });

  it('the first had completed already when the second’s whole service arrives', () => {
    const { clinic, id } = bothCalled();
    clinic.must('startService', { entryId: id, servicePointId: ROOM_1 }, { desk: DESK_1, at: minutesAfter(11) });
    clinic.must('complete', { entryId: id }, { desk: DESK_1, at: minutesAfter(20) });
    expect(clinic.run('startService', { entryId: id, servicePointId: ROOM_2 }, { desk: DESK_2, ...offline }).code).toBe('both_started');
    expect(clinic.run('complete', { entryId: id }, { desk: DESK_2, ...offline }).code).toBe('ok');
    expect(clinic.entry(id)).toMatchObject({
      status: 'completed',
      endedAt: minutesAfter(20),
      servicePointId: ROOM_1,
      flag: 'both_started',
    });
  });

  it.each(['markNoShow', 'markLeft'] as const)('a %s of the loser leaves the winner’s call alone', (verb) => {
    const { clinic, id } = bothCalled();
    const before = clinic.entry(id);
    expect(clinic.run(verb, { entryId: id }, { desk: DESK_2, ...offline })).toMatchObject({ status: 'changed', code: 'already_called' });
    expect(clinic.entry(id)).toEqual(before);
    expect([...clinic.rows.callsOf(id)].map(({ standing }) => standing)).toEqual(['open', 'closed']);
  });

  it('a completion of the loser does not end the winner’s service', () => {
    const { clinic, id } = bothCalled();
    clinic.must('startService', { entryId: id, servicePointId: ROOM_1 }, { desk: DESK_1, at: minutesAfter(11) });
    const before = clinic.entry(id);
    expect(clinic.run('complete', { entryId: id }, { desk: DESK_2, ...offline })).toMatchObject({
      status: 'changed',
      code: 'served_elsewhere',
    });
    expect(clinic.entry(id)).toEqual(before);
  });

  it('take over moves the patient and tells the other desk; let go leaves them', () => {
    const { clinic, id } = bothCalled();
    const owned = clinic.entry(id);
    clinic.must('letGo', { entryId: id }, { desk: DESK_2 });
    expect(clinic.entry(id)).toEqual(owned);
    expect([...clinic.rows.callsOf(id)].map(({ standing }) => standing)).toEqual(['open', 'closed']);

    const taken = clinic.must('takeOver', { ...clinic.seen(id), servicePointId: ROOM_2 }, { desk: DESK_2, at: minutesAfter(12) });
    expect(taken.status).toBe('applied');
    expect(clinic.entry(id)).toMatchObject({ status: 'called', ownerDeviceId: DESK_2.device.id, servicePointId: ROOM_2 });
    expect(openCallsOf(clinic.rows, id)).toHaveLength(1);
    expect(clinic.noticesFor(DESK_1).map(({ code }) => code)).toEqual(['taken_over']);
  });

  it('a lost call that was never answered does not bar a desk from a patient who waits again', () => {
    const { clinic, id } = bothCalled();
    clinic.must('returnToQueue', { ...clinic.seen(id), reason: '' }, { desk: DESK_1 });
    clinic.must('hold', { ...clinic.seen(id), reason: '' }, { desk: DESK_2 });
    expect(clinic.entry(id).status).toBe('on_hold');
  });

  it('a second desk that only helps is no rival: it completes and starts without a notice', () => {
    const clinic = new Clinic();
    const entry = clinic.add();
    clinic.must('call', { ...clinic.seen(entry.id), servicePointId: ROOM_1 }, { desk: DESK_1 });
    clinic.must('startService', { entryId: entry.id, servicePointId: ROOM_1 }, { desk: DESK_2 });
    clinic.must('complete', { entryId: entry.id }, { desk: DESK_1 });
    expect(clinic.entry(entry.id)).toMatchObject({ status: 'completed', flag: null });
    expect([...clinic.rows.rows('notices')]).toEqual([]);
  });
});

describe('removed on one desk', () => {
  it('removed vs called, not started: the removal wins and the caller is told', () => {
    const clinic = new Clinic();
    const entry = clinic.add();
    clinic.must('call', { ...clinic.seen(entry.id), servicePointId: ROOM_1 }, { desk: DESK_1 });
    clinic.must('remove', { entryId: entry.id, version: entry.version, reason: 'left' }, { desk: DESK_2, ...offline });
    expect(clinic.entry(entry.id)).toMatchObject({ status: 'entered_in_error', servicePointId: null });
    expect(openCallsOf(clinic.rows, entry.id)).toEqual([]);
    expect(clinic.noticesFor(DESK_1).map(({ code }) => code)).toEqual(['removed_elsewhere']);
  });

  it('… in the other order: the call is kept, marked lost', () => {
    const clinic = new Clinic();
    const entry = clinic.add();
    clinic.must('remove', { ...clinic.seen(entry.id), reason: 'left' }, { desk: DESK_2 });
    expect(
      clinic.run('call', { entryId: entry.id, version: entry.version, servicePointId: ROOM_1 }, { desk: DESK_1, ...offline }),
    ).toMatchObject({
      status: 'changed',
      code: 'already_ended',
      detail: { byDevice: 'Desk 2', status: 'entered_in_error' },
    });
    expect(clinic.entry(entry.id).status).toBe('entered_in_error');
  });

  it.each(['remove', 'cancel'] as const)('%s and completed: completed wins in either order', (verb) => {
    const served = (clinic: Clinic, id: ReturnType<Clinic['add']>['id'], version: number) => {
      clinic.run('call', { entryId: id, version, servicePointId: ROOM_1 }, { desk: DESK_1, ...offline });
      clinic.run('startService', { entryId: id, servicePointId: ROOM_1 }, { desk: DESK_1, ...offline });
      clinic.run('complete', { entryId: id }, { desk: DESK_1, ...offline });
    };
    const removedFirst = new Clinic();
    const one = removedFirst.add();
    removedFirst.must(verb, { ...removedFirst.seen(one.id), reason: '' }, { desk: DESK_2 });
    served(removedFirst, one.id, one.version);
    expect(removedFirst.entry(one.id).status).toBe('completed');
    expect(removedFirst.noticesFor(DESK_2).map(({ code }) => code)).toEqual(['served_elsewhere']);

    const servedFirst = new Clinic();
    const other = servedFirst.add();
    served(servedFirst, other.id, other.version);
    expect(servedFirst.run(verb, { entryId: other.id, version: other.version, reason: '' }, { desk: DESK_2, ...offline })).toMatchObject({
      status: 'rejected',
      code: 'already_ended',
    });
    expect(servedFirst.entry(other.id).status).toBe('completed');
  });
});

describe('both added', () => {
  it('the same record number: one turn from the earlier arrival, both tickets valid, later commands find it', () => {
    const clinic = new Clinic();
    const first = clinic.add({ patient: { ...clinic.arrival().patient, mrn: 'M-1' } }, { desk: DESK_1, at: minutesAfter(30) });
    const args = clinic.arrival({ patient: { ...clinic.arrival().patient, mrn: 'M-1' } }, DESK_2);
    const merged = clinic.run('addToQueue', args, { desk: DESK_2, at: minutesAfter(20), ...offline });
    expect(merged).toMatchObject({ status: 'changed', code: 'already_waiting', detail: { entryId: first.id, ticket: first.ticket } });
    expect(clinic.rows.row('aliases', args.entryId)).toMatchObject({ entryId: first.id, ticket: 'A002' });
    expect(clinic.entry(first.id)).toMatchObject({ ticket: 'A001', arrivedAt: minutesAfter(20), waitingSince: minutesAfter(20) });
    clinic.run('call', { entryId: args.entryId, version: 1, servicePointId: ROOM_2 }, { desk: DESK_2, ...offline });
    expect(clinic.entry(first.id)).toMatchObject({ status: 'called', ownerDeviceId: DESK_2.device.id });
    expect([...clinic.rows.openEntries(QUEUE_A)]).toHaveLength(1);
  });

  it('the same name only: both kept, the second flagged as a possible duplicate', () => {
    const clinic = new Clinic();
    const named = (birthDate: string | null) => ({ patient: { ...clinic.arrival().patient, name: 'Maria  Santos', birthDate } });
    const first = clinic.add(named(null));
    expect([first.flag, clinic.add({ patient: { ...named('1980-01-01').patient, name: 'maria santos' } }).flag]).toEqual([
      null,
      'possible_duplicate',
    ]);
    expect(clinic.add({ patient: { ...clinic.arrival().patient, name: 'Somebody Else' } }).flag).toBeNull();
  });
});

describe('capacity', () => {
  it('a live desk refuses a full queue; the referee keeps an arrival that has its ticket', () => {
    const clinic = new Clinic();
    clinic.configure(QUEUE_A, { capacity: 1 });
    clinic.add();
    const args = clinic.arrival();
    expect(clinic.run('addToQueue', args, { referee: false })).toMatchObject({
      status: 'rejected',
      code: 'queue_full',
      detail: { queue: 'General', limit: 1 },
      changes: [],
    });
    expect(clinic.run('addToQueue', args, { ...offline }).status).toBe('applied');
    expect(clinic.entry(args.entryId).flag).toBe('over_capacity');
  });

  it('a full queue overflows, keeping the printed ticket', () => {
    const clinic = new Clinic();
    clinic.configure(QUEUE_A, { capacity: 1, overflowQueueId: QUEUE_B });
    clinic.add();
    const args = clinic.arrival();
    expect(clinic.run('addToQueue', args)).toMatchObject({
      status: 'changed',
      code: 'overflowed',
      detail: { queue: 'Blood tests', ticket: 'A003' },
    });
    expect(clinic.entry(args.entryId)).toMatchObject({ queueId: QUEUE_B, ticket: 'A003' });
  });

  it('a closed queue refuses at a live desk', () => {
    const clinic = new Clinic();
    clinic.configure(QUEUE_A, { open: false });
    expect(clinic.run('addToQueue', clinic.arrival(), { referee: false })).toMatchObject({ status: 'rejected', code: 'queue_closed' });
  });
});
