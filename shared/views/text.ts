import type { Locale } from '../domain/rows';

export type { Locale };

/** A name as given, with its wording in other languages. */
export interface NamedText {
  readonly name: string;
  readonly translations: Readonly<Partial<Record<Locale, string>>>;
}

/** The name in a language, or as given. */
export const textIn = (text: NamedText, locale: Locale): string => text.translations[locale] || text.name;
