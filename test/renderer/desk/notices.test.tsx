// @vitest-environment happy-dom
import './screenEnvironment';
import type { NoticeView } from '@shared/views/desk';
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { callIntent } from '@/desk/intents';
import { type CoreBridge, ids, openDesk, outside, TEN } from './deskOnCore';

const tray = () => screen.getByRole('region', { name: 'Notices' });

/** What the server would tell of an entry that Desk 2 called first. */
const noticed = (bridge: CoreBridge, notice: Partial<NoticeView>): void => {
  bridge.alter = (view) => {
    const entry = view.rooms.flatMap(({ entries }) => entries)[0] ?? view.queues[0]?.waiting[0] ?? null;
    const detail = { ticket: 'A-A01', byDevice: 'Desk 2', at: TEN, ...notice.detail };
    return {
      ...view,
      notices: [{ id: '7', source: 'outcome', code: 'already_called', commandType: 'callNext', at: TEN, entry, ...notice, detail }],
    };
  };
};
const called = async (bridge: CoreBridge): Promise<void> => {
  const entry = bridge.view.queues[0]?.waiting[0];
  if (entry) await bridge.record(callIntent(entry, ids.room2));
};

describe('a notice has its answers, the recommended one first', () => {
  it('already called: says who and when; "Let go" lets go and takes the notice away', async () => {
    const { bridge, user } = await openDesk(['Ana Sol']);
    await outside(() => called(bridge));
    noticed(bridge, {});
    await outside(() => bridge.publish());
    expect(within(tray()).getByRole('heading').textContent).toBe('A-A01 was called by Desk 2 at 10:00.');
    const [first, second] = within(tray()).getAllByRole('button');
    expect([first?.textContent, second?.textContent]).toEqual(['Let go', 'Take over']);
    await user.click(first as HTMLElement);
    expect(bridge.dispatched).toMatchObject([{ type: 'letGo' }]);
    expect(bridge.asked.at(-1)).toEqual({ name: 'dismissOutcome', input: { n: 7 } });
  });

  it('"Take over" calls the patient to this desk’s room', async () => {
    const { bridge, user } = await openDesk(['Ana Sol']);
    await outside(() => called(bridge));
    noticed(bridge, {});
    await outside(() => bridge.publish());
    const entry = bridge.view.notices[0]?.entry;
    await user.click(within(tray()).getByRole('button', { name: 'Take over' }));
    expect(bridge.dispatched).toMatchObject([
      { type: 'takeOver', args: { entryId: entry?.id, version: entry?.version, servicePointId: ids.room1 } },
    ]);
  });

  it('a refused answer keeps the notice and says why', async () => {
    const { bridge, user } = await openDesk(['Ana Sol']);
    await outside(() => called(bridge));
    noticed(bridge, {});
    await outside(() => bridge.publish());
    bridge.refuseNext = { code: 'service_point_busy', message: 'Busy.', detail: { servicePoint: 'Room 1', ticket: 'A-A09' } };
    await user.click(within(tray()).getByRole('button', { name: 'Take over' }));
    expect(bridge.asked.some(({ name }) => name === 'dismissOutcome')).toBe(false);
    expect(within(tray()).getByText(/still has/).textContent).toBe('Room 1 still has A-A09.');
  });

  it('a notice that others’ doing addressed to this desk is answered by a command', async () => {
    const { bridge, user } = await openDesk(['Ana Sol']);
    const id = '019ab000-0006-7000-8000-000000000001';
    noticed(bridge, { id, source: 'row', code: 'next_was_taken', detail: { insteadTicket: 'A-A02' } });
    await outside(() => bridge.publish());
    expect(within(tray()).getByRole('heading').textContent).toBe('Desk 2 called A-A01 first; A-A02 was called for you instead.');
    await user.click(within(tray()).getByRole('button', { name: 'Understood' }));
    expect(bridge.dispatched).toMatchObject([{ type: 'answerNotice', args: { noticeId: id } }]);
  });

  it('a code that this version does not know is told in the words that it came with', async () => {
    const { bridge } = await openDesk(['Ana Sol']);
    noticed(bridge, { code: 'from_the_future', detail: { text: 'Something new happened.' } });
    await outside(() => bridge.publish());
    expect(within(tray()).getByRole('heading').textContent).toBe('Something new happened.');
  });
});

it('a refused command becomes a notice with the next step, never a toast', async () => {
  const { bridge, user } = await openDesk(['Ana Sol']);
  bridge.refuseNext = { code: 'stale_version', message: 'Stale.', detail: { byDevice: 'Desk 2', at: TEN } };
  await user.keyboard('{F2}');
  expect(within(tray()).getByRole('heading').textContent).toBe('A-A01 was changed by Desk 2 at 10:00, after you saw it.');
  expect(within(tray()).getByText('Look at the change, then try again.')).toBeTruthy();
  expect(document.querySelector('.toast')).toBeNull();
  await user.click(within(tray()).getByRole('button', { name: 'Understood' }));
  expect(screen.queryByRole('region', { name: 'Notices' })).toBeNull();
});

it('the bell counts the notices and holds them', async () => {
  const { bridge, user } = await openDesk(['Ana Sol']);
  expect(screen.getByRole('button', { name: 'Notices' })).toBeTruthy();
  noticed(bridge, {});
  await outside(() => bridge.publish());
  await user.click(screen.getByRole('button', { name: '1 notice' }));
  expect(within(await screen.findByRole('dialog', { name: 'Notices' })).getByText(/was called by/)).toBeTruthy();
});
