import { COMMAND_TYPES, type CommandArgs, type CommandType, type Intent, intent as intentSchema } from '@shared/domain/commands';
import { outcome as outcomeSchema } from '@shared/domain/outcome';
import { defaultProvider, defaultQueue, defaultServicePoint, defaultSite } from '@shared/engine/defaults';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Clinic, DESK_2, decideOn, minutesAfter, NINE, QUEUE_A, QUEUE_B, ROOM_1, ROOM_2, SITE, uuid } from './clinic';
import { violations } from './invariants';

/** A clinic with somebody in every kind of status, and a sound command of every type on it. */
function busyClinic(): { clinic: Clinic; sound: { readonly [T in CommandType]: CommandArgs<T> } } {
  const clinic = new Clinic();
  const provider = defaultProvider({ id: uuid(0x900), name: 'Dr. Aydin' });
  clinic.must('configureProvider', { provider });
  clinic.must('configurePool', { pool: { id: uuid(0x901), name: 'Pool', translations: {}, sort: 0, shares: true, version: 0 } });
  const [waiting, called, serving, held] = [clinic.add(), clinic.add(), clinic.add(), clinic.add()];
  clinic.must('call', { ...clinic.seen(called.id), servicePointId: ROOM_1 });
  clinic.run('call', { entryId: called.id, version: 1, servicePointId: ROOM_2 }, { desk: DESK_2, live: false });
  clinic.must('startService', { entryId: serving.id, servicePointId: ROOM_2 });
  clinic.must('hold', { ...clinic.seen(held.id), reason: '' });
  const patient = { id: waiting.patientId, name: 'Ana', mrn: 'M1', birthDate: null, phone: null, hideName: true };
  const seen = clinic.seen(waiting.id);
  const reason = 'asked to';
  const appointment = {
    id: uuid<never>(0x902),
    patientId: patient.id,
    queueId: QUEUE_A,
    providerId: provider.id,
    at: minutesAfter(60),
    status: 'booked' as const,
    version: 0,
  };
  const { entryId: newEntryId, ticket, link } = clinic.arrival({ queueId: QUEUE_B });
  const sound: { readonly [T in CommandType]: CommandArgs<T> } = {
    configureSite: { site: { ...defaultSite({ id: SITE, name: 'Clinic', zone: 'Asia/Kolkata' }), version: 1 } },
    configurePool: { pool: { id: uuid(0x903), name: 'Other', translations: {}, sort: 1, shares: false, version: 0 } },
    configureQueue: {
      queue: { ...defaultQueue({ id: QUEUE_A, name: 'General', prefix: 'A' }), version: 1, capacity: 3, overflowQueueId: QUEUE_B },
    },
    configureServicePoint: { servicePoint: { ...defaultServicePoint({ id: ROOM_1, name: 'Room 1' }), queueIds: [QUEUE_A], version: 1 } },
    configureProvider: { provider: { ...provider, servicePointId: ROOM_1, queueIds: [QUEUE_A], version: 1 } },
    setProviderStatus: { providerId: provider.id, status: 'available', servicePointId: ROOM_1, backAt: null },
    bookAppointment: { appointment, patient },
    joinDevice: { device: { id: uuid(0x904), name: 'Desk 9', role: 'desk', letter: 'K', joinedAt: NINE, revokedAt: null, version: 0 } },
    revokeDevice: { deviceId: DESK_2.device.id },
    leaseTickets: { replicaId: DESK_2.replicaId },
    addToQueue: clinic.arrival(),
    callNext: { ...seen, queueId: QUEUE_A, servicePointId: uuid(0xc3) },
    call: { ...seen, servicePointId: uuid(0xc3) },
    recall: { entryId: called.id },
    startService: { entryId: called.id, servicePointId: ROOM_1 },
    complete: { entryId: serving.id },
    markNoShow: { entryId: called.id },
    markLeft: { entryId: waiting.id },
    skip: { ...seen, reason },
    hold: { ...seen, reason },
    resume: clinic.seen(held.id),
    returnToQueue: { ...clinic.seen(called.id), reason },
    transfer: { ...seen, toQueueId: QUEUE_B, newEntryId, ticket, link, priority: 'urgent', reason },
    setPriority: { ...seen, priority: 'urgent', reason },
    correct: { ...seen, patient, notes: '', appointmentAt: minutesAfter(30) },
    cancel: { ...seen, reason },
    remove: { ...seen, reason },
    takeOver: { ...clinic.seen(called.id), servicePointId: uuid(0xc3) },
    letGo: { entryId: called.id },
    undo: { entryId: called.id, transitionId: clinic.entry(called.id).transitionId },
    answerNotice: { noticeId: uuid(0xdead) },
  };
  return { clinic, sound };
}

const { clinic, sound } = busyClinic();
const YEAR_9999 = 253_370_764_800_000;
const hostileValue = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    ' ',
    'A',
    'ZZZ',
    'routine',
    '__proto__',
    'constructor',
    '\u0000',
    'x'.repeat(2_000),
    'Nowhere/City',
    'UTC',
    [],
    {},
    0,
    -1,
    0.5,
    1,
    99_999,
    1e15,
    YEAR_9999,
    4_000_000_000_000,
  ),
  fc.constantFrom<unknown>(
    QUEUE_A,
    QUEUE_B,
    ROOM_1,
    uuid(0xdead),
    sound.skip.entryId,
    sound.recall.entryId,
    sound.complete.entryId,
    sound.resume.entryId,
    [QUEUE_A],
    [uuid(0xdead)],
  ),
  fc.integer(),
  fc.string(),
  fc.double(),
);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const pathsOf = (value: unknown, path: readonly string[] = []): (readonly string[])[] =>
  isRecord(value) ? Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...pathsOf(inner, [...path, key])]) : [];
const withValue = (value: unknown, [head, ...rest]: readonly string[], replacement: unknown): unknown => {
  if (head === undefined) return replacement;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...(value as Record<string, unknown>) };
  (copy as Record<string, unknown>)[head] = withValue((value as Record<string, unknown>)[head], rest, replacement);
  return copy;
};

describe('hostile input', () => {
  it('sound commands of every type are not refused as malformed', () => {
    for (const type of COMMAND_TYPES) {
      const parsed = intentSchema.parse({ type, args: sound[type] });
      const decision = decideOn(clinic.rows, parsed);
      expect(`${type} ${decision.status}`).toBe(type === 'answerNotice' ? 'answerNotice rejected' : `${type} applied`);
    }
  });

  it('decide never throws on what passes the schemas, and answers with a code', () => {
    const reached = new Set<string>();
    const mutation = fc.record({ path: fc.nat(40), value: hostileValue });
    fc.assert(
      fc.property(
        fc.constantFrom(...COMMAND_TYPES),
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        fc.boolean(),
        (type, mutations, live, referee) => {
          let args: unknown = sound[type];
          for (const { path, value } of mutations) {
            const paths = pathsOf(args);
            args = withValue(args, paths[path % Math.max(1, paths.length)] ?? [], value);
          }
          const parsed = intentSchema.safeParse({ type, args });
          if (!parsed.success) return;
          const decision = decideOn(clinic.rows, parsed.data as Intent, { live, referee, at: minutesAfter(1) });
          outcomeSchema.parse(decision);
          if (decision.status !== 'applied') reached.add(`${type} ${decision.code}`);
        },
      ),
      { numRuns: 20_000, seed: 7 },
    );
    expect(reached.size).toBeGreaterThan(40);
  });

  it('the clinic itself is sound', () => {
    expect(violations(clinic.rows)).toEqual([]);
  });
});
