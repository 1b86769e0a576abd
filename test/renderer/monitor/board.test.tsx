// @vitest-environment happy-dom
import type { Instant } from '@shared/domain/time';
import type { MonitorView } from '@shared/views/monitor';
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { Board } from '@/monitor/board/Board';
import { lastCalled } from '@/monitor/board/LastCalled';
import { queuePages } from '@/monitor/board/NowServing';
import { LanguagesContext, type ScreenLanguages } from '@/monitor/languages';
import { PairScreen } from '@/monitor/PairScreen';
import { monitorCallAt } from './simulatedAudio';

const NOW = Date.UTC(2026, 10, 24, 10, 42) as Instant;
const BOTH: ScreenLanguages = { first: 'en', second: 'ar' };
const queue = (name: string, ticket: string | null): MonitorView['queues'][number] => ({
  id: name,
  name: { name, translations: { ar: `${name}-ar` } },
  waiting: 4,
  serving: ticket === null ? null : { ticket, place: { name: 'Room 3', translations: {} } },
});
const view: MonitorView = {
  now: NOW,
  site: { name: 'Harbour Street Clinic', translations: { ar: 'عيادة شارع الميناء' } },
  zone: 'UTC',
  languages: ['en', 'ar'],
  ticker: [{ en: 'Blood draw is on the ground floor.', ar: 'سحب الدم في الطابق الأرضي' }],
  calls: [
    monitorCallAt(27, NOW),
    monitorCallAt(26, NOW - 120_000),
    monitorCallAt(25, NOW - 180_000, { callId: 'again', ticket: 'A026' }),
    monitorCallAt(24, NOW - 240_000),
  ],
  open: ['call-27'],
  queues: [queue('General consultation', 'A027'), queue('Blood draw', null)],
  lastNumber: 27,
  source: 'run',
};
const show = (change: Partial<Parameters<typeof Board>[0]> = {}, languages = BOTH) =>
  render(
    <LanguagesContext value={languages}>
      <Board calling={null} flashes={0} now={NOW} stale={null} view={view} {...change} />
    </LanguagesContext>,
  );

// the simulated page has no fonts to wait for
Object.defineProperty(document, 'fonts', { value: { ready: Promise.resolve() } });
afterEach(cleanup);

describe('the board', () => {
  it('shows the call with its room in both languages, and who each queue serves', () => {
    show();
    const panel = screen.getByRole('main');
    expect(panel.dataset['state']).toBe('calling');
    expect(within(panel).getByText('Now calling')).toBeTruthy();
    expect(within(panel).getByText('النداء الآن').getAttribute('dir')).toBe('rtl');
    expect(within(panel).getByText('A027').getAttribute('dir')).toBe('ltr');
    expect(within(panel).getByText('Room 3')).toBeTruthy();
    expect(within(panel).getByText('غرفة 3').getAttribute('lang')).toBe('ar');
    expect(screen.getByText('Live')).toBeTruthy();
    expect(screen.getByText('10:42')).toBeTruthy();
    expect(screen.getByText('4 waiting')).toBeTruthy();
    expect(screen.getByText('Blood draw is on the ground floor.')).toBeTruthy();
  });

  it('shows the call that is being announced before a newer one', () => {
    show({ calling: view.calls[1] ?? null, flashes: 1 });
    expect(within(screen.getByRole('main')).getByText('A026')).toBeTruthy();
    expect(screen.getByRole('main').dataset['lit']).toBe('odd');
  });

  it('S16: says since when it is not live, and takes the light off the last known call', () => {
    show({ stale: { since: NOW }, now: (NOW + 120_000) as Instant });
    expect(screen.getByRole('alert').textContent).toContain('Not live since 10:42.');
    expect(screen.getByRole('alert').textContent).toContain('الشاشة غير محدّثة');
    expect(screen.getByRole('main').dataset['state']).toBe('stale');
    expect(screen.getByText('Last known call')).toBeTruthy();
    expect(screen.queryByText('Live')).toBeNull();
    expect(screen.getByText('10:44')).toBeTruthy();
  });

  it('shows the latest call quietly once it was answered, and welcomes before the first', () => {
    show({ view: { ...view, open: [] } });
    expect(screen.getByRole('main').dataset['state']).toBe('latest');
    expect(screen.getByText('Latest call')).toBeTruthy();
    cleanup();
    show({ view: { ...view, calls: [], open: [] } });
    expect(screen.getByText('Welcome')).toBeTruthy();
    expect(screen.queryByText('Last called')).toBeNull();
  });

  it('says that a call is repeated, and shows a name only where the clinic allows it', () => {
    const [first] = view.calls;
    show({ view: { ...view, calls: first ? [{ ...first, recall: true, label: 'Leila M.' }] : [] } });
    expect(screen.getByText('Called again')).toBeTruthy();
    expect(screen.getByText('Leila M.')).toBeTruthy();
  });

  it('speaks Arabic first where the clinic does', () => {
    show({ view: { ...view, languages: ['ar', 'en'] } }, { first: 'ar', second: 'en' });
    expect(screen.getByText('عيادة شارع الميناء')).toBeTruthy();
    expect(screen.getByText('Now calling').getAttribute('dir')).toBe('ltr');
    expect(within(screen.getByRole('main')).getByText('Room 3').getAttribute('lang')).toBe('en');
  });

  it('lists each ticket once among the last called, without the one in the panel', () => {
    expect(lastCalled(view.calls, view.calls[0] ?? null).map(({ ticket }) => ticket)).toEqual(['A026', 'A024']);
  });

  it('shows more than six queues in pages of equal length', () => {
    const queues = Array.from({ length: 8 }, (_, index) => queue(`Queue ${index}`, null));
    expect(queuePages(queues).map((page) => page.length)).toEqual([4, 4]);
    expect(queuePages([])).toEqual([]);
  });
});

describe('pairing a screen', () => {
  it('says what is missing before it asks the server', async () => {
    const asked: string[][] = [];
    render(<PairScreen busy={false} initialCode="" onPair={(...given) => asked.push(given)} refusal={null} />);
    const user = userEvent.setup();
    await user.type(screen.getByLabelText('Code'), 'k7pm');
    await user.click(screen.getByRole('button'));
    expect(screen.getByRole('alert').textContent).toContain('eight characters');
    await user.type(screen.getByLabelText('Code'), '-2xqd');
    await user.clear(screen.getByLabelText('Name of this screen'));
    await user.click(screen.getByRole('button'));
    expect(screen.getByRole('alert').textContent).toContain('Give the screen a name');
    await user.type(screen.getByLabelText('Name of this screen'), 'Hall');
    await user.click(screen.getByRole('button'));
    expect(asked).toEqual([['K7PM-2XQD', 'Hall']]);
  });

  it('shows why the clinic refused', () => {
    render(<PairScreen busy={false} initialCode="K7PM2XQD" onPair={() => undefined} refusal={{ code: 'code_expired', message: 'x' }} />);
    expect(screen.getByRole('alert').textContent).toContain('expired');
  });
});
