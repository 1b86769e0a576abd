import type { Locale } from '../domain/rows';
import { language as ar } from './catalogues/ar/language';
import { language as en } from './catalogues/en/language';

/** What a language needs beside its wordings. */
export interface Language {
  /** Its own name for itself. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  /** BCP 47 tag for dates and numbers; clinics print Latin digits on tickets, so times and counts use them too. */
  readonly tag: string;
  /** How the letters of a ticket are said; letters that are absent are said as they are written. */
  readonly letters: Readonly<Record<string, string>>;
  /** The comma that makes a voice pause. */
  readonly comma: string;
}

export const languages: Readonly<Record<Locale, Language>> = { en, ar };

export const directionOf = (locale: Locale): 'ltr' | 'rtl' => languages[locale].direction;
