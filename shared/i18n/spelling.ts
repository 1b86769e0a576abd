import type { Locale } from '../domain/rows';
import type { MonitorCall } from '../views/monitor';
import { textIn } from '../views/text';
import { languages } from './language';
import { translator } from './translate';

/**
 * A ticket as people say it: letters one by one, the number without its leading zeros, with pauses between:
 * `A012` → "A, 12"; `A-B07` → "A, B, 7".
 */
export const spokenTicket = (ticket: string, locale: Locale): string => {
  const { letters, comma } = languages[locale];
  const parts = ticket.match(/[A-Z]|\d+/g) ?? [ticket];
  return parts.map((part) => (/^\d+$/.test(part) ? String(Number(part)) : (letters[part] ?? part))).join(`${comma} `);
};

/** What a voice says for a call. The ticket alone: a name on the screen is not read out to the room. */
export const announcement = (call: Pick<MonitorCall, 'ticket' | 'place' | 'recall'>, locale: Locale): string => {
  // a voice must not meet the invisible isolates of the screen's sentences
  const sentence = translator(locale)(call.recall ? 'monitor:announce_again' : 'monitor:announce', {
    ticket: spokenTicket(call.ticket, locale),
    place: textIn(call.place, locale),
  });
  return sentence.replace(/[\u2066-\u2069]/g, '');
};
