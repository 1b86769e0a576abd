import { Temporal } from 'temporal-polyfill';
import type { Instant, ServiceDay } from '../domain/time';

/**
 * When a service day begins: `dayStart` minutes after midnight by the wall clock of `zone` (IANA name). A start that a
 * change of the clock leaves out is the moment after the gap, one that comes twice is the first.
 * Throws a RangeError for a zone or day that does not exist.
 */
export function startOfServiceDay(day: ServiceDay, zone: string, dayStart: number): Instant {
  const plainTime = new Temporal.PlainTime(Math.floor(dayStart / 60), dayStart % 60);
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds as Instant;
}

/**
 * The service day that a moment belongs to. Compared as moments, not as wall clock readings, so that an hour which comes
 * twice cannot fall back into the day before. Throws a RangeError for an unknown zone.
 */
export function serviceDayOf(at: Instant, zone: string, dayStart: number): ServiceDay {
  const date = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  const day = date.toString() as ServiceDay;
  if (at >= startOfServiceDay(day, zone, dayStart)) return day;
  return date.subtract({ days: 1 }).toString() as ServiceDay;
}

/** Whether this is a zone that calendars know, such as `Europe/Berlin`. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}
