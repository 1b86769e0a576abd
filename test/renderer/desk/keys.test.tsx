// @vitest-environment happy-dom
import './screenEnvironment';
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useDeskState } from '@/desk/deskState';
import { useSettings } from '@/desk/settings';
import { letterOf } from '@/desk/useDeskKeys';
import { ids, openDesk, outside, ticketsShown } from './deskOnCore';

const types = (bridge: { dispatched: readonly { type: string }[] }) => bridge.dispatched.map(({ type }) => type);
const room = (name: string) => screen.getAllByRole('listitem').find((item) => item.textContent?.startsWith(name)) as HTMLElement;

describe('the keys of the desk', () => {
  it('F2 calls the patient whom the card names, to the room of the card', async () => {
    const { user, bridge } = await openDesk(['Ana Sol', 'Bo Lind']);
    const card = screen.getByRole('region', { name: 'Next patient' });
    expect(within(card).getByRole('button', { name: /Call A-A01/ })).toBeTruthy();
    await user.keyboard('{F2}');
    expect(bridge.dispatched).toMatchObject([{ type: 'callNext', args: { queueId: ids.general, servicePointId: ids.room1 } }]);
    expect(within(room('Room 1')).getByText('A-A01')).toBeTruthy();
    expect(within(card).getByRole('button', { name: /Call A-A02/ })).toBeTruthy();
  });

  it('S starts and R recalls the patient in hand, whoever is chosen in the list', async () => {
    const { user, bridge } = await openDesk(['Ana Sol', 'Bo Lind']);
    await user.keyboard('{F2}{ArrowDown}');
    await user.keyboard('r');
    await user.keyboard('s');
    expect(types(bridge)).toEqual(['callNext', 'recall', 'startService']);
    const [called, recalled, started] = bridge.dispatched;
    expect(recalled?.args).toHaveProperty('entryId', called?.type === 'callNext' ? called.args.entryId : 'no call next');
    expect(started?.args).toMatchObject({ servicePointId: ids.room1 });
    expect(within(room('Room 1')).getByText('In service')).toBeTruthy();
  });

  it('X marks the patient in hand as no-show', async () => {
    const { user, bridge } = await openDesk(['Ana Sol']);
    await user.keyboard('{F2}x');
    expect(types(bridge)).toEqual(['callNext', 'markNoShow']);
  });

  it('arrows choose a row, Enter calls it, H holds, K skips, 1 to 5 set the priority', async () => {
    const { user, bridge } = await openDesk(['Ana Sol', 'Bo Lind', 'Cy Moss', 'Di Park']);
    await user.keyboard('{ArrowDown}{ArrowDown}h');
    expect(ticketsShown()).toEqual(['A-A01', 'A-A03', 'A-A04']);
    // the next key goes on where the row was that left
    await user.keyboard('{ArrowDown}');
    expect(screen.getByRole('row', { name: /Cy Moss/ }).getAttribute('aria-selected')).toBe('true');
    await user.keyboard('k');
    await user.keyboard('{ArrowDown}3');
    await user.keyboard('{Enter}');
    expect(bridge.dispatched).toMatchObject([
      { type: 'hold' },
      { type: 'skip' },
      { type: 'setPriority', args: { priority: 'urgent' } },
      { type: 'call', args: { servicePointId: ids.room1 } },
    ]);
    expect(ticketsShown()).toEqual(['A-A01']);
  });

  it('T asks where to, and transfers with a ticket of the other queue', async () => {
    const { user, bridge } = await openDesk(['Ana Sol']);
    await user.keyboard('{ArrowDown}t');
    const dialog = await screen.findByRole('dialog', { name: 'Transfer A-A01' });
    await user.click(within(dialog).getByRole('radio', { name: /Nursing/ }));
    await user.click(within(dialog).getByRole('button', { name: 'Transfer' }));
    expect(bridge.dispatched).toMatchObject([
      { type: 'transfer', args: { toQueueId: ids.nursing, ticket: { letter: 'A', number: 1 }, priority: 'routine' } },
    ]);
    expect(ticketsShown()).toEqual([]);
  });

  it('Ctrl Z takes back this desk’s last step, and the toast offers the same', async () => {
    const { user, bridge } = await openDesk(['Ana Sol', 'Bo Lind']);
    await user.keyboard('{ArrowDown}h');
    expect(await screen.findByRole('button', { name: /Undo/ })).toBeTruthy();
    await user.keyboard('{Control>}z{/Control}');
    expect(types(bridge)).toEqual(['hold', 'undo']);
    expect(ticketsShown()).toEqual(['A-A01', 'A-A02']);
  });

  it('Ctrl 2 goes to the second queue', async () => {
    const { user } = await openDesk();
    await user.keyboard('{Control>}2{/Control}');
    expect(screen.getByRole('heading', { level: 1, name: 'Nursing' })).toBeTruthy();
  });

  it('Ctrl K finds an entry of another queue and leads to it', async () => {
    const { user } = await openDesk(['Ana Sol'], () => undefined);
    await user.keyboard('{Control>}2{/Control}{Control>}k{/Control}');
    await user.keyboard('ana');
    await screen.findByRole('option', { name: /Ana Sol/ });
    await user.keyboard('{Enter}');
    expect(screen.getByRole('heading', { level: 1, name: 'General' })).toBeTruthy();
    expect(screen.getByRole('row', { name: /Ana Sol/ }).getAttribute('aria-selected')).toBe('true');
  });

  it('letters do nothing while typing, nor when they are turned off, nor behind a dialog', async () => {
    const { user, bridge } = await openDesk(['Ana Sol']);
    await user.keyboard('{ArrowDown}');
    await user.keyboard('n');
    await user.keyboard('hkx');
    await user.keyboard('{Escape}');
    await outside(() => useSettings.getState().change({ letterKeys: false }));
    await user.keyboard('{ArrowDown}hkn');
    expect(screen.queryByRole('dialog')).toBeNull();
    await outside(() => useSettings.getState().change({ letterKeys: true }));
    await outside(() => useDeskState.getState().openDialog({ kind: 'keys' }));
    await user.keyboard('h');
    expect(bridge.dispatched).toEqual([]);
  });

  it('a key that is held down calls nobody twice', async () => {
    const { user, bridge } = await openDesk(['Ana Sol', 'Bo Lind']);
    await user.keyboard('{F2>3/}');
    expect(types(bridge)).toEqual(['callNext']);
  });

  it('a letter is found by its place on a keyboard without Latin letters', () => {
    expect(letterOf({ key: 'ى', code: 'KeyN' })).toBe('N');
    expect(letterOf({ key: 'q', code: 'KeyA' })).toBe('Q');
    expect(letterOf({ key: 'F2', code: 'F2' })).toBe('');
  });

  it('says so when no room serves the queue, and where to make one', async () => {
    const { user, bridge } = await openDesk(['Ana Sol'], (opened) => {
      opened.alter = (view) => ({ ...view, rooms: [] });
    });
    await user.keyboard('{F2}');
    expect(bridge.dispatched).toEqual([]);
    expect(screen.getAllByText(/No room serves this queue/).length).toBeGreaterThan(0);
  });
});
