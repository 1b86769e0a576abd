import { type Instant, MINUTE, type Minutes } from '@shared/domain/time';
import { serviceDayOf, startOfServiceDay } from '@shared/engine/serviceDay';
import { configureClinic, demoRows } from './clinic';
import { playMorning } from './morning';
import { createRehearsal, type DemoCommand } from './rehearsal';

export interface DemoInput {
  readonly now: Instant;
  /** IANA zone of the clinic. */
  readonly zone: string;
  /** 0 ≤ random() < 1; the same sequence gives the same clinic. */
  readonly random: () => number;
  /** A new UUIDv7. */
  readonly newId: () => string;
}

/** How long the clinic has been open, and how much of the service day that needs with what comes before. */
const MORNING: Minutes = 170;
const NEEDED: Minutes = 210;
/** 04:00, when no clinic is open: the day start unless the demo begins too soon after it. */
const USUAL_DAY_START = 4 * 60;

const minuteOfDay = (at: Instant, zone: string): number => {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(
    at,
  );
  const part = (type: 'hour' | 'minute') => Number(parts.find((found) => found.type === type)?.value ?? 0);
  return part('hour') * 60 + part('minute');
};

/** A day start, in minutes after midnight, that leaves the whole morning in the service day of `now`, at any time of day. */
const fittingDayStart = (now: Instant, zone: string): number => {
  const hourBefore = (minutes: Minutes): number => Math.floor(minuteOfDay((now - minutes * MINUTE) as Instant, zone) / 60) * 60;
  const candidates = [USUAL_DAY_START, hourBefore(NEEDED), hourBefore(NEEDED + 60), hourBefore(NEEDED + 120)];
  const fits = (dayStart: number): boolean => startOfServiceDay(serviceDayOf(now, zone, dayStart), zone, dayStart) <= now - NEEDED * MINUTE;
  return candidates.find(fits) ?? USUAL_DAY_START;
};

/**
 * Harbour Street Clinic with a morning under way, as the commands that made it: a fresh site that is given them in order has
 * people waiting, called, in service, on hold, missed and served, and appointments to come. Throws a RangeError for an
 * unknown zone.
 */
export const demoClinic = ({ now, zone, random, newId }: DemoInput): DemoCommand[] => {
  const start = (now - MORNING * MINUTE) as Instant;
  const rows = demoRows(zone, fittingDayStart(now, zone), newId);
  const rehearsal = createRehearsal(rows.site, newId);
  for (const intent of configureClinic(rows)) rehearsal.act(intent, start, 'Setup');
  playMorning({ rows, rehearsal, start, now, random, newId });
  return [...rehearsal.commands];
};
