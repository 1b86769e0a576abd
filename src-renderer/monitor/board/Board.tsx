import type { Instant } from '@shared/domain/time';
import type { MonitorCall, MonitorView } from '@shared/views/monitor';
import type { ScreenState } from '../screen';
import { pageAt, tickerPages } from '../tickerPages';
import { Head } from './Head';
import { LastCalled, lastCalled } from './LastCalled';
import { NowCalling } from './NowCalling';
import { NowServing } from './NowServing';
import { StaleBanner } from './StaleBanner';
import { Ticker } from './Ticker';
import { Welcome } from './Welcome';

interface BoardProps {
  readonly view: MonitorView;
  readonly stale: ScreenState['stale'];
  readonly calling: MonitorCall | null;
  readonly flashes: number;
  readonly now: Instant;
}

/** The call in the panel: the one being announced, else the newest that still stands, else the newest of all. */
const shownCall = (view: MonitorView, calling: MonitorCall | null): { call: MonitorCall; stands: boolean } | null => {
  const standing = calling ?? view.calls.find(({ callId }) => view.open.includes(callId));
  if (standing) return { call: standing, stands: true };
  const [latest] = view.calls;
  return latest ? { call: latest, stands: false } : null;
};

/** The whole screen, in landscape and portrait. */
export const Board = ({ view, stale, calling, flashes, now }: BoardProps) => {
  const shown = shownCall(view, calling);
  const pages = tickerPages(view.ticker, view.languages);
  const page = pages[pageAt(now, pages.length)];
  return (
    <div className="board" data-stale={stale !== null}>
      <Head live={stale === null} now={now} site={view.site} zone={view.zone} />
      {stale && <StaleBanner since={stale.since} zone={view.zone} />}
      {shown ? <NowCalling call={shown.call} flash={flashes} state={stale ? 'stale' : shown.stands ? 'calling' : 'latest'} /> : <Welcome />}
      <LastCalled calls={lastCalled(view.calls, shown?.call ?? null)} zone={view.zone} />
      <NowServing calling={shown?.stands ? shown.call.ticket : null} now={now} queues={view.queues} />
      {page && <Ticker page={page} />}
    </div>
  );
};
