import { LOCALES, type Locale } from '@shared/domain/rows';

const isLocale = (tag: string): tag is Locale => LOCALES.some((locale) => locale === tag);

/** The language asked for by the page's switch, else the browser's first that the site offers, else the site's first. */
export const chosenLanguage = (query: unknown, acceptLanguage: string | undefined, offered: readonly Locale[]): Locale => {
  const asked = typeof query === 'object' && query !== null && 'lang' in query ? query.lang : undefined;
  if (typeof asked === 'string' && isLocale(asked) && offered.includes(asked)) return asked;
  return preferred(acceptLanguage ?? '').find((locale) => offered.includes(locale)) ?? offered[0] ?? 'en';
};

/** The languages of an Accept-Language header that there are catalogues for, most wanted first. */
const preferred = (header: string): Locale[] =>
  header
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = Number(
        parameters
          .find((parameter) => parameter.trim().startsWith('q='))
          ?.trim()
          .slice(2) ?? 1,
      );
      return { locale: range.split('-', 1)[0] ?? '', weight: Number.isFinite(weight) ? weight : 0 };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ locale }) => locale)
    .filter(isLocale);
