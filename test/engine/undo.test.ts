import type { CommandArgs, CommandType } from '@shared/domain/commands';
import type { QueueEntry } from '@shared/domain/rows';
import { describe, expect, it } from 'vitest';
import { Clinic, DESK_2, minutesAfter, QUEUE_A, QUEUE_B, ROOM_1, ROOM_2 } from './clinic';
import { openCallsOf, violations } from './invariants';

/** An entry as it is, but for the count of its changes. */
const still = ({ version: _version, ...entry }: QueueEntry) => entry;

type Arranged = { readonly clinic: Clinic; readonly id: QueueEntry['id'] };
const waiting = (): Arranged => {
  const clinic = new Clinic();
  return { clinic, id: clinic.add().id };
};
const called = (): Arranged => {
  const { clinic, id } = waiting();
  clinic.must('call', { ...clinic.seen(id), servicePointId: ROOM_1 }, { at: minutesAfter(5) });
  return { clinic, id };
};
const serving = (): Arranged => {
  const { clinic, id } = called();
  clinic.must('startService', { entryId: id, servicePointId: ROOM_1 }, { at: minutesAfter(6) });
  return { clinic, id };
};
const skipped = (): Arranged => {
  const { clinic, id } = called();
  clinic.must('skip', { ...clinic.seen(id), reason: '' });
  return { clinic, id };
};

const steps: readonly [CommandType, () => Arranged, (arranged: Arranged) => CommandArgs][] = [
  ['callNext', waiting, ({ clinic, id }) => ({ ...clinic.seen(id), queueId: QUEUE_A, servicePointId: ROOM_1 })],
  ['call', waiting, ({ clinic, id }) => ({ ...clinic.seen(id), servicePointId: ROOM_1 })],
  ['recall', called, ({ id }) => ({ entryId: id })],
  ['recall', skipped, ({ id }) => ({ entryId: id })],
  ['takeOver', called, ({ clinic, id }) => ({ ...clinic.seen(id), servicePointId: ROOM_2 })],
  ['startService', called, ({ id }) => ({ entryId: id, servicePointId: ROOM_2 })],
  ['complete', serving, ({ id }) => ({ entryId: id })],
  ['markNoShow', called, ({ id }) => ({ entryId: id })],
  ['markLeft', waiting, ({ id }) => ({ entryId: id })],
  ['skip', called, ({ clinic, id }) => ({ ...clinic.seen(id), reason: 'absent' })],
  ['hold', serving, ({ clinic, id }) => ({ ...clinic.seen(id), reason: 'x-ray' })],
  ['resume', skipped, ({ clinic, id }) => clinic.seen(id)],
  ['returnToQueue', serving, ({ clinic, id }) => ({ ...clinic.seen(id), reason: '' })],
  [
    'transfer',
    called,
    ({ clinic, id }) => {
      const { entryId: newEntryId, ticket, link } = clinic.arrival({ queueId: QUEUE_B });
      return { ...clinic.seen(id), toQueueId: QUEUE_B, newEntryId, ticket, link, priority: 'urgent', reason: '' };
    },
  ],
  ['setPriority', waiting, ({ clinic, id }) => ({ ...clinic.seen(id), priority: 'urgent', reason: '' })],
  [
    'correct',
    waiting,
    ({ clinic, id }) => ({
      ...clinic.seen(id),
      patient: { id: clinic.entry(id).patientId, name: 'Corrected', mrn: 'M-9', birthDate: null, phone: null, hideName: true },
      notes: 'new note',
      appointmentAt: minutesAfter(40),
    }),
  ],
  ['cancel', called, ({ clinic, id }) => ({ ...clinic.seen(id), reason: '' })],
  ['remove', called, ({ clinic, id }) => ({ ...clinic.seen(id), reason: '' })],
];

