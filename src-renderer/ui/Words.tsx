import { Fragment } from 'react';

const FIGURE = String.raw`[A-Z]{1,3}(?:-[A-Z]{1,3})?\d{1,5}|[+\u2212-]?\d[\d:.,]*(?:\s?%)?`;
/** Word joiners: invisible marks round a name, whose figures are the name's own. */
const NAME_MARK = '\u2060';
/** A name; else a ticket, time or (signed) number, with or without the isolates that the catalogue put round it. */
const PARTS = new RegExp(
  `${NAME_MARK}([^${NAME_MARK}]*)${NAME_MARK}|\\u2068(${FIGURE})\\u2069|(?<![\\p{L}\\p{N}-])(${FIGURE})(?![\\p{L}\\p{N}])`,
  'gu',
);

/** Marks a name inside a sentence, so that "Room 3" is not read as a figure. */
export const asName = (name: string): string => `${NAME_MARK}${name}${NAME_MARK}`;

interface Part {
  readonly at: number;
  readonly kind: 'text' | 'figure' | 'name';
  readonly text: string;
}

const partsOf = (sentence: string): readonly Part[] => {
  const parts: Part[] = [];
  let end = 0;
  for (const match of sentence.matchAll(PARTS)) {
    const [whole, name, isolated, bare] = match;
    // a full stop or comma behind a figure belongs to the sentence
    const figure = isolated ?? bare?.replace(/[.,:]$/, '');
    if (match.index > end) parts.push({ at: end, kind: 'text', text: sentence.slice(end, match.index) });
    parts.push({ at: match.index, kind: figure === undefined ? 'name' : 'figure', text: figure ?? name ?? '' });
    end = match.index + whole.length - ((bare ?? '').length - (bare === undefined ? 0 : (figure ?? '').length));
  }
  if (end < sentence.length) parts.push({ at: end, kind: 'text', text: sentence.slice(end) });
  return parts;
};

/** Sets tickets, times and numbers of a sentence left to right and in tabular figures, whatever the sentence's direction. */
export const Words = ({ children }: { children: string }) =>
  partsOf(children).map(({ at, kind, text }) => {
    if (kind === 'text') return <Fragment key={at}>{text}</Fragment>;
    if (kind === 'name') return <bdi key={at}>{text}</bdi>;
    return (
      <bdi key={at} dir="ltr" className="num">
        {text}
      </bdi>
    );
  });

/** A number, time or sum that stands alone. */
export const Num = ({ children }: { children: string | number }) => (
  <bdi dir="ltr" className="num">
    {children}
  </bdi>
);

/** A ticket, in the one form in which it is always set. */
export const Ticket = ({ children }: { children: string }) => (
  <bdi dir="ltr" className="ticket">
    {children}
  </bdi>
);
