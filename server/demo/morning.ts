import type { CommandArgs } from '@shared/domain/commands';
import { appointmentId, type EntryId, entryId, visitId } from '@shared/domain/ids';
import type { Queue } from '@shared/domain/rows';
import { type Instant, MINUTE, type Minutes } from '@shared/domain/time';
import { estimateAt, estimateInput } from '@shared/engine/estimate';
import { queueSize } from '@shared/engine/load';
import { rank } from '@shared/engine/rank';
import type { DemoRows, QueueMorning, RoomMorning } from './clinic';
import { createPeople, pick } from './people';
import type { Rehearsal } from './rehearsal';

type PatientFields = CommandArgs<'addToQueue'>['patient'];

const RECEPTION = ['Kofi Mensah', 'Marta Quinn'] as const;
/** Shares of the levels of the standard scale among arrivals. */
const PRIORITIES: readonly (readonly [string, number])[] = [
  ['routine', 0.45],
  ['standard', 0.85],
  ['urgent', 0.96],
  ['very_urgent', 1],
];
/** Share of calls to which nobody comes; some of those are kept for a second call. */
const ABSENT = 0.08;
const KEPT = 0.35;
const PATIENCE: Minutes = 4;

interface Happening {
  readonly at: Instant;
  readonly happen: (at: Instant) => void;
}

export interface MorningInput {
  readonly rows: DemoRows;
  readonly rehearsal: Rehearsal;
  readonly start: Instant;
  readonly now: Instant;
  readonly random: () => number;
  readonly newId: () => string;
}

