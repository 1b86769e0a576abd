import { dateText, timeText } from '@shared/i18n/format';
import { directionOf, languages } from '@shared/i18n/language';
import { type Translate, translator } from '@shared/i18n/translate';
import { type Locale, textIn } from '@shared/views/text';
import type { TicketView } from '@shared/views/ticket';
import { Html, html } from './html';

/** What the page's script gets when it asks again: the same words that the page itself is made of. */
export interface TicketUpdate {
  /** Changes when there is something to tell: another state, or another call. */
  readonly key: string;
  readonly state: TicketView['state'];
  readonly title: string;
  /** The page's `<main>`, escaped. */
  readonly main: string;
  /** What the page says from when on it hears no more. */
  readonly stale: string;
}

/** Icons of the queue in front of the door; beyond these the number says it. */
const MOST_ICONS = 6;

/** What changes on the page of a ticket. */
export const ticketUpdate = (view: TicketView, locale: Locale): TicketUpdate => {
  const say = translator(locale);
  return {
    key: `${view.state} ${view.calledAt ?? ''}`,
    state: view.state,
    title: view.state === 'called' ? `${say('ticket:called')} · ${view.ticket}` : say('ticket:title', { ticket: view.ticket }),
    main: main(view, locale, say).text,
    stale: say('ticket:last_known', { time: timeText(view.now, view.zone, locale) }),
  };
};

/** The page of a ticket, readable without its script: no name in it, and an address that tells nothing. */
export const ticketPage = (view: TicketView, locale: Locale): string => {
  const say = translator(locale);
  const update = ticketUpdate(view, locale);
  const time = timeText(view.now, view.zone, locale);
  return shell({
    locale,
    title: update.title,
    state: update.state,
    head: html`<span><bdi>${textIn(view.site, locale)}</bdi></span>${switches(view.languages, locale)}`,
    body: html`${new Html(update.main)}
<footer class="foot">
<p id="fresh" role="status" data-live="${say('ticket:live')}">${say('ticket:as_of', { time })}</p>
<button id="tell" type="button" aria-pressed="false" data-on="${say('ticket:telling_on')}" hidden>${icon('sound')}<span>${say('ticket:tell_me')}</span></button>
</footer>
<noscript><p class="note">${say('ticket:no_script', { time })}</p></noscript>`,
    script: html`<script src="/t/ticket.js" data-key="${update.key}" data-stale="${update.stale}" defer></script>`,
  });
};

/** The page of an address that no ticket has. */
export const unknownTicketPage = (
  site: { name: Parameters<typeof textIn>[0]; languages: readonly Locale[] } | null,
  locale: Locale,
): string => {
  const say = translator(locale);
  return shell({
    locale,
    title: say('ticket:unknown'),
    state: 'unknown',
    head: html`<span><bdi>${site ? textIn(site.name, locale) : 'Anteroom'}</bdi></span>${switches(site?.languages ?? [], locale)}`,
    body: html`<main><p class="lead">${say('ticket:unknown')}</p><p class="note">${say('ticket:unknown_hint')}</p></main>`,
    script: null,
  });
};

const shell = (page: { locale: Locale; title: string; state: string; head: Html; body: Html; script: Html | null }): string =>
  html`<!doctype html>
<html lang="${page.locale}" dir="${directionOf(page.locale)}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><meta name="color-scheme" content="light">
<title>${page.title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/t/ticket.css">
${page.script}
</head>
<body data-state="${page.state}">
<div class="phone">
<header class="head">${page.head}</header>
${page.body}
</div>
</body>
</html>
`.text;

const switches = (offered: readonly Locale[], current: Locale): Html[] =>
  offered
    .filter((locale) => locale !== current)
    .map((locale) => html`<a href="?lang=${locale}" lang="${locale}" dir="${directionOf(locale)}">${languages[locale].name}</a>`);

