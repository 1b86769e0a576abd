import type { Instant } from '@shared/domain/time';
import { serviceDayOf } from '@shared/engine/serviceDay';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { newLink } from '@/desk/intents';
import { readBirthDate, readTime, timeOnDay } from '@/desk/patientForm';
import { folded } from '@/desk/titlebar/findings';

const TODAY = '2026-11-23';

describe('a date of birth', () => {
  it('is read as day, month, year for every day of the last 130 years, however it is written', () => {
    const days = fc.integer({ min: 0, max: 47_400 }).map((back) => Temporal.PlainDate.from(TODAY).subtract({ days: back }));
    fc.assert(
      fc.property(days, fc.constantFrom('/', '.', '-'), (date, mark) => {
        expect(readBirthDate([date.day, date.month, date.year].join(mark), TODAY)).toEqual({ date: date.toString() });
        expect(readBirthDate(date.toString(), TODAY)).toEqual({ date: date.toString() });
      }),
    );
  });

  it('is refused for every day that its month does not have', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1900, max: 2025 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 40 }),
        (year, month, beyond) => {
          const { daysInMonth } = Temporal.PlainYearMonth.from({ year, month });
          expect(readBirthDate(`${daysInMonth + beyond}/${month}/${year}`, TODAY)).toMatchObject({ problem: 'date_day' });
        },
      ),
    );
  });

  it('may be written in Arabic digits, and may be absent', () => {
    expect(readBirthDate('١٤/٠٣/١٩٨٦', TODAY)).toEqual({ date: '1986-03-14' });
    expect(readBirthDate('  ', TODAY)).toEqual({ date: null });
  });

  it('is never a date that has not come', () => {
    expect(readBirthDate('23/11/2026', TODAY)).toEqual({ date: TODAY });
    expect(readBirthDate('24/11/2026', TODAY)).toMatchObject({ problem: 'date_future' });
  });
});

describe('a time of the service day', () => {
  it.each([
    ['9:30', 570],
    ['0930', 570],
    ['9.30', 570],
    ['00:00', 0],
    ['23:59', 1439],
    ['٠٩:٣٠', 570],
    ['', null],
    ['24:00', undefined],
    ['9:60', undefined],
    ['soon', undefined],
  ])('reads “%s”', (text, minutes) => {
    expect(readTime(text)).toBe(minutes);
  });

  it('lies within the service day for every zone, day start and time', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Riyadh', 'America/St_Johns', 'Pacific/Apia');
    // noon of each day of a year, so that both changes of the clock are met
    const noons = fc.integer({ min: 0, max: 365 }).map((day) => (Date.UTC(2026, 0, 1, 12) + day * 86_400_000) as Instant);
    fc.assert(
      fc.property(zones, noons, fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 1439 }), (zone, noon, dayStart, minutes) => {
        const day = serviceDayOf(noon, zone, dayStart);
        const at = timeOnDay(minutes, day, zone, dayStart);
        const clock = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
        const skipped = clock.hour * 60 + clock.minute !== minutes;
        // a time that the clock leaves out that night is the moment after the gap; all others belong to the day they were typed for
        if (!skipped) expect(serviceDayOf(at, zone, dayStart)).toBe(day);
      }),
    );
  });
});

it('finds names without accents, and Arabic ones without vowel signs or the shape of alif', () => {
  expect(folded('Tomás Dvořák')).toBe('tomas dvorak');
  expect(folded('أُسَامَة')).toBe(folded('اسامه'));
});

it('a link is 22 characters of base64url, and no two are alike', () => {
  const links = Array.from({ length: 200 }, newLink);
  for (const link of links) expect(link).toMatch(/^[\w-]{22}$/);
  expect(new Set(links).size).toBe(links.length);
});