describe('undo', () => {
  it.each(steps)('gives back the entry, its calls and its patient as before %s', (type, arrange, argsOf) => {
    const arranged = arrange();
    const { clinic, id } = arranged;
    const before = clinic.entry(id);
    const patient = clinic.rows.row('patients', before.patientId);
    const calls = openCallsOf(clinic.rows, id);
    clinic.must(type, argsOf(arranged) as never, { at: minutesAfter(10) });
    const { transitionId } = clinic.entry(id);
    clinic.must('undo', { entryId: id, transitionId }, { desk: DESK_2, at: minutesAfter(11) });
    expect(still(clinic.entry(id))).toEqual(still(before));
    expect(openCallsOf(clinic.rows, id)).toEqual(calls);
    expect({ ...clinic.rows.row('patients', before.patientId), version: 0 }).toEqual({ ...patient, version: 0 });
    const undone = clinic.rows.row('transitions', transitionId);
    const reversing = undone?.undoneBy ? clinic.rows.row('transitions', undone.undoneBy) : undefined;
    expect(reversing).toMatchObject({ verb: 'undo', undoes: transitionId, deviceId: DESK_2.device.id, at: minutesAfter(11) });
    expect(violations(clinic.rows)).toEqual([]);
  });

  it('goes back step by step to the arrival, and not further', () => {
    const { clinic, id } = serving();
    const undoLast = () => clinic.run('undo', { entryId: id, transitionId: clinic.entry(id).transitionId });
    const seen = [undoLast(), undoLast(), undoLast()].map(({ status }) => status);
    expect(seen).toEqual(['applied', 'applied', 'applied']);
    expect(clinic.entry(id).status).toBe('entered_in_error');
    expect(undoLast()).toMatchObject({ status: 'rejected', code: 'not_undoable' });
  });

  it('of a step that another followed is refused', () => {
    const { clinic, id } = called();
    const { transitionId } = clinic.entry(id);
    clinic.must('startService', { entryId: id, servicePointId: ROOM_1 });
    expect(clinic.run('undo', { entryId: id, transitionId })).toMatchObject({
      status: 'rejected',
      code: 'later_step',
      detail: { status: 'in_service' },
    });
  });

  it('of a completion is refused while the room is taken, or the patient waits again', () => {
    const { clinic, id } = serving();
    clinic.must('complete', { entryId: id });
    const next = clinic.add();
    clinic.must('call', { ...clinic.seen(next.id), servicePointId: ROOM_1 });
    const undo = () => clinic.run('undo', { entryId: id, transitionId: clinic.entry(id).transitionId });
    expect(undo()).toMatchObject({ status: 'rejected', code: 'service_point_busy' });
    const { patientId } = clinic.entry(id);
    clinic.add({ patient: { ...clinic.arrival().patient, id: patientId } });
    expect(undo()).toMatchObject({ status: 'rejected', code: 'already_waiting' });
  });

  it('of a transfer takes the new turn back, unless somebody has gone on with it', () => {
    const { clinic, id } = waiting();
    const transfer = () => {
      const { entryId: newEntryId, ticket, link } = clinic.arrival({ queueId: QUEUE_B });
      clinic.must('transfer', { ...clinic.seen(id), toQueueId: QUEUE_B, newEntryId, ticket, link, priority: 'routine', reason: '' });
      return newEntryId;
    };
    const undo = () => clinic.run('undo', { entryId: id, transitionId: clinic.entry(id).transitionId });
    const first = transfer();
    expect(clinic.entry(first)).toMatchObject({
      status: 'waiting',
      waitingSince: clinic.entry(id).waitingSince,
      visitId: clinic.entry(id).visitId,
    });
    expect(undo().status).toBe('applied');
    expect(clinic.entry(first).status).toBe('entered_in_error');
    const second = transfer();
    clinic.must('call', { ...clinic.seen(second), servicePointId: ROOM_1 });
    expect(undo()).toMatchObject({ status: 'rejected', code: 'later_step' });
    expect(clinic.entry(second).status).toBe('called');
  });
});
