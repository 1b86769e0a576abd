import type { MonitorView } from '@shared/views/monitor';
import type { Locale } from '@shared/views/text';

/** What the ticker shows at once: one message in one language, or short ones side by side. */
export type TickerPage = readonly { readonly locale: Locale; readonly text: string }[];

/** Characters per language that fit side by side, and alone, on one line of the screen. */
const SIDE_BY_SIDE = 56;
const ALONE = 110;

const lines = (text: string): string[] => {
  const pages: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line && line.length + 1 + word.length > ALONE) {
      pages.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return line ? [...pages, line] : pages;
};

/** The pages of the ticker, changed as a whole and never scrolled (mockups, motion). */
export const tickerPages = (ticker: MonitorView['ticker'], languages: readonly Locale[]): TickerPage[] =>
  ticker.flatMap((message): TickerPage[] => {
    const texts = languages.flatMap((locale) => {
      const text = message[locale]?.trim();
      return text ? [{ locale, text }] : [];
    });
    if (texts.length === 0) return [];
    if (texts.every(({ text }) => text.length <= SIDE_BY_SIDE)) return [texts];
    return texts.flatMap(({ locale, text }) => lines(text).map((line): TickerPage => [{ locale, text: line }]));
  });

/** How long a page stays. */
export const PAGE_TIME = 8_000;

/** Which of so many pages is shown at a moment: screens of one clinic turn their pages together. */
export const pageAt = (now: number, pages: number): number => (pages === 0 ? 0 : Math.floor(now / PAGE_TIME) % pages);
