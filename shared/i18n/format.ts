import type { Locale } from '../domain/rows';
import type { Instant } from '../domain/time';
import { languages } from './language';

/** Times and dates as people read them: language and zone are always given, the machine's own are never asked. */

const formats = new Map<string, Intl.DateTimeFormat>();
const dateTimeFormat = (locale: Locale, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${locale} ${zone} ${JSON.stringify(options)}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(languages[locale].tag, { timeZone: zone, ...options });
  formats.set(key, made);
  return made;
};

/** `10:42`, in the 24-hour clock that tickets and monitors use. */
export const timeText = (at: Instant, zone: string, locale: Locale): string =>
  dateTimeFormat(locale, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);

/** `10:42:07` */
export const timeWithSecondsText = (at: Instant, zone: string, locale: Locale): string =>
  dateTimeFormat(locale, zone, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(at);

/** `Tuesday 24 November` */
export const dayText = (at: Instant, zone: string, locale: Locale): string =>
  dateTimeFormat(locale, zone, { weekday: 'long', day: 'numeric', month: 'long' }).format(at).replace(',', '');

/** `24 Nov 2026` */
export const dateText = (at: Instant, zone: string, locale: Locale): string =>
  dateTimeFormat(locale, zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(at);
