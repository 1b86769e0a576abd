import { directionOf } from '@shared/i18n/language';
import type { TickerPage } from '../tickerPages';

/** One page of the clinic's messages. */
export const Ticker = ({ page }: { readonly page: TickerPage }) => (
  <footer className="m-ticker">
    {page.map(({ locale, text }) => (
      <p dir={directionOf(locale)} key={locale} lang={locale}>
        {text}
      </p>
    ))}
  </footer>
);
