import { createInstance, type i18n } from 'i18next';
import type { Locale } from '../domain/rows';
import { catalogues, type MessageKey } from './catalogue';
import { directionOf } from './language';

/** The wording of a key with its values; `count` chooses the plural form. */
export type Translate = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufefc]/;
const LEFT_TO_RIGHT = /[0-9A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1eff]/;

/**
 * Wraps a value in Unicode isolates where it runs against its sentence (a ticket in Arabic, an Arabic name in English), so
 * that neighbouring punctuation and numbers stay where they belong.
 */
export const isolate = (value: string, direction: 'ltr' | 'rtl'): string =>
  (direction === 'rtl' ? LEFT_TO_RIGHT : RIGHT_TO_LEFT).test(value) ? `\u2068${value}\u2069` : value;

/** An i18next instance for one language, ready at once: all wordings are bundled. */
export const createI18n = (locale: Locale): i18n => {
  const instance = createInstance({
    lng: locale,
    fallbackLng: 'en',
    resources: { en: catalogues.en, [locale]: catalogues[locale] },
    ns: Object.keys(catalogues.en),
    defaultNS: 'common',
    keySeparator: false,
    nsSeparator: ':',
    initAsync: false,
    interpolation: { escapeValue: true, escape: (value: string) => isolate(value, directionOf(locale)) },
  });
  void instance.init();
  return instance;
};

const instances = new Map<Locale, i18n>();
const instanceOf = (locale: Locale): i18n => {
  const made = instances.get(locale) ?? createI18n(locale);
  instances.set(locale, made);
  return made;
};

/** The words of a language: `translator('ar')('monitor:now_calling')`. */
export const translator = (locale: Locale): Translate => {
  const instance = instanceOf(locale);
  return (key, values) => instance.t(key, { ...values });
};

/** Whether a catalogue has a wording, for keys that come as data (an own priority level, a code of a newer server). */
export const isMessageKey = (key: string): key is MessageKey => instanceOf('en').exists(key) || instanceOf('en').exists(key, { count: 1 });
