import type { Intent } from '@shared/domain/commands';
import { poolId, providerId, queueId, servicePointId, siteId } from '@shared/domain/ids';
import type { Pool, Provider, Queue, ServicePoint, Site } from '@shared/domain/rows';
import { defaultProvider, defaultQueue, defaultServicePoint, defaultSite } from '@shared/engine/defaults';

/** How a queue's morning goes, beside its settings. */
export interface QueueMorning {
  readonly queue: Queue;
  /** Arrivals within the morning. */
  readonly arrivals: number;
  /** Share with an appointment. */
  readonly withAppointment: number;
  /** Appointments that are still expected. */
  readonly expected: number;
  /** What patients came for, as the desk wrote it down. */
  readonly notes: readonly string[];
}

/** One room, who works there, and when they begin. */
export interface RoomMorning {
  readonly room: ServicePoint;
  readonly provider: Provider | null;
  /** Minutes into the morning. */
  readonly from: number;
  /** On a break from so many minutes before now; null: none. */
  readonly breakSince: number | null;
}

export interface DemoRows {
  readonly site: Site;
  readonly pools: readonly Pool[];
  readonly mornings: readonly QueueMorning[];
  readonly rooms: readonly RoomMorning[];
}

const names = (name: string, ar: string) => ({ name, translations: { ar } });

/** The rows of Harbour Street Clinic: six queues in three groups, their rooms and the people at work there. */
export const demoRows = (zone: string, dayStart: number, newId: () => string): DemoRows => {
  const site = defaultSite({
    id: siteId.parse(newId()),
    ...names('Harbour Street Clinic', 'عيادة شارع الميناء'),
    zone,
    dayStart,
    languages: ['en', 'ar'],
    ticker: [
      { en: 'Blood draw is on the ground floor, past the pharmacy.', ar: 'سحب الدم في الطابق الأرضي بعد الصيدلية' },
      { en: 'Tell the desk if you need to step out: your place is kept.', ar: 'أخبروا الاستقبال إن أردتم الخروج قليلًا، ودوركم محفوظ' },
      { en: 'Flu vaccination without an appointment, every day until 16:00.', ar: 'لقاح الإنفلونزا دون موعد كل يوم حتى الساعة 16:00' },
    ],
  });
  const pool = (name: string, ar: string, sort: number, shares: boolean): Pool => ({
    id: poolId.parse(newId()),
    ...names(name, ar),
    sort,
    shares,
    version: 0,
  });
  const practice = pool('General practice', 'الطب العام', 1, true);
  const nursing = pool('Nursing', 'التمريض', 2, false);
  const remote = pool('Remote', 'عن بُعد', 3, false);

  let sort = 0;
  const queue = (
    name: string,
    ar: string,
    prefix: string,
    group: Pool,
    capacity: number,
    visitLength: number,
    more: Partial<Queue> = {},
  ): Queue => {
    sort += 1;
    return defaultQueue({ id: queueId.parse(newId()), ...names(name, ar), prefix, poolId: group.id, sort, capacity, visitLength, ...more });
  };
  const consultation = queue('General consultation', 'استشارة عامة', 'A', practice, 20, 18);
  const sameDay = queue('Same-day visits', 'زيارات اليوم', 'S', practice, 15, 14);
  const blood = queue('Blood draw', 'سحب الدم', 'B', nursing, 12, 12);
  const vaccination = queue('Vaccination', 'التطعيم', 'V', nursing, 15, 10, { mode: 'fifo' });
  const wounds = queue('Wound care', 'العناية بالجروح', 'W', nursing, 8, 25);
  const video = queue('Video visits', 'زيارات مرئية', 'R', remote, 5, 16);

  let place = 0;
  const room = (
    name: string,
    ar: string,
    queues: readonly Queue[],
    doctor: [string, string] | null,
    from = 0,
    breakSince: number | null = null,
  ): RoomMorning => {
    place += 1;
    const servicePoint = defaultServicePoint({
      id: servicePointId.parse(newId()),
      ...names(name, ar),
      queueIds: queues.map(({ id }) => id),
      sort: place,
    });
    const provider =
      doctor &&
      defaultProvider({
        id: providerId.parse(newId()),
        ...names(...doctor),
        status: 'available',
        servicePointId: servicePoint.id,
        queueIds: queues.map(({ id }) => id),
      });
    return { room: servicePoint, provider, from, breakSince };
  };

  return {
    site,
    pools: [practice, nursing, remote],
    mornings: [
      {
        queue: consultation,
        arrivals: 46,
        withAppointment: 0.45,
        expected: 6,
        notes: ['Cough for two weeks', 'Blood pressure check', 'Back pain', 'Repeat prescription', 'Interpreter: Arabic', 'Wheelchair'],
      },
      {
        queue: sameDay,
        arrivals: 22,
        withAppointment: 0,
        expected: 0,
        notes: ['Fever since last night', 'Ear ache', 'Sprained ankle', 'With a small child'],
      },
      { queue: blood, arrivals: 37, withAppointment: 0.25, expected: 3, notes: ['Fasting', 'Prefers to lie down', 'Form is at the desk'] },
      { queue: vaccination, arrivals: 20, withAppointment: 0.3, expected: 2, notes: ['Second dose', 'Travel: yellow fever'] },
      { queue: wounds, arrivals: 10, withAppointment: 0.5, expected: 2, notes: ['Dressing change', 'Stitches out'] },
      { queue: video, arrivals: 12, withAppointment: 1, expected: 1, notes: ['Test results', 'Follow-up'] },
    ],
    rooms: [
      room('Room 1', 'غرفة 1', [consultation], ['Dr. Amara Okonjo', 'د. أمارا أوكونجو'], 8),
      room('Room 2', 'غرفة 2', [consultation], ['Dr. Henrik Lund', 'د. هنريك لوند'], 20),
      room('Room 3', 'غرفة 3', [consultation, sameDay], ['Dr. Nadia Rahman', 'د. نادية رحمن'], 25),
      room('Room 4', 'غرفة 4', [consultation], ['Lucía Vega, NP', 'لوسيا فيغا، ممرضة ممارسة'], 60, 18),
      room('Room 5', 'غرفة 5', [sameDay], ['Dr. Sara Lindqvist', 'د. سارة ليندكفست']),
      room('Bay 1', 'مقصورة 1', [blood], ['Joan Mercer, RN', 'جوان ميرسر، ممرضة']),
      room('Bay 2', 'مقصورة 2', [blood], ['Tariq Saleh, RN', 'طارق صالح، ممرض'], 30),
      room('Room 6', 'غرفة 6', [vaccination], ['Beatriz Lopes, RN', 'بياتريس لوبيس، ممرضة']),
      room('Room 7', 'غرفة 7', [wounds], ['Peter Novak, RN', 'بيتر نوفاك، ممرض']),
      room('Video desk', 'مكتب الزيارات المرئية', [video], ['Dr. Elif Kaya', 'د. إليف كايا'], 20),
    ],
  };
};

/** The commands that set the clinic up. Queues before the rooms that serve them. */
export const configureClinic = ({ site, pools, mornings, rooms }: DemoRows): Intent[] => [
  { type: 'configureSite', args: { site } },
  ...pools.map((pool): Intent => ({ type: 'configurePool', args: { pool } })),
  ...mornings.map(({ queue }): Intent => ({ type: 'configureQueue', args: { queue } })),
  ...rooms.map(({ room }): Intent => ({ type: 'configureServicePoint', args: { servicePoint: room } })),
  ...rooms.flatMap(({ provider }): Intent[] => (provider ? [{ type: 'configureProvider', args: { provider } }] : [])),
];