const LINK_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A morning from `start` to `now`: patients arrive, rooms call by the real order, people are late, absent or put on hold. */
export const playMorning = ({ rows, rehearsal, start, now, random, newId }: MorningInput): void => {
  const { state, act } = rehearsal;
  const newPatient = createPeople(random, newId);
  const agenda: Happening[] = [];
  /** The last minute and a half is left to the call that the screens show. */
  const until = (now - 1.5 * MINUTE) as Instant;
  const after = (from: Instant, minutes: Minutes): Instant => Math.round(from + minutes * MINUTE) as Instant;
  const between = (low: Minutes, high: Minutes): Minutes => low + random() * (high - low);
  const plan = (at: Instant, happen: Happening['happen']): void => {
    if (at < until) agenda.push({ at, happen });
  };
  const quarterHour = (at: Instant): Instant => (Math.round(at / (15 * MINUTE)) * 15 * MINUTE) as Instant;
  const newLink = (): string => Array.from({ length: 22 }, () => pick([...LINK_CHARACTERS], random)).join('');

  const add = (
    at: Instant,
    morning: QueueMorning,
    patient: PatientFields,
    priority: string,
    booked: { id: string; at: Instant } | null,
  ): void => {
    const { queue, notes } = morning;
    // a full queue makes people come back a little later
    if (queue.capacity !== null && queueSize(state, queue.id) >= queue.capacity - 1) {
      plan(after(at, between(6, 15)), (later) => add(later, morning, patient, priority, booked));
      return;
    }
    const waiting = [...state.openEntries(queue.id)].filter(({ status }) => status === 'waiting');
    const estimate = estimateAt(estimateInput(state, queue, rank(queue, waiting, at), at), waiting.length);
    const isVideo = queue.prefix === 'R';
    act(
      {
        type: 'addToQueue',
        args: {
          entryId: entryId.parse(newId()),
          visitId: visitId.parse(newId()),
          patient,
          queueId: queue.id,
          priority,
          appointmentId: booked ? appointmentId.parse(booked.id) : null,
          appointmentAt: booked?.at ?? null,
          notes: random() < 0.25 ? pick(notes, random) : '',
          meetingLink: isVideo ? `https://meet.harbourstreet.example/${newLink().slice(0, 10)}` : null,
          link: newLink(),
          ticket: rehearsal.nextTicket(queue.id, at),
          estimate: estimate.kind === 'range' ? { p50: estimate.p50, p90: estimate.p90, rough: estimate.rough } : null,
        },
      },
      at,
      pick(RECEPTION, random),
    );
  };

  const book = (queue: Queue, patient: PatientFields, at: Instant): string => {
    const id = newId();
    const provider = rows.rooms.find(({ room }) => room.queueIds.includes(queue.id))?.provider ?? null;
    act(
      {
        type: 'bookAppointment',
        args: {
          appointment: {
            id: appointmentId.parse(id),
            patientId: patient.id,
            queueId: queue.id,
            providerId: provider?.id ?? null,
            at,
            status: 'booked',
            version: 0,
          },
          patient,
        },
      },
      start,
      pick(RECEPTION, random),
    );
    return id;
  };

  const planArrivals = (morning: QueueMorning): void => {
    const minutes = (now - start) / MINUTE;
    for (let index = 0; index < morning.arrivals; index += 1) {
      // evenly spread with jitter, a little denser at the start, as doors open
      const at = after(start, minutes * ((index + random()) / morning.arrivals) ** 1.15);
      const patient = newPatient();
      const level = random();
      const priority = PRIORITIES.find(([, upTo]) => level < upTo)?.[0] ?? 'routine';
      const appointment = random() < morning.withAppointment ? quarterHour(after(at, between(0, 25))) : null;
      const booked = appointment === null ? null : { id: book(morning.queue, patient, appointment), at: appointment };
      plan(at, (moment) => add(moment, morning, patient, priority, booked));
    }
    for (let index = 0; index < morning.expected; index += 1) {
      book(morning.queue, newPatient(), quarterHour(after(now, 12 + index * 17 + between(0, 8))));
    }
  };

  /** The room's next patient by the order as it stands, or another look in a minute. */
  const callNext = (place: RoomMorning, at: Instant): void => {
    const away = place.breakSince !== null && at > after(now, -place.breakSince);
    if (away) return;
    const [next] = place.room.queueIds
      .flatMap((id) => {
        const queue = state.row('queues', id);
        return queue
          ? rank(
              queue,
              [...state.openEntries(id)].filter(({ status }) => status === 'waiting'),
              at,
            ).slice(0, 1)
          : [];
      })
      .sort((a, b) => a.entry.waitingSince - b.entry.waitingSince);
    if (!next) {
      plan(after(at, 1), (later) => callNext(place, later));
      return;
    }
    const { entry } = next;
    const actor = place.provider?.name ?? RECEPTION[0];
    act(
      { type: 'callNext', args: { entryId: entry.id, version: entry.version, queueId: entry.queueId, servicePointId: place.room.id } },
      at,
      actor,
    );
    if (random() < ABSENT) plan(after(at, PATIENCE), (later) => missed(place, entry.id, later, actor));
    else plan(after(at, between(0.4, 1.6)), (later) => serve(place, entry.id, later, actor));
  };

  const missed = (place: RoomMorning, id: EntryId, at: Instant, actor: string): void => {
    if (random() >= KEPT) act({ type: 'markNoShow', args: { entryId: id } }, at, actor);
    else {
      act({ type: 'skip', args: { entryId: id, version: rehearsal.entry(id).version, reason: 'Did not answer the call' } }, at, actor);
      plan(after(at, between(14, 30)), (later) => found(id, later));
    }
    plan(after(at, 0.5), (later) => callNext(place, later));
  };

  /** Somebody who was kept turns up at the desk, or is given up. */
  const found = (id: EntryId, at: Instant): void => {
    const actor = pick(RECEPTION, random);
    if (random() < 0.5)
      act({ type: 'returnToQueue', args: { entryId: id, version: rehearsal.entry(id).version, reason: 'Was outside' } }, at, actor);
    else act({ type: 'markNoShow', args: { entryId: id } }, at, actor);
  };

  const serve = (place: RoomMorning, id: EntryId, at: Instant, actor: string): void => {
    act({ type: 'startService', args: { entryId: id, servicePointId: place.room.id } }, at, actor);
    const usual = state.row('queues', rehearsal.entry(id).queueId)?.visitLength ?? 10;
    // skewed to the right, as consultations are
    const length = usual * (0.55 + 0.5 * random() + 0.55 * random() ** 3);
    plan(after(at, length), (later) => {
      act({ type: 'complete', args: { entryId: id } }, later, actor);
      plan(after(later, between(0.3, 1.5)), (next) => callNext(place, next));
    });
  };

  /** Desk work on somebody who waits: a hold, a priority, a hurried goodbye. */
  const onSomebody = (
    queue: Queue | undefined,
    at: Instant,
    work: (id: EntryId, version: number, moment: Instant, actor: string) => void,
  ): void =>
    plan(at, (moment) => {
      const waiting = queue ? [...state.openEntries(queue.id)].filter(({ status }) => status === 'waiting') : [];
      if (waiting.length === 0) return;
      const entry = pick(waiting, random);
      work(entry.id, entry.version, moment, pick(RECEPTION, random));
    });

  for (const morning of rows.mornings) planArrivals(morning);
  for (const place of rows.rooms) plan(after(start, place.from + 4), (at) => callNext(place, at));
  const [consultation, sameDay, blood] = rows.mornings.map(({ queue }) => queue);
  onSomebody(consultation, after(now, -34), (id, version, at, actor) =>
    act({ type: 'hold', args: { entryId: id, version, reason: 'At the pharmacy' } }, at, actor),
  );
  onSomebody(blood, after(now, -16), (id, version, at, actor) =>
    act({ type: 'hold', args: { entryId: id, version, reason: 'Form is missing' } }, at, actor),
  );
  onSomebody(sameDay, after(now, -70), (id, _version, at, actor) => act({ type: 'markLeft', args: { entryId: id } }, at, actor));
  onSomebody(consultation, after(now, -22), (id, version, at, actor) =>
    act({ type: 'setPriority', args: { entryId: id, version, priority: 'very_urgent', reason: 'Short of breath' } }, at, actor),
  );
  onSomebody(consultation, after(now, -2), (id, version, at, actor) =>
    act({ type: 'setPriority', args: { entryId: id, version, priority: 'emergency', reason: 'Chest pain' } }, at, actor),
  );
  for (const { provider, room, breakSince } of rows.rooms) {
    if (!provider || breakSince === null) continue;
    plan(after(now, -breakSince), (at) =>
      act(
        {
          type: 'setProviderStatus',
          args: { providerId: provider.id, status: 'break', servicePointId: room.id, backAt: quarterHour(after(now, 20)) },
        },
        at,
        provider.name,
      ),
    );
  }

  for (let next = takeEarliest(agenda); next; next = takeEarliest(agenda)) next.happen(next.at);

  const servedIn = (place: RoomMorning): EntryId | undefined =>
    [...state.entriesAt(place.room.id)].find(({ status }) => status === 'in_service')?.id;
  const isConsulting = (place: RoomMorning): boolean => consultation !== undefined && place.room.queueIds.includes(consultation.id);
  const finish = (place: RoomMorning, at: Instant): boolean => {
    const id = servedIn(place);
    if (id !== undefined) act({ type: 'complete', args: { entryId: id } }, at, place.provider?.name ?? RECEPTION[0]);
    return id !== undefined;
  };
  const waits = (place: RoomMorning): boolean =>
    place.room.queueIds.some((id) => [...state.openEntries(id)].some(({ status }) => status === 'waiting'));

  // a nurse is done and has just called the next one, so that the screens have a call to show
  const nurse = rows.rooms.find((place) => !isConsulting(place) && servedIn(place) !== undefined && waits(place));
  if (nurse && finish(nurse, after(now, -1.2))) callNext(nurse, after(now, -0.6));
  // and a doctor is ready for the next patient, so that the first call of whoever tries this goes through
  const doctor = rows.rooms.find((place) => isConsulting(place) && servedIn(place) !== undefined);
  if (doctor) finish(doctor, after(now, -0.5));
};

const takeEarliest = (agenda: Happening[]): Happening | undefined => {
  let earliest = 0;
  for (let index = 1; index < agenda.length; index += 1) if ((agenda[index]?.at ?? 0) < (agenda[earliest]?.at ?? 0)) earliest = index;
  return agenda.splice(earliest, 1)[0];
};
