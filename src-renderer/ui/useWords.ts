import type { Locale } from '@shared/domain/rows';
import type { Translate } from '@shared/i18n/translate';
import { type NamedText, textIn } from '@shared/views/text';
import { useTranslation } from 'react-i18next';

/** The words of the chosen language, with keys checked by the compiler. */
export const useWords = (): Translate => useTranslation().t as unknown as Translate;

/** The chosen language. */
export const useLocale = (): Locale => (useTranslation().i18n.language === 'ar' ? 'ar' : 'en');

/** Gives names in the chosen language, or as they were given. */
export const useNameText = (): ((text: NamedText) => string) => {
  const locale = useLocale();
  return (text) => textIn(text, locale);
};