const main = (view: TicketView, locale: Locale, say: Translate): Html => {
  switch (view.state) {
    case 'waiting':
      return html`<main>${ticketHead(view, locale, say)}${place(view, say)}${estimate(view, locale, say)}<p class="note">${say('ticket:others_first')}</p></main>`;
    case 'called':
      return html`<main role="alert"><p class="lead">${say('ticket:called')}</p>
${view.place && html`<p class="room" aria-label="${say('ticket:go_to', { place: textIn(view.place, locale) })}"><bdi>${textIn(view.place, locale)}</bdi></p>`}
<div class="stub"><p><span>${say('ticket:your_ticket')}</span><b>${ticketNumber(view)}</b></p>
${view.calledAt !== null && html`<p class="stub-time">${say('ticket:called_at', { time: timeText(view.calledAt, view.zone, locale) })}</p>`}</div></main>`;
    case 'in_service':
      return html`<main>${ticketHead(view, locale, say)}<section class="part"><p class="lead">${say('ticket:in_service')}</p>${view.place && html`<p class="note"><bdi>${textIn(view.place, locale)}</bdi></p>`}</section></main>`;
    case 'on_hold':
      return html`<main>${ticketHead(view, locale, say)}<section class="part"><p class="lead">${say('ticket:on_hold')}</p><p class="note">${say('ticket:on_hold_hint')}</p></section></main>`;
    case 'ended':
      return html`<main>${ticketHead(view, locale, say)}<section class="part"><p class="lead">${say('ticket:ended')}</p><p class="note">${say('ticket:ended_hint')}</p><p class="note">${dateText(view.now, view.zone, locale)}</p></section></main>`;
    case 'unknown':
      return html`<main><p class="lead">${say('ticket:unknown')}</p><p class="note">${say('ticket:unknown_hint')}</p></main>`;
  }
};

const ticketNumber = (view: TicketView): Html => html`<bdi dir="ltr" class="num">${view.ticket}</bdi>`;

const ticketHead = (view: TicketView, locale: Locale, say: Translate): Html =>
  html`<p class="label">${say('ticket:your_ticket')}</p><p class="ticket">${ticketNumber(view)}</p><p class="queue"><bdi>${textIn(view.queue, locale)}</bdi></p>`;

const place = ({ ahead, position }: TicketView, say: Translate): Html | null => {
  if (ahead === null || position === null) return null;
  const people = Array.from({ length: Math.min(ahead, MOST_ICONS) }, () => html`<i>${icon('person')}</i>`);
  return html`<section class="part"><p class="ahead">${ahead === 0 ? say('ticket:you_are_next') : boldNumbers(say('ticket:ahead', { count: ahead }))}</p>
<div class="line" aria-hidden="true"><i class="door">${icon('door')}</i>${people}<b>${position}</b></div></section>`;
};

const estimate = (view: TicketView, locale: Locale, say: Translate): Html | null => {
  if (!view.estimate || view.estimate.kind === 'next') return null;
  if (view.estimate.kind === 'place') return html`<section class="part"><p class="ahead">${say('ticket:estimate_none')}</p></section>`;
  const { about, under, rough } = view.estimate;
  const at = (minutes: number) => timeText(later(view, minutes), view.zone, locale);
  const full = Math.max(under, 1) / 0.8;
  const percent = (minutes: number) => Math.round((minutes / full) * 20) * 5;
  return html`<section class="part"><p class="ahead">${boldNumbers(say(rough ? 'ticket:estimate_rough' : 'ticket:estimate', { about, under }))}</p>
<div class="range" aria-hidden="true"><i></i><u class="at-${percent(about)}"></u></div>
<div class="times num" aria-hidden="true"><span>${at(0)}</span><span class="at-${percent(about)}">${at(about)}</span>${percent(under) - percent(about) >= 20 && html`<span class="at-80">${at(under)}</span>`}</div></section>`;
};

/** The instant some minutes after the view was made. */
const later = (view: TicketView, minutes: number): TicketView['now'] => (view.now + minutes * 60_000) as TicketView['now'];

const boldNumbers = (sentence: string): Html[] =>
  sentence.split(/(\d+)/).map((part, index) => (index % 2 === 1 ? html`<b>${part}</b>` : html`${part}`));

const PATHS = {
  door: '<path d="M6 21V4.5L15 3v18M15 5h3v16M3.5 21h17"/><path d="M12 12v.01" stroke-width="2.4"/>',
  person: '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5"/>',
  sound: '<path d="M4 10v4h3l5 4V6l-5 4zM16 9.5a4 4 0 0 1 0 5M18.5 7a7.5 7.5 0 0 1 0 10"/>',
} as const;

const icon = (name: keyof typeof PATHS): Html =>
  html`<svg class="icon icon-${name}" viewBox="0 0 24 24" aria-hidden="true">${new Html(PATHS[name])}</svg>`;
