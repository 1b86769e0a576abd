import { OUTCOME_CODES } from '@shared/domain/outcome';
import type { Instant } from '@shared/domain/time';
import { catalogues } from '@shared/i18n/catalogue';
import { dateText, dayText, timeText, timeWithSecondsText } from '@shared/i18n/format';
import { announcement, spokenTicket } from '@shared/i18n/spelling';
import { isMessageKey, isolate, translator } from '@shared/i18n/translate';
import { describe, expect, it } from 'vitest';

const AT = Date.UTC(2026, 10, 24, 10, 2, 7) as Instant;
const plain = (text: string): string => text.replace(/[\u2066-\u2069]/g, '');

describe('outcome words', () => {
  const detail = { ticket: 'A012', byDevice: 'Desk 2', time: '10:02' };

  it('S7: who, what and when are in the sentence, and one next step follows', () => {
    expect(translator('en')('outcome:already_called', detail)).toBe('A012 was called by Desk 2 at 10:02.');
    expect(translator('en')('outcome:already_called.next')).toBe('Let go, or take over if the patient came to you.');
    expect(plain(translator('ar')('outcome:already_called', detail))).toBe('سبق أن نادى Desk 2 على A012 الساعة 10:02.');
  });

  it('has words for what an outcome may leave out', () => {
    const named = OUTCOME_CODES.flatMap((code) => [catalogues.en.outcome[code], catalogues.en.outcome[`${code}.next`]]).join(' ');
    for (const [, name] of named.matchAll(/\{\{(\w+)\}\}/g)) expect(isMessageKey(`outcome:some.${name}`), name).toBe(true);
  });
});

describe('spelling', () => {
  it.each([
    ['A012', 'A, 12', 'إيه، 12'],
    ['BD007', 'B, D, 7', 'بي، دي، 7'],
    ['A-B07', 'A, B, 7', 'إيه، بي، 7'],
    ['W130', 'W, 130', 'دبليو، 130'],
  ])('%s is said as people say it', (ticket, english, arabic) => {
    expect(spokenTicket(ticket, 'en')).toBe(english);
    expect(spokenTicket(ticket, 'ar')).toBe(arabic);
  });

  it('an announcement names ticket and room in its language, without invisible characters', () => {
    const call = { ticket: 'A012', place: { name: 'Room 3', translations: { ar: 'غرفة 3' } }, recall: false };
    expect(announcement(call, 'en')).toBe('Ticket A, 12. Please go to Room 3.');
    expect(announcement(call, 'ar')).toBe('التذكرة إيه، 12. الرجاء التوجّه إلى غرفة 3.');
    expect(announcement({ ...call, recall: true }, 'en')).toBe('Once more: ticket A, 12. Please go to Room 3.');
  });
});

describe('formats', () => {
  it('time and day follow the zone that is given', () => {
    expect(timeText(AT, 'Europe/Berlin', 'en')).toBe('11:02');
    expect(timeText(AT, 'Asia/Riyadh', 'ar')).toBe('13:02');
    expect(timeText((AT - 2 * 3_600_000 - 127_000) as Instant, 'UTC', 'en')).toBe('08:00');
    expect(timeText(Date.UTC(2026, 10, 24, 0, 5) as Instant, 'UTC', 'en')).toBe('00:05');
    expect(timeWithSecondsText(AT, 'UTC', 'en')).toBe('10:02:07');
    expect(dayText(AT, 'UTC', 'en')).toBe('Tuesday 24 November');
    expect(dayText(AT, 'UTC', 'ar')).toMatch(/^الثلاثاء/);
    expect(dateText(AT, 'UTC', 'en')).toBe('24 Nov 2026');
  });

  it('plural forms follow the language', () => {
    const t = translator('ar');
    expect([0, 1, 2, 3, 11, 100].map((count) => plain(t('ticket:ahead', { count })))).toEqual([
      'لا أحد قبلك',
      'شخص واحد قبلك',
      'شخصان قبلك',
      '3 أشخاص قبلك',
      '11 شخصًا قبلك',
      '100 شخص قبلك',
    ]);
    expect(translator('en')('ticket:ahead', { count: 1 })).toBe('1 person ahead of you');
    expect(translator('en')('ticket:ahead', { count: 0 })).toBe('Nobody is ahead of you');
  });

  it('isolates what runs against its sentence, and nothing else', () => {
    expect(isolate('A012', 'rtl')).toBe('\u2068A012\u2069');
    expect(isolate('غرفة', 'rtl')).toBe('غرفة');
    expect(isolate('Room 3', 'ltr')).toBe('Room 3');
    expect(isolate('ليلى', 'ltr')).toBe('\u2068ليلى\u2069');
  });

  it('knows which keys it has', () => {
    expect([isMessageKey('priority:urgent'), isMessageKey('ticket:ahead'), isMessageKey('priority:blue'), isMessageKey('nothing')]).toEqual(
      [true, true, false, false],
    );
  });
});
