import type { MonitorView } from '@shared/views/monitor';
import { textIn } from '@shared/views/text';
import { FitText } from '../FitText';
import { SecondName, useLanguages, useWords } from '../languages';
import { pageAt } from '../tickerPages';

type Queues = MonitorView['queues'];

/** Rows that fit; more queues take turns in pages of equal length. */
const ROWS = 6;

export const queuePages = (queues: Queues): Queues[] => {
  const pages = Math.ceil(queues.length / ROWS);
  const length = Math.ceil(queues.length / pages);
  return Array.from({ length: pages }, (_, page) => queues.slice(page * length, (page + 1) * length));
};

interface NowServingProps {
  readonly queues: Queues;
  /** The ticket in the panel, to find its queue by. */
  readonly calling: string | null;
  readonly now: number;
}

export const NowServing = ({ queues, calling, now }: NowServingProps) => {
  const { first } = useLanguages();
  const t = useWords();
  const pages = queuePages(queues);
  const page = pages[pageAt(now, pages.length)] ?? [];
  return (
    <section className="m-queues">
      <h2>{t('monitor:now_serving')}</h2>
      <ul data-rows={page.length}>
        {page.map(({ id, name, waiting, serving }) => (
          <li className={serving && serving.ticket === calling ? 'is-on' : ''} key={id}>
            <p>
              <span className="m-queue">{textIn(name, first)}</span>
              <SecondName text={name} />
            </p>
            {serving ? (
              <>
                <b className="num">
                  <bdi dir="ltr">{serving.ticket}</bdi>
                </b>
                <span className="m-at">
                  <FitText className="">{textIn(serving.place, first)}</FitText>
                </span>
              </>
            ) : (
              <>
                <b aria-hidden="true" className="m-none">
                  –
                </b>
                <span className="m-at m-none">{t('monitor:waiting', { count: waiting })}</span>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};
