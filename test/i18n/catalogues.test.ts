import { OUTCOME_CODES } from '@shared/domain/outcome';
import { LOCALES } from '@shared/domain/rows';
import { catalogues } from '@shared/i18n/catalogue';
import { languages } from '@shared/i18n/language';
import type { Wordings } from '@shared/i18n/translation';
import { describe, expect, it } from 'vitest';

const PLURAL = /_(zero|one|two|few|many|other)$/;
const stem = (key: string): string => key.replace(PLURAL, '');
const placeholders = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();

/** The namespaces of a language as plain maps. */
const namespaces = (locale: (typeof LOCALES)[number]): [string, Wordings][] => Object.entries(catalogues[locale]) as [string, Wordings][];
const english = new Map(namespaces('en'));

describe.each(LOCALES)('the catalogue %s', (locale) => {
  it('has the namespaces and keys of the English one, and no other', () => {
    expect(
      namespaces(locale)
        .map(([name]) => name)
        .sort(),
    ).toEqual([...english.keys()].sort());
    for (const [name, wordings] of namespaces(locale)) {
      const keys = new Set(Object.keys(wordings).map(stem));
      expect([...keys].sort(), name).toEqual([...new Set(Object.keys(english.get(name) ?? {}).map(stem))].sort());
    }
  });

  it('uses the placeholders of the English wording', () => {
    for (const [name, wordings] of namespaces(locale)) {
      const source = english.get(name) ?? {};
      for (const [key, text] of Object.entries(wordings)) {
        const isPlural = PLURAL.test(key);
        const wanted = placeholders(source[key] ?? source[`${stem(key)}_other`] ?? '');
        // a plural form may spell its number out: “two in the queue”
        const withoutCount = (names: string[]) => (isPlural ? names.filter((placeholder) => placeholder !== 'count') : names);
        // and “not called yet” has no time to name
        if (key.endsWith('_zero')) expect(wanted, `${name}:${key}`).toEqual(expect.arrayContaining(placeholders(text)));
        else expect(withoutCount(placeholders(text)), `${name}:${key}`).toEqual(withoutCount(wanted));
      }
    }
  });

  it('has every plural form that the language’s rules ask for', () => {
    const forms = new Intl.PluralRules(languages[locale].tag).resolvedOptions().pluralCategories;
    for (const [name, wordings] of namespaces(locale)) {
      const stems = new Set(
        Object.keys(wordings)
          .filter((key) => PLURAL.test(key))
          .map(stem),
      );
      for (const base of stems) for (const form of forms) expect(Object.keys(wordings), `${name}:${base}`).toContain(`${base}_${form}`);
    }
  });

  it('leaves no wording empty', () => {
    for (const [name, wordings] of namespaces(locale))
      for (const [key, text] of Object.entries(wordings)) expect(text.trim(), `${name}:${key}`).not.toBe('');
  });

  it('has a sentence and a next step for every outcome', () => {
    const wordings: Wordings = catalogues[locale].outcome;
    for (const code of OUTCOME_CODES) {
      expect(Object.keys(wordings)).toContain(code);
      expect(Object.keys(wordings)).toContain(`${code}.next`);
    }
  });
});

describe('the Arabic catalogue', () => {
  it('is in Arabic: no wording is left in English', () => {
    for (const [name, wordings] of namespaces('ar')) {
      for (const [key, text] of Object.entries(wordings)) {
        // the name of the other language is written in that language
        if (key === 'other_language') continue;
        const words = text.replace(/\{\{\w+\}\}/g, '');
        if (/[A-Za-z]{2}/.test(words) || /\p{L}/u.test(words)) expect(words, `${name}:${key}`).toMatch(/\p{Script=Arabic}/u);
      }
    }
  });
});
