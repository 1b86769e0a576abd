import type { EntryView, QueueView } from '@shared/views/desk';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { columnHeader, grid, headerRow, ROW_GROUP } from '@/ui/grid';
import { useFlip } from '@/ui/useFlip';
import { useWords } from '@/ui/useWords';
import { Words } from '@/ui/Words';
import { useView } from '../deskFeed';
import { type Tab, useDeskState, useHeld } from '../deskState';
import { useSteadyEntries } from '../holdStill';
import { useSettings } from '../settings';
import { EntryRow } from './EntryRow';
import { useMovedMarks } from './useMovedMarks';

/** From this many rows on only those in sight are in the page. */
const VIRTUAL_FROM = 60;

/** How many rows lie below the fold, counted again when the list is scrolled, resized or renewed. */
const useRowsBelow = (list: RefObject<HTMLDivElement | null>, count: number): number => {
  const [below, setBelow] = useState(0);
  const measure = useCallback(() => {
    const element = list.current;
    if (!element || count === 0) return setBelow(0);
    const row = element.scrollHeight / count;
    setBelow(row > 0 ? Math.max(0, Math.floor((element.scrollHeight - element.scrollTop - element.clientHeight) / row)) : 0);
  }, [list, count]);
  useEffect(() => {
    measure();
    const element = list.current;
    if (!element) return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [list, measure]);
  return below;
};

/** Height of a row in pixels: the token `--row-height` (in rem) as the density and the width of the window have it. */
const rowHeightOf = (element: HTMLElement): number => {
  const rem = Number.parseFloat(getComputedStyle(element).getPropertyValue('--row-height'));
  const pixels = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Number.isFinite(rem * pixels) ? rem * pixels : 44;
};

/** The row height; looked at again with every drawing, since density and the width of the window change it. */
const useRowHeight = (list: RefObject<HTMLDivElement | null>): number => {
  const [height, setHeight] = useState(44);
  useEffect(() => {
    if (list.current) setHeight(rowHeightOf(list.current));
  });
  return height;
};

/** The entries of a queue's tab as a grid whose rows are chosen with the arrow keys. It never moves under a pressed pointer. */
export const EntryList = ({ entries, queue, tab, label }: { entries: readonly EntryView[]; queue: QueueView; tab: Tab; label: string }) => {
  const t = useWords();
  const { now } = useView();
  const held = useHeld();
  const scope = `${queue.id} ${tab}`;
  const shown = useSteadyEntries(entries, held, scope);
  const hasMoved = useMovedMarks(
    shown.map(({ entry }) => entry.id),
    now,
    scope,
  );
  const chosenId = useDeskState((state) => state.entryId);
  const focusRequest = useDeskState((state) => state.focusRequest);
  const chooseEntry = useDeskState((state) => state.chooseEntry);
  // a change of density draws the list again
  useSettings((state) => state.density);
  const list = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight(list);
  const virtual = shown.length > VIRTUAL_FROM;

  const virtualizer = useVirtualizer({
    count: shown.length,
    enabled: virtual,
    getScrollElement: () => list.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => shown[index]?.entry.id ?? index,
    overscan: 12,
  });
  const measuredAt = useRef(rowHeight);
  useEffect(() => {
    if (measuredAt.current === rowHeight) return;
    measuredAt.current = rowHeight;
    virtualizer.measure();
  }, [virtualizer, rowHeight]);
  useFlip(list, scope);
  const below = useRowsBelow(list, shown.length);

  // a row asked for before it came (a patient just added) gets the focus when it is there, once
  const answered = useRef<typeof focusRequest>(null);
  useEffect(() => {
    if (!focusRequest || answered.current === focusRequest) return;
    const index = shown.findIndex(({ entry }) => entry.id === focusRequest.entryId);
    if (index < 0) return;
    answered.current = focusRequest;
    if (virtual) virtualizer.scrollToIndex(index);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-entry="${focusRequest.entryId}"]`)?.focus());
  });

  const scale = Math.max(150, ...shown.map(({ entry }) => entry.parts?.sum ?? 0));
  const chosenShown = shown.some(({ entry }) => entry.id === chosenId);
  const items = virtual
    ? virtualizer.getVirtualItems().map(({ index, start }) => ({ index, start }))
    : shown.map((_, index) => ({ index, start: null }));

  return (
    <section className="list" aria-label={label}>
      <div {...grid(label, shown.length + 1)} className="grid-box">
        <div {...headerRow} className="cols">
          <span {...columnHeader(t('desk:col_place'))}>#</span>
          <span {...columnHeader()}>{t('desk:col_ticket')}</span>
          <span {...columnHeader()}>{t(tab === 'waiting' ? 'desk:col_who' : 'desk:col_patient')}</span>
          <span {...columnHeader()} className="row-parts">
            {t('desk:col_parts')}
          </span>
          <span {...columnHeader()}>{t('desk:col_priority')}</span>
          <span {...columnHeader()} className="row-waited">
            {t('desk:col_waited')}
          </span>
          <span {...columnHeader()} className="row-est">
            {t(tab === 'waiting' ? 'desk:col_estimate' : 'desk:col_calls')}
          </span>
          <span {...columnHeader()} className="sr">
            {t('desk:col_actions')}
          </span>
        </div>
        <div {...ROW_GROUP} className={virtual ? 'rows is-virtual' : 'rows'} ref={list}>
          {virtual && <div role="presentation" style={{ blockSize: virtualizer.getTotalSize() }} />}
          {items.map(({ index, start }) => {
            const row = shown[index];
            if (!row) return null;
            return (
              <EntryRow
                key={row.entry.id}
                entry={row.entry}
                queue={queue}
                tab={tab}
                index={index + 1}
                scale={scale}
                chosen={row.entry.id === chosenId}
                tabbable={chosenShown ? row.entry.id === chosenId : index === 0}
                gone={row.gone}
                moved={tab === 'waiting' && hasMoved(row.entry.id)}
                style={start === null ? undefined : { position: 'absolute', insetBlockStart: start, insetInline: 0 }}
                onChoose={chooseEntry}
              />
            );
          })}
        </div>
      </div>
      {below > 0 && (
        <div className="list-fade" aria-hidden="true">
          <span>
            <Words>{t('desk:more_below', { count: below })}</Words>
          </span>
        </div>
      )}
    </section>
  );
};
