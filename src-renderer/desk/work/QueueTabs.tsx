import type { QueueView } from '@shared/views/desk';
import { type KeyboardEvent, useRef } from 'react';
import { Icon } from '@/ui/icons';
import { useWords } from '@/ui/useWords';
import { Num } from '@/ui/Words';
import { TABS, type Tab, useDeskState } from '../deskState';

export const TAB_PANEL = 'queue-panel';

/** The lists of a queue: who waits, is on hold, is to be called again, is expected, is done. */
export const QueueTabs = ({ queue, expected }: { queue: QueueView; expected: number }) => {
  const t = useWords();
  const tab = useDeskState((state) => state.tab);
  const chooseTab = useDeskState((state) => state.chooseTab);
  const buttons = useRef<Partial<Record<Tab, HTMLButtonElement | null>>>({});
  const counts: Record<Tab, number> = {
    waiting: queue.waiting.length,
    onHold: queue.onHold.length,
    awaitingRecall: queue.awaitingRecall.length,
    appointments: expected,
    done: queue.done.length,
  };
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backward = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
    const step = event.key === forward ? 1 : event.key === backward ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = TABS.at((TABS.indexOf(tab) + step) % TABS.length) ?? tab;
    chooseTab(next);
    buttons.current[next]?.focus();
  };
  return (
    <div className="tabs">
      <div role="tablist" className="tab-list" aria-label={t('desk:lists')} onKeyDown={move}>
        {TABS.map((name) => (
          <button
            key={name}
            ref={(element) => {
              buttons.current[name] = element;
            }}
            type="button"
            role="tab"
            id={`tab-${name}`}
            className="tab"
            aria-selected={name === tab}
            aria-controls={TAB_PANEL}
            tabIndex={name === tab ? 0 : -1}
            onClick={() => chooseTab(name)}
          >
            {t(`desk:tab_${name}`)}
            <b>
              <Num>{counts[name]}</Num>
            </b>
          </button>
        ))}
      </div>
      <span className="tabs-end">
        <Icon name="order" size="sm" />
        {t(queue.mode === 'score' ? 'desk:order_score' : 'desk:order_fifo')}
      </span>
    </div>
  );
};
