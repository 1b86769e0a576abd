import type { MessageKey } from '@shared/i18n/catalogue';
import { directionOf } from '@shared/i18n/language';
import { type Translate, translator } from '@shared/i18n/translate';
import { type Locale, type NamedText, textIn } from '@shared/views/text';
import { createContext, type ReactNode, use } from 'react';

/** The clinic's languages on this screen: everything in the first, what matters most in the second too. */
export interface ScreenLanguages {
  readonly first: Locale;
  readonly second: Locale | null;
}

export const LanguagesContext = createContext<ScreenLanguages>({ first: 'en', second: null });

export const useLanguages = (): ScreenLanguages => use(LanguagesContext);

/** The words of the screen's first language. */
export const useWords = (): Translate => translator(useLanguages().first);

/** Marks a text's language and direction, for its face and for screen readers. */
export const In = ({ locale, children }: { readonly locale: Locale; readonly children: ReactNode }) => (
  <span className="m-second" dir={directionOf(locale)} lang={locale}>
    {children}
  </span>
);

/** A wording of the catalogue in the second language, when the clinic has one. */
export const SecondWords = ({ message }: { readonly message: MessageKey }) => {
  const { second } = useLanguages();
  return second && <In locale={second}>{translator(second)(message)}</In>;
};

/** A name in the second language, when it has one there that differs from the first. */
export const SecondName = ({ text }: { readonly text: NamedText }) => {
  const { first, second } = useLanguages();
  if (!second || textIn(text, second) === textIn(text, first)) return null;
  return <In locale={second}>{textIn(text, second)}</In>;
};
