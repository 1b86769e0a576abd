import type { Intent } from '@shared/domain/commands';
import type { EntryId, NoticeId, QueueId, ServicePointId, TransitionId } from '@shared/domain/ids';
import type { QueueEntry } from '@shared/domain/rows';
import type { SiteState } from '@shared/domain/state';
import fc from 'fast-check';
import { arrivalOf, type Desk, deskOf, QUEUE_A, QUEUE_B, ROOMS, uuid } from './clinic';

/** Random sequences of commands for property tests: each step is drawn blindly and made into a command on the rows of the moment. */

export const DESKS: readonly Desk[] = [deskOf(1), deskOf(2), deskOf(3)];

const VERBS = [
  'addToQueue',
  'addToQueue',
  'addToQueue',
  'callNext',
  'callNext',
  'call',
  'recall',
  'startService',
  'startService',
  'complete',
  'complete',
  'markNoShow',
  'markLeft',
  'skip',
  'hold',
  'resume',
  'returnToQueue',
  'transfer',
  'setPriority',
  'correct',
  'cancel',
  'remove',
  'takeOver',
  'letGo',
  'undo',
  'answerNotice',
  'configureQueue',
  'configureQueue',
  'leaseTickets',
] as const;

export const anyStep = fc.record({
  verb: fc.constantFrom(...VERBS),
  desk: fc.nat(DESKS.length - 1),
  /** Which entry, counted from the newest; beyond the last: an id that nobody has. */
  entry: fc.nat(7),
  room: fc.nat(ROOMS.length),
  patient: fc.nat(11),
  queue: fc.nat(1),
  staleness: fc.constantFrom(0, 0, 0, 1),
  live: fc.boolean(),
  age: fc.constantFrom(0, 1_500, 5_000),
  level: fc.constantFrom('routine', 'urgent', 'emergency', 'no such level'),
  minutes: fc.nat(3),
});
export type Step = typeof anyStep extends fc.Arbitrary<infer S> ? S : never;

/** The command that a step is on these rows. `number` makes its ids new. */
export function intentOf(state: SiteState, step: Step, number: number): Intent {
  const desk = DESKS[step.desk] as Desk;
  const entries = [...state.rows('entries')].sort((a, b) => (a.id < b.id ? 1 : -1));
  const entry: QueueEntry | undefined = entries[step.entry];
  const entryId = entry?.id ?? uuid<EntryId>(0xdead);
  const seen = { entryId, version: Math.max(0, (entry?.version ?? 1) - step.staleness) };
  const servicePointId = ROOMS[step.room] ?? uuid<ServicePointId>(0xdead);
  const queueId: QueueId = step.queue === 0 ? QUEUE_A : QUEUE_B;
  const reason = 'because';
  const patient = {
    id: uuid<QueueEntry['patientId']>(0x500 + step.patient),
    name: `Person ${step.patient % 3}`,
    mrn: step.patient > 9 ? 'M-7' : null,
    birthDate: null,
    phone: null,
    hideName: false,
  };
  switch (step.verb) {
    case 'addToQueue':
      return { type: 'addToQueue', args: arrivalOf(state, number, { patient, queueId, priority: step.level }, desk) };
    case 'callNext':
      return { type: 'callNext', args: { ...seen, queueId: entry?.queueId ?? queueId, servicePointId } };
    case 'call':
    case 'takeOver':
      return { type: step.verb, args: { ...seen, servicePointId } };
    case 'startService':
      return { type: 'startService', args: { entryId, servicePointId } };
    case 'recall':
    case 'complete':
    case 'markNoShow':
    case 'markLeft':
    case 'letGo':
      return { type: step.verb, args: { entryId } };
    case 'skip':
    case 'hold':
    case 'returnToQueue':
    case 'cancel':
    case 'remove':
      return { type: step.verb, args: { ...seen, reason } };
    case 'resume':
      return { type: 'resume', args: seen };
    case 'transfer': {
      const toQueueId = entry?.queueId === QUEUE_A ? QUEUE_B : QUEUE_A;
      const { entryId: newEntryId, ticket, link } = arrivalOf(state, number, { queueId: toQueueId }, desk);
      return { type: 'transfer', args: { ...seen, toQueueId, newEntryId, ticket, link, priority: step.level, reason } };
    }
    case 'setPriority':
      return { type: 'setPriority', args: { ...seen, priority: step.level, reason } };
    case 'correct':
      return { type: 'correct', args: { ...seen, patient, notes: 'corrected', appointmentAt: null } };
    case 'undo':
      return {
        type: 'undo',
        args: { entryId, transitionId: (step.staleness === 0 ? entry?.transitionId : undefined) ?? uuid<TransitionId>(0xdead) },
      };
    case 'answerNotice':
      return { type: 'answerNotice', args: { noticeId: [...state.rows('notices')][0]?.id ?? uuid<NoticeId>(0xdead) } };
    case 'configureQueue': {
      const queue = state.row('queues', queueId);
      if (!queue) throw new Error('the clinic has no queues');
      return {
        type: 'configureQueue',
        args: {
          queue: {
            ...queue,
            version: Math.max(0, queue.version - step.staleness),
            capacity: [null, 1, 2, 4][step.minutes] ?? null,
            overflowQueueId: step.live && queueId === QUEUE_A ? QUEUE_B : null,
            open: step.patient > 0,
          },
        },
      };
    }
    case 'leaseTickets':
      return { type: 'leaseTickets', args: { replicaId: desk.replicaId } };
  }
}
