import type { Intent } from '@shared/domain/commands';
import {
  commandId,
  deviceId,
  type EntryId,
  entryId,
  patientId,
  queueId,
  replicaId,
  servicePointId,
  siteId,
  visitId,
} from '@shared/domain/ids';
import type { Outcome } from '@shared/domain/outcome';
import type { Patient, Queue, QueueEntry } from '@shared/domain/rows';
import type { DecisionContext, WritableState } from '@shared/domain/state';
import type { Instant } from '@shared/domain/time';
import { decide } from '@shared/engine/decide';
import { defaultQueue, defaultServicePoint, defaultSite } from '@shared/engine/defaults';
import { createRows } from '@shared/engine/rows';
import { serviceDayOf } from '@shared/engine/serviceDay';
import { nextTicket } from '@shared/engine/tickets';
import { createIds } from './seeds';

export const START = Date.UTC(2026, 10, 24, 9, 0) as Instant;
export const at = (minutes: number): Instant => Math.round(START + minutes * 60_000) as Instant;

/** A clinic of one queue and two rooms with two desks, run by the real engine. */
export const createClinic = (queueSettings: Partial<Queue> = {}) => {
  const newId = createIds(7);
  const state: WritableState = createRows();
  const replica = replicaId.parse(newId());
  const desks = [1, 2].map((number) => ({ id: deviceId.parse(newId()), name: `Desk ${number}`, letter: '' })) as [
    DecisionContext['device'],
    DecisionContext['device'],
  ];
  const queue = defaultQueue({
    id: queueId.parse(newId()),
    name: 'General consultation',
    translations: { ar: 'استشارة عامة' },
    prefix: 'A',
    ...queueSettings,
  });
  const room = defaultServicePoint({ id: servicePointId.parse(newId()), name: 'Room 1', translations: { ar: 'غرفة 1' }, sort: 1 });
  const otherRoom = defaultServicePoint({ id: servicePointId.parse(newId()), name: 'Room 2', sort: 2 });
  const dayOf = (moment: Instant) => serviceDayOf(moment, 'UTC', 0);

  const act = (intent: Intent, moment: Instant, device = desks[0], options: { live?: boolean } = {}): Outcome & { commandId: string } => {
    const id = commandId.parse(newId());
    const decision = decide(
      state,
      { ...intent, id, at: moment, actor: 'Kofi', live: options.live ?? true },
      { at: moment, day: dayOf(moment), replicaId: replica, device, referee: true, age: 0 },
    );
    for (const { table, id: rowId, row } of decision.changes) {
      if (row) state.put(table, row);
      else state.remove(table, rowId);
    }
    return { ...decision, commandId: id };
  };

  act(
    {
      type: 'configureSite',
      args: { site: defaultSite({ id: siteId.parse(newId()), name: 'Harbour Street Clinic', zone: 'UTC', languages: ['en', 'ar'] }) },
    },
    START,
  );
  act({ type: 'configureQueue', args: { queue } }, START);
  for (const servicePoint of [room, otherRoom]) act({ type: 'configureServicePoint', args: { servicePoint } }, START);
  for (const { id, name } of desks) {
    act(
      { type: 'joinDevice', args: { device: { id, name, role: 'desk', letter: '', joinedAt: START, revokedAt: null, version: 0 } } },
      START,
    );
  }

  const add = (
    moment: Instant,
    given: Partial<Patient> = {},
    more: { meetingLink?: string; notes?: string; priority?: string } = {},
  ): QueueEntry => {
    const id = entryId.parse(newId());
    const { letter, number } = nextTicket(state, { replicaId: replica, letter: '' }, queue.id, dayOf(moment));
    const outcome = act(
      {
        type: 'addToQueue',
        args: {
          entryId: id,
          visitId: visitId.parse(newId()),
          patient: {
            id: patientId.parse(newId()),
            name: `Patient ${number}`,
            mrn: null,
            birthDate: null,
            phone: null,
            hideName: false,
            ...given,
          },
          queueId: queue.id,
          priority: more.priority ?? 'standard',
          appointmentId: null,
          appointmentAt: null,
          notes: more.notes ?? '',
          meetingLink: more.meetingLink ?? null,
          link: newId().replaceAll('-', '').slice(10, 32),
          ticket: { letter, number },
          estimate: null,
        },
      },
      moment,
    );
    if (outcome.status === 'rejected') throw new Error(`not added: ${outcome.code}`);
    return entry(id);
  };

  const entry = (id: EntryId): QueueEntry => {
    const found = state.row('entries', id);
    if (!found) throw new Error('no such entry');
    return found;
  };

  const call = (id: EntryId, moment: Instant, device = desks[0], where = room, options: { live?: boolean } = {}) =>
    act({ type: 'call', args: { entryId: id, version: entry(id).version, servicePointId: where.id } }, moment, device, options);

  return { state, newId, replica, desks, queue, room, otherRoom, act, add, entry, call };
};
