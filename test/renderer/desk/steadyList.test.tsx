// @vitest-environment happy-dom
import './screenEnvironment';
import { act, fireEvent, screen, within } from '@testing-library/react';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldOrder } from '@/desk/holdStill';
import { requestIntent } from '@/desk/intents';
import { overtook } from '@/desk/work/useMovedMarks';
import { adding, type CoreBridge, openDesk, outside, ticketsShown } from './deskOnCore';

/** The frame after the click, in which the list may move again. */
const nextFrame = () => act(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())));
const emergency = (bridge: CoreBridge) => bridge.record(adding(bridge, 'Emma Urgent', { priority: 'emergency' }));
const entryOf = (bridge: CoreBridge, name: string) => {
  const entry = bridge.view.queues[0]?.waiting.find(({ patient }) => patient.name === name);
  if (!entry) throw new Error(`${name} does not wait`);
  return entry;
};

describe('the list never moves under a pressed pointer', () => {
  it('holds its order and the next patient while the pointer is down, then moves', async () => {
    const { bridge } = await openDesk(['Ana Sol', 'Bo Lind']);
    const row = screen.getByRole('row', { name: /Ana Sol/ });
    fireEvent.pointerDown(row);
    await outside(() => emergency(bridge));
    expect(ticketsShown()).toEqual(['A-A01', 'A-A02']);
    expect(screen.getByRole('button', { name: /Call A-A01 F2/ })).toBeTruthy();
    fireEvent.pointerUp(row);
    await nextFrame();
    expect(ticketsShown()).toEqual(['A-A03', 'A-A01', 'A-A02']);
    expect(screen.getByRole('button', { name: /Call A-A03 F2/ })).toBeTruthy();
  });

  it('a press that began on a patient calls that patient, whatever came meanwhile', async () => {
    const { bridge } = await openDesk(['Ana Sol', 'Bo Lind']);
    const button = screen.getByRole('button', { name: /Call A-A01 F2/ });
    const seen = entryOf(bridge, 'Ana Sol');
    fireEvent.pointerDown(button);
    await outside(() => emergency(bridge));
    fireEvent.pointerUp(button);
    await act(async () => {
      fireEvent.click(button);
    });
    expect(bridge.dispatched).toMatchObject([{ type: 'callNext', args: { entryId: seen.id, version: seen.version } }]);
  });

  it('holds while a row menu is open', async () => {
    const { bridge, user } = await openDesk(['Ana Sol', 'Bo Lind']);
    await user.keyboard('{ArrowDown}');
    await user.click(screen.getByRole('button', { name: 'More for A-A01' }));
    await screen.findByRole('menu');
    await nextFrame();
    await outside(() => emergency(bridge));
    expect(ticketsShown()).toEqual(['A-A01', 'A-A02']);
    await user.keyboard('{Escape}');
    await nextFrame();
    expect(ticketsShown()).toEqual(['A-A03', 'A-A01', 'A-A02']);
  });

  it('shows a patient who left meanwhile in place, without anything to press', async () => {
    const { bridge } = await openDesk(['Ana Sol', 'Bo Lind']);
    const row = screen.getByRole('row', { name: /Bo Lind/ });
    fireEvent.pointerDown(row);
    await outside(() => bridge.record(requestIntent('hold', entryOf(bridge, 'Ana Sol'))));
    const gone = screen.getByRole('row', { name: /Ana Sol/ });
    expect(within(gone).queryAllByRole('button')).toEqual([]);
    expect(within(gone).getByText('no longer in this list')).toBeTruthy();
    fireEvent.pointerUp(row);
    await nextFrame();
    expect(ticketsShown()).toEqual(['A-A02']);
  });

  it('the held order is the shown one for every change of the list', () => {
    const entry = (id: string) => ({ id }) as Parameters<typeof heldOrder>[1][number];
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.uniqueArray(fc.string()), (shown, next) => {
        const held = heldOrder(
          shown.map((id) => ({ entry: entry(id), gone: false })),
          next.map(entry),
        );
        expect(held.map((row) => row.entry.id)).toEqual(shown);
        expect(held.filter(({ gone }) => gone).map((row) => row.entry.id)).toEqual(shown.filter((id) => !next.includes(id)));
      }),
    );
  });
});

describe('a row that overtook others is marked', () => {
  const places = (ids: readonly string[]) => new Map(ids.map((id, index) => [id, index]));

  it('marks the one that went ahead, not those that moved up because somebody left', () => {
    expect(overtook(places(['a', 'b', 'c']), ['c', 'a', 'b'])).toEqual(['c']);
    expect(overtook(places(['a', 'b', 'c']), ['b', 'c'])).toEqual([]);
    expect(overtook(places(['a', 'b']), ['new', 'a', 'b'])).toEqual([]);
  });

  it('marks nobody when the order of those who stay is the same', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.uniqueArray(fc.string()), fc.func(fc.boolean()), (before, newcomers, keeps) => {
        const stayed = before.filter((id) => keeps(id));
        const fresh = newcomers.filter((id) => !before.includes(id));
        expect(overtook(places(before), [...fresh, ...stayed])).toEqual([]);
      }),
    );
  });
});

it('a long list keeps only the rows in sight in the page', async () => {
  const { bridge } = await openDesk();
  for (let index = 0; index < 80; index += 1)
    await outside(() =>
      bridge.record(adding(bridge, `Patient ${String.fromCharCode(65 + (index % 26))}${String.fromCharCode(97 + Math.floor(index / 26))}`)),
    );
  expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('81');
  expect(ticketsShown().length).toBeLessThan(80);
});
