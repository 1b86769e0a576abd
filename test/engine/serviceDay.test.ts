import type { Instant, ServiceDay } from '@shared/domain/time';
import { isZone, serviceDayOf, startOfServiceDay } from '@shared/engine/serviceDay';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Africa/Cairo', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'];
const at = (text: string) => Date.parse(text) as Instant;

describe('the service day', () => {
  it('starts at the site’s day start, not at midnight', () => {
    expect(serviceDayOf(at('2026-06-15T02:59:59Z'), 'Europe/Berlin', 300)).toBe('2026-06-14');
    expect(serviceDayOf(at('2026-06-15T03:00:00Z'), 'Europe/Berlin', 300)).toBe('2026-06-15');
    expect(serviceDayOf(at('2026-06-14T18:30:00Z'), 'Asia/Kolkata', 0)).toBe('2026-06-15');
  });

  it('holds on the days that the clock changes', () => {
    // Berlin leaves out 02:00 to 03:00 on 29 March 2026, and has it twice on 25 October
    expect(startOfServiceDay('2026-03-29' as ServiceDay, 'Europe/Berlin', 150)).toBe(at('2026-03-29T01:30:00Z'));
    expect(startOfServiceDay('2026-10-25' as ServiceDay, 'Europe/Berlin', 150)).toBe(at('2026-10-25T00:30:00Z'));
    expect(serviceDayOf(at('2026-10-25T01:10:00Z'), 'Europe/Berlin', 150)).toBe('2026-10-25');
    // Cairo leaves out midnight itself on 24 April 2026
    expect(startOfServiceDay('2026-04-24' as ServiceDay, 'Africa/Cairo', 0)).toBe(at('2026-04-23T22:00:00Z'));
    expect(serviceDayOf(at('2026-04-23T21:59:59Z'), 'Africa/Cairo', 0)).toBe('2026-04-23');
    expect(serviceDayOf(at('2026-11-01T05:30:00Z'), 'America/New_York', 90)).toBe('2026-11-01');
  });

  it('a moment lies between its day’s start and the next, and days never go back', () => {
    const year = { min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') };
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer(year),
        fc.integer({ min: 0, max: 7_200_000 }),
        (zone, dayStart, moment, later) => {
          const day = serviceDayOf(moment as Instant, zone, dayStart);
          expect(startOfServiceDay(day, zone, dayStart)).toBeLessThanOrEqual(moment);
          expect(serviceDayOf((moment + later) as Instant, zone, dayStart) >= day).toBe(true);
          const start = startOfServiceDay(day, zone, dayStart);
          expect(serviceDayOf(start, zone, dayStart)).toBe(day);
          expect(serviceDayOf((start - 1) as Instant, zone, dayStart) < day).toBe(true);
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });

  it('knows zones from words', () => {
    expect(['Europe/Berlin', 'UTC', 'Nowhere/City', '', 'Berlin time'].map(isZone)).toEqual([true, true, false, false, false]);
  });
});
