import type { CommandArgs, CommandType, Intent } from '@shared/domain/commands';
import type { CommandId, DeviceId, EntryId, PatientId, QueueId, ReplicaId, ServicePointId, SiteId, VisitId } from '@shared/domain/ids';
import type { QueueEntry, RowChange, Rows, TableName } from '@shared/domain/rows';
import type { SiteState, WritableState } from '@shared/domain/state';
import type { Instant, ServiceDay } from '@shared/domain/time';
import { decide } from '@shared/engine/decide';
import type { DecidableCommand, Decision } from '@shared/engine/decision';
import { defaultQueue, defaultServicePoint, defaultSite } from '@shared/engine/defaults';
import { createRows } from '@shared/engine/rows';
import { nextTicket } from '@shared/engine/tickets';

/** Small made-up clinics for the engine's tests: ids, clocks and commands without any randomness of their own. */

/** The id of this number; kinds of ids need not be told apart in tests. */
export const uuid = <T extends string>(number: number): T =>
  `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}` as string as T;

export const NINE = Date.UTC(2026, 5, 15, 9) as Instant;
export const minutesAfter = (minutes: number, start: number = NINE): Instant => Math.round(start + minutes * 60_000) as Instant;
export const DAY = '2026-06-15' as ServiceDay;

export const QUEUE_A = uuid<QueueId>(0xa0);
export const QUEUE_B = uuid<QueueId>(0xb0);
export const ROOMS = [1, 2, 3, 4].map((n) => uuid<ServicePointId>(0xc0 + n));
export const ROOM_1 = ROOMS[0] as ServicePointId;
export const ROOM_2 = ROOMS[1] as ServicePointId;
export const SITE = uuid<SiteId>(0x1);

export interface Desk {
  readonly replicaId: ReplicaId;
  readonly device: { readonly id: DeviceId; readonly name: string; readonly letter: string };
}

export const deskOf = (number: number): Desk => ({
  replicaId: uuid(0x1000 + number),
  device: { id: uuid(0x2000 + number), name: `Desk ${number}`, letter: letterOf(number) },
});

const letterOf = (number: number): string => {
  const index = number - 1;
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : `${String.fromCharCode(64 + Math.floor(index / 26))}${last}`;
};

export const DESK_1 = deskOf(1);
export const DESK_2 = deskOf(2);

/** How a command came to a decision; live, new and at the referee unless said otherwise. */
export interface Manner {
  readonly desk?: Desk;
  readonly at?: Instant;
  readonly live?: boolean;
  readonly age?: number;
  readonly referee?: boolean;
  readonly day?: ServiceDay;
  readonly id?: CommandId;
}

export const apply = (rows: WritableState, changes: readonly RowChange[]): void => {
  for (const change of changes) {
    if (change.row === null) rows.remove(change.table, change.id);
    else rows.put(change.table, change.row as Rows[TableName]);
  }
};

let commandNumber = 0;
export const nextCommandId = (): CommandId => {
  commandNumber += 1;
  return uuid(0x10_0000_0000 + commandNumber);
};

export function decideOn(state: SiteState, intent: Intent, manner: Manner = {}): Decision {
  const { desk = DESK_1, at = NINE, live = true, age = 0, referee = true, day = DAY, id = nextCommandId() } = manner;
  const command: DecidableCommand = { ...intent, id, at, actor: 'Ada', live };
  return decide(state, command, { at, day, replicaId: desk.replicaId, device: desk.device, referee, age });
}

/** A clinic on one set of rows: what the referee has. */
export class Clinic {
  readonly rows = createRows();
  private numbers = 0;

  constructor(desks: readonly Desk[] = [DESK_1, DESK_2]) {
    this.must('configureSite', { site: defaultSite({ id: SITE, name: 'Harbour Clinic', zone: 'Europe/Berlin' }) });
    this.must('configureQueue', { queue: defaultQueue({ id: QUEUE_A, name: 'General', prefix: 'A' }) });
    this.must('configureQueue', { queue: defaultQueue({ id: QUEUE_B, name: 'Blood tests', prefix: 'B' }) });
    for (const [index, id] of ROOMS.entries())
      this.must('configureServicePoint', { servicePoint: defaultServicePoint({ id, name: `Room ${index + 1}` }) });
    for (const desk of desks) this.join(desk);
  }

  join(desk: Desk): void {
    this.must('joinDevice', { device: { ...desk.device, role: 'desk', joinedAt: NINE, revokedAt: null, version: 0 } });
    this.must('leaseTickets', { replicaId: desk.replicaId });
  }

  /** Decides and applies; the decision says what became of it. */
  run<T extends CommandType>(type: T, args: CommandArgs<T>, manner: Manner = {}): Decision {
    const decision = decideOn(this.rows, { type, args } as Intent, manner);
    apply(this.rows, decision.changes);
    return decision;
  }

  /** Like run, for steps that only lead to what a test is about. */
  must<T extends CommandType>(type: T, args: CommandArgs<T>, manner: Manner = {}): Decision {
    const decision = this.run(type, args, manner);
    if (decision.status !== 'applied')
      throw new Error(`${type} was ${decision.status}: ${decision.code} ${JSON.stringify(decision.detail)}`);
    return decision;
  }

  /** The arguments of an arrival with fresh ids and this desk's next ticket. */
  arrival(change: Partial<CommandArgs<'addToQueue'>> = {}, desk: Desk = DESK_1, day: ServiceDay = DAY): CommandArgs<'addToQueue'> {
    this.numbers += 1;
    return arrivalOf(this.rows, this.numbers, change, desk, day);
  }

  /** Adds somebody and returns their entry. */
  add(change: Partial<CommandArgs<'addToQueue'>> = {}, manner: Manner = {}): QueueEntry {
    const args = this.arrival(change, manner.desk, manner.day);
    this.must('addToQueue', args, manner);
    return this.entry(args.entryId);
  }

  entry(id: EntryId): QueueEntry {
    const entry = this.rows.row('entries', id);
    if (!entry) throw new Error(`no entry ${id}`);
    return entry;
  }

  seen(id: EntryId): { entryId: EntryId; version: number } {
    return { entryId: id, version: this.entry(id).version };
  }

  configure(queueId: QueueId, change: Partial<Rows['queues']>): void {
    const queue = this.rows.row('queues', queueId);
    if (!queue) throw new Error(`no queue ${queueId}`);
    this.must('configureQueue', { queue: { ...queue, ...change } });
  }

  noticesFor(desk: Desk): Rows['notices'][] {
    return [...this.rows.rows('notices')].filter((notice) => notice.deviceId === desk.device.id);
  }
}

export function arrivalOf(
  state: SiteState,
  number: number,
  change: Partial<CommandArgs<'addToQueue'>>,
  desk: Desk,
  day: ServiceDay = DAY,
): CommandArgs<'addToQueue'> {
  const queueId = change.queueId ?? QUEUE_A;
  const { letter, number: ticketNumber } = nextTicket(state, { replicaId: desk.replicaId, letter: desk.device.letter }, queueId, day);
  return {
    entryId: uuid<EntryId>(0x100_0000 + number),
    visitId: uuid<VisitId>(0x200_0000 + number),
    patient: {
      id: uuid<PatientId>(0x300_0000 + number),
      name: `Patient ${number}`,
      mrn: null,
      birthDate: null,
      phone: null,
      hideName: false,
    },
    queueId,
    priority: 'routine',
    appointmentId: null,
    appointmentAt: null,
    notes: '',
    meetingLink: null,
    link: `link-${String(number).padStart(17, '0')}`,
    ticket: { letter, number: ticketNumber },
    estimate: null,
    ...change,
  };
}
