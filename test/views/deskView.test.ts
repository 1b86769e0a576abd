import type { Command } from '@shared/domain/commands';
import { appointmentId, patientId } from '@shared/domain/ids';
import type { ClientStatus } from '@shared/sync/clientEvents';
import { buildDeskView } from '@shared/views/buildDeskView';
import { describe, expect, it } from 'vitest';
import { at, createClinic } from './clinic';

type Clinic = ReturnType<typeof createClinic>;

const statusOf = ({ desks, replica }: Clinic, change: Partial<ClientStatus> = {}): ClientStatus => ({
  identity: { deviceId: desks[0].id, deviceName: 'Desk 1', letter: 'B', replicaId: replica },
  connection: 'online',
  help: null,
  pending: [],
  unsentEntries: new Set(),
  unconfirmedCalls: new Set(),
  outcomes: [],
  lastSync: at(0),
  lastHeard: at(1),
  ...change,
});
const viewOf = (clinic: Clinic, minutes: number, change?: Partial<ClientStatus>) =>
  buildDeskView({ state: clinic.state, status: statusOf(clinic, change), now: at(minutes) });

describe('the desk view', () => {
  it('lists the waiting in the order of the engine, with place, wait and reasons', () => {
    const clinic = createClinic({ capacity: 10 });
    clinic.add(at(0), { name: 'Ingrid Solheim' }, { priority: 'routine' });
    clinic.add(at(10), { name: 'Leila Mansour' }, { priority: 'urgent' });
    clinic.add(at(20), { name: 'Tomás Herrera' }, { priority: 'emergency' });
    const [queue] = viewOf(clinic, 30).queues;
    expect(queue?.waiting.map(({ ticket, position, waited, emergency }) => [ticket, position, waited, emergency])).toEqual([
      ['A003', 1, 10, true],
      ['A002', 2, 20, false],
      ['A001', 3, 30, false],
    ]);
    expect(queue?.waiting[0]?.reasons[0]).toEqual({ kind: 'emergency' });
    expect(queue?.waiting[1]?.parts).toMatchObject({ priority: 50, waited: 20, sum: 70 });
    expect(queue?.stats).toMatchObject({
      waiting: 3,
      capacity: 10,
      averageWait: 20,
      longestWait: 30,
      servedToday: 0,
      utilization: 0.3,
      band: 'calm',
      factor: 1,
    });
  });

  it('says next for the first while a room is free, and rounds the others to 5 minutes', () => {
    const clinic = createClinic();
    for (const minute of [0, 1, 2, 3]) clinic.add(at(minute));
    const [queue] = viewOf(clinic, 10).queues;
    const estimates = queue?.waiting.map(({ estimate }) => estimate) ?? [];
    expect(estimates[0]).toEqual({ kind: 'next' });
    for (const estimate of [...estimates.slice(1), queue?.nextEstimate]) {
      expect(estimate).toMatchObject({ kind: 'range' });
      if (estimate?.kind !== 'range') continue;
      expect(estimate.about % 5).toBe(0);
      expect(estimate.under).toBeGreaterThan(estimate.about);
    }
  });

  it('tells the ticket that the next patient gets at this desk (S19)', () => {
    const clinic = createClinic();
    clinic.add(at(0));
    expect(viewOf(clinic, 1).queues[0]?.nextTicket).toEqual({ letter: 'B', number: 1, text: 'A-B01' });
  });

  it('shows each room with whom it has and since when, and what is done today, latest first', () => {
    const clinic = createClinic();
    const [first, second, third] = [0, 1, 2].map((minute) => clinic.add(at(minute)));
    if (!first || !second || !third) throw new Error('three entries');
    clinic.call(first.id, at(5));
    clinic.act({ type: 'startService', args: { entryId: first.id, servicePointId: clinic.room.id } }, at(6));
    clinic.call(second.id, at(7), clinic.desks[1], clinic.otherRoom);
    const during = viewOf(clinic, 8);
    expect(during.rooms.map(({ state, since, entries }) => [state, since, entries.map(({ ticket }) => ticket)])).toEqual([
      ['in_service', at(6), ['A001']],
      ['called', at(7), ['A002']],
    ]);
    expect(during.rooms[1]?.entries[0]).toMatchObject({ ownerDevice: 'Desk 2', waited: 6, position: null });
    clinic.act({ type: 'complete', args: { entryId: first.id } }, at(12));
    clinic.act({ type: 'markNoShow', args: { entryId: second.id } }, at(13), clinic.desks[1]);
    const after = viewOf(clinic, 20);
    expect(after.queues[0]?.done.map(({ ticket, status }) => [ticket, status])).toEqual([
      ['A002', 'no_show'],
      ['A001', 'completed'],
    ]);
    expect(after.queues[0]?.stats.servedToday).toBe(1);
    expect(after.rooms[0]).toMatchObject({ state: 'free' });
  });

  it('forgets what was done on another service day', () => {
    const clinic = createClinic();
    const entry = clinic.add(at(0));
    clinic.act({ type: 'markLeft', args: { entryId: entry.id } }, at(1));
    expect(viewOf(clinic, 2).queues[0]?.done).toHaveLength(1);
    expect(viewOf(clinic, 24 * 60).queues[0]?.done).toEqual([]);
  });

  it('sets those on hold and awaiting recall aside', () => {
    const clinic = createClinic();
    const held = clinic.add(at(0));
    const missed = clinic.add(at(1));
    clinic.act({ type: 'hold', args: { entryId: held.id, version: held.version, reason: '' } }, at(2));
    clinic.call(missed.id, at(3));
    clinic.act({ type: 'skip', args: { entryId: missed.id, version: clinic.entry(missed.id).version, reason: '' } }, at(4));
    const [queue] = viewOf(clinic, 5).queues;
    expect(queue?.waiting).toEqual([]);
    expect(queue?.onHold.map(({ ticket, waited }) => [ticket, waited])).toEqual([['A001', 5]]);
    expect(queue?.awaitingRecall.map(({ ticket, waited }) => [ticket, waited])).toEqual([['A002', 4]]);
  });

  it('marks an entry late after an hour of waiting', () => {
    const clinic = createClinic();
    clinic.add(at(0));
    expect(viewOf(clinic, 60).queues[0]?.waiting[0]?.late).toBe(false);
    expect(viewOf(clinic, 61).queues[0]?.waiting[0]?.late).toBe(true);
  });

  it('says what was not sent, what is unconfirmed and which changes wait', () => {
    const clinic = createClinic();
    const entry = clinic.add(at(0), { name: 'Leila Mansour' });
    const pending = { n: 4, type: 'recall', args: { entryId: entry.id }, at: at(1) } as unknown as Command;
    const view = viewOf(clinic, 2, {
      connection: 'offline',
      pending: [pending],
      unsentEntries: new Set([entry.id]),
      unconfirmedCalls: new Set([entry.id]),
    });
    expect(view.connection).toEqual({ state: 'offline', pending: 1, lastSync: at(0), since: at(1) });
    expect(view.queues[0]?.waiting[0]).toMatchObject({ unsent: true, unconfirmed: true });
    expect(view.waitingChanges).toEqual([{ n: 4, type: 'recall', at: at(1), ticket: 'A001', name: 'Leila Mansour' }]);
  });

  it('offers the last step of this desk for undo, never another desk’s or one that was undone', () => {
    const clinic = createClinic();
    const entry = clinic.add(at(0));
    const other = clinic.add(at(1));
    clinic.call(entry.id, at(5));
    clinic.call(other.id, at(6), clinic.desks[1], clinic.otherRoom);
    const undoable = viewOf(clinic, 7).undoable;
    expect(undoable).toMatchObject({ entryId: entry.id, verb: 'call', ticket: 'A001' });
    if (!undoable) return;
    expect(clinic.act({ type: 'undo', args: { entryId: entry.id, transitionId: clinic.entry(entry.id).transitionId } }, at(8)).status).toBe(
      'applied',
    );
    expect(viewOf(clinic, 9).undoable).toMatchObject({ entryId: entry.id, verb: 'addToQueue' });
  });

  it('lists who is expected today and has not come, soonest first', () => {
    const clinic = createClinic();
    for (const [minutes, name] of [
      [90, 'Late Comer'],
      [45, 'Early Bird'],
      [26 * 60, 'To Morrow'],
    ] as const) {
      const id = patientId.parse(clinic.newId());
      const patient = { id, name, mrn: null, birthDate: null, phone: null, hideName: false };
      clinic.act(
        {
          type: 'bookAppointment',
          args: {
            appointment: {
              id: appointmentId.parse(clinic.newId()),
              patientId: id,
              queueId: clinic.queue.id,
              providerId: null,
              at: at(minutes),
              status: 'booked',
              version: 0,
            },
            patient,
          },
        },
        at(0),
      );
    }
    expect(viewOf(clinic, 1).expected.map(({ patient }) => patient.name)).toEqual(['Early Bird', 'Late Comer']);
  });

  it('brings notices of own commands and of other desks together, latest first', () => {
    const clinic = createClinic();
    const entry = clinic.add(at(0));
    clinic.call(entry.id, at(5), clinic.desks[0]);
    clinic.act(
      { type: 'remove', args: { entryId: entry.id, version: clinic.entry(entry.id).version, reason: 'left' } },
      at(6),
      clinic.desks[1],
    );
    const outcomes: ClientStatus['outcomes'] = [
      {
        n: 3,
        commandId: clinic.newId() as never,
        type: 'call',
        seq: 9,
        at: at(5),
        status: 'changed',
        code: 'already_called',
        detail: { entryId: entry.id, ticket: 'A001' },
      },
    ];
    const { notices } = viewOf(clinic, 7, { outcomes });
    expect(notices.map(({ source, code, id }) => [source, code, source === 'outcome' ? id : ''])).toEqual([
      ['row', 'removed_elsewhere', ''],
      ['outcome', 'already_called', '3'],
    ]);
    expect(notices[0]?.detail).toMatchObject({ ticket: 'A001', byDevice: 'Desk 2' });
    expect(notices[1]?.entry).toMatchObject({ status: 'entered_in_error' });
  });

  it('is empty before the first rows of a clinic have come', () => {
    const clinic = createClinic();
    for (const { id } of [...clinic.state.rows('site')]) clinic.state.remove('site', id);
    expect(viewOf(clinic, 1)).toMatchObject({ queues: [], rooms: [], device: { name: 'Desk 1' }, configuration: { site: null } });
  });
});
