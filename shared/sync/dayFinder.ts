import type { Site } from '../domain/rows';
import { type Instant, instant, type ServiceDay } from '../domain/time';
import { isZone, serviceDayOf } from '../engine/serviceDay';

/** The host's clock reading as a moment of the calendar: whole milliseconds within what rows may carry. */
export const instantOf = (milliseconds: number): Instant =>
  instant.parse(Math.min(Math.max(Math.round(milliseconds), 0), instant.maxValue ?? 0));

/**
 * Finds service days and remembers the last one: between two moments of one day every moment is of that day, so that most
 * commands need no calendar. Before the site is configured, or with a zone that this machine's calendar lacks, the day is UTC's.
 */
export function createDayFinder(): (site: Site | undefined, at: Instant) => ServiceDay {
  let known: { zone: string; dayStart: number; from: Instant; to: Instant; day: ServiceDay } | undefined;
  return (site, at) => {
    const zone = site?.zone ?? 'UTC';
    const dayStart = site?.dayStart ?? 0;
    if (known && known.zone === zone && known.dayStart === dayStart && at >= known.from && at <= known.to) return known.day;
    const day = serviceDayOf(at, isZone(zone) ? zone : 'UTC', dayStart);
    if (known && known.zone === zone && known.dayStart === dayStart && known.day === day) {
      known = { ...known, from: at < known.from ? at : known.from, to: at > known.to ? at : known.to };
    } else {
      known = { zone, dayStart, from: at, to: at, day };
    }
    return day;
  };
}
