import type { Queue } from '@shared/domain/rows';
import { describe, expect, it } from 'vitest';
import { Clinic, DESK_1, DESK_2, minutesAfter, QUEUE_A, QUEUE_B, ROOM_1, SITE, uuid } from './clinic';

const queueOf = (clinic: Clinic, id = QUEUE_A): Queue => {
  const queue = clinic.rows.row('queues', id);
  if (!queue) throw new Error('no queue');
  return queue;
};

describe('settings', () => {
  it('invariant 16: the same row changed under another version is refused with the other value', () => {
    const clinic = new Clinic();
    const seen = queueOf(clinic);
    clinic.must('configureQueue', { queue: { ...seen, capacity: 40 } }, { desk: DESK_1 });
    expect(clinic.run('configureQueue', { queue: { ...seen, capacity: 25 } }, { desk: DESK_2 })).toMatchObject({
      status: 'rejected',
      code: 'stale_version',
      detail: { field: 'capacity', text: '40' },
      changes: [],
    });
    expect(queueOf(clinic)).toMatchObject({ capacity: 40, version: seen.version + 1 });
  });

  it.each<[string, Partial<Queue>]>([
    ['weights.waited', { weights: { priority: 1, waited: 0.01, appointment: 0 } }],
    ['overflowQueueId', { overflowQueueId: QUEUE_A }],
    ['loadThresholds', { loadThresholds: [0.9, 0.5, 0.7] }],
    ['loadFactors', { loadFactors: [1, 0, 1, 1] }],
    [
      'priorities',
      { priorities: [1, 2].map(() => ({ key: 'same', value: 0, emergency: false, clinicallyUrgent: false, maximumWait: null })) },
    ],
  ])('a queue with senseless %s is refused by the field’s name', (field, change) => {
    const clinic = new Clinic();
    expect(clinic.run('configureQueue', { queue: { ...queueOf(clinic), ...change } })).toMatchObject({
      status: 'rejected',
      code: 'invalid',
      detail: { field },
    });
  });

  it('names that do not exist are refused', () => {
    const clinic = new Clinic();
    const point = clinic.rows.row('servicePoints', ROOM_1);
    const site = clinic.rows.site();
    if (!point || !site) throw new Error('no rows');
    expect(clinic.run('configureServicePoint', { servicePoint: { ...point, queueIds: [QUEUE_B, uuid(0xdead)] } })).toMatchObject({
      code: 'unknown_queue',
      detail: { queueId: uuid(0xdead) },
    });
    expect(clinic.run('configureQueue', { queue: { ...queueOf(clinic), poolId: uuid(0xdead) } })).toMatchObject({
      code: 'unknown_row',
      detail: { field: 'poolId' },
    });
    expect(clinic.run('configureSite', { site: { ...site, zone: 'Nowhere/City' } })).toMatchObject({
      code: 'invalid',
      detail: { field: 'zone' },
    });
    expect(clinic.run('configureSite', { site: { ...site, id: uuid(0x99) } }).status).toBe('rejected');
    expect(clinic.run('setProviderStatus', { providerId: uuid(0xdead), status: 'off', servicePointId: null, backAt: null }).code).toBe(
      'unknown_row',
    );
    expect(clinic.rows.site()?.id).toBe(SITE);
  });
});

describe('devices', () => {
  it('S19: a letter is never shared', () => {
    const clinic = new Clinic();
    const device = {
      ...DESK_1.device,
      id: uuid<never>(0x77),
      role: 'desk' as const,
      joinedAt: minutesAfter(0),
      revokedAt: null,
      version: 0,
    };
    expect(clinic.run('joinDevice', { device })).toMatchObject({ status: 'rejected', detail: { field: 'letter' } });
  });

  it('S18: a revoked device’s requests are refused and its facts kept for a supervisor', () => {
    const clinic = new Clinic();
    const entry = clinic.add();
    clinic.must('revokeDevice', { deviceId: DESK_2.device.id });
    expect(clinic.run('call', { ...clinic.seen(entry.id), servicePointId: ROOM_1 }, { desk: DESK_2 })).toMatchObject({
      status: 'rejected',
      code: 'not_allowed',
      changes: [],
    });
    expect(clinic.run('startService', { entryId: entry.id, servicePointId: ROOM_1 }, { desk: DESK_2 })).toMatchObject({
      status: 'held',
      code: 'device_revoked',
      changes: [],
    });
  });

  it('S20: a desk’s own prediction never does what only the site may', () => {
    const clinic = new Clinic();
    for (const decision of [
      clinic.run('leaseTickets', { replicaId: DESK_1.replicaId }, { referee: false }),
      clinic.run('revokeDevice', { deviceId: DESK_1.device.id }, { referee: false }),
    ])
      expect(decision).toMatchObject({ status: 'rejected', code: 'not_allowed' });
  });
});

describe('appointments', () => {
  it('follow their entry: checked in, fulfilled, and back', () => {
    const clinic = new Clinic();
    const { patient } = clinic.arrival();
    const appointment = {
      id: uuid<never>(0x701),
      patientId: patient.id,
      queueId: QUEUE_A,
      providerId: null,
      at: minutesAfter(30),
      status: 'booked' as const,
      version: 0,
    };
    clinic.must('bookAppointment', { appointment, patient });
    const entry = clinic.add({ patient, appointmentId: appointment.id });
    const status = () => clinic.rows.row('appointments', appointment.id)?.status;
    expect([entry.appointmentAt, status()]).toEqual([minutesAfter(30), 'checked_in']);
    clinic.must('complete', { entryId: entry.id });
    expect(status()).toBe('fulfilled');
    clinic.must('undo', { entryId: entry.id, transitionId: clinic.entry(entry.id).transitionId });
    expect(status()).toBe('checked_in');
    // a second arrival for the same appointment is the same turn
    expect(clinic.run('addToQueue', clinic.arrival({ appointmentId: appointment.id }), { live: false }).code).toBe('already_waiting');
  });
});
