import type { EntryView, QueueView } from '@shared/views/desk';
import { Icon, PoolIcon } from '@/ui/icons';
import { useNameText, useWords } from '@/ui/useWords';
import { ConnectionNote } from '../ConnectionNote';
import { useView } from '../deskFeed';
import { type Tab, useDeskState, useHeld } from '../deskState';
import { useSteady } from '../holdStill';
import { StepToast } from '../StepToast';
import { useEntryActions } from '../useEntryActions';
import { AppointmentList } from './AppointmentList';
import { EntryList } from './EntryList';
import { QueueTabs, TAB_PANEL } from './QueueTabs';
import { StatsStrip } from './StatsStrip';

const entriesOf = (queue: QueueView, tab: Tab): readonly EntryView[] => (tab === 'appointments' ? [] : queue[tab]);

const EmptyTab = ({ tab }: { tab: Tab }) => {
  const t = useWords();
  const openSheet = useDeskState((state) => state.openSheet);
  return (
    <div className="empty">
      <Icon name={tab === 'waiting' ? 'person' : 'check'} />
      <b>{t(`desk:empty_${tab}`)}</b>
      {tab === 'waiting' && (
        <button type="button" className="btn" onClick={() => openSheet()}>
          <Icon name="add" />
          {t('desk:add_patient')}
          <kbd>N</kbd>
        </button>
      )}
    </div>
  );
};

/** One queue: its name, figures, lists and what can be done. */
export const WorkArea = ({ queue }: { queue: QueueView }) => {
  const t = useWords();
  const nameText = useNameText();
  const view = useView();
  const held = useHeld();
  const { callNext } = useEntryActions();
  const { tab, sheet, openSheet, toggleSide } = useDeskState();
  const pool = view.groups.find(({ queueIds, shares, name }) => shares && name && queueIds.includes(queue.id));
  const expected = view.expected.filter(({ queueId }) => queueId === queue.id);
  const entries = entriesOf(queue, tab);
  const next = useSteady(queue.waiting[0], held, queue.id);
  const empty = tab === 'appointments' ? expected.length === 0 : entries.length === 0 && !held;
  return (
    <main className="work" data-region="work" tabIndex={-1}>
      <div className="work-head">
        <h1>{nameText(queue.name)}</h1>
        {pool?.name && (
          <span className="chip chip-line" title={t('desk:pool_tip')}>
            <PoolIcon />
            {t('desk:pool', { pool: nameText(pool.name) })}
          </span>
        )}
        {!queue.open && <span className="chip chip-busy">{t('desk:closed')}</span>}
        <button type="button" className="btn work-add" onClick={() => openSheet()}>
          <Icon name="add" />
          {t('desk:add_patient')}
          <kbd>N</kbd>
        </button>
        <button type="button" className={sheet ? 'btn' : 'btn side-toggle'} disabled={!next} onClick={() => next && callNext(next, queue)}>
          <Icon name="call" />
          {t('desk:call_next')}
          <kbd>F2</kbd>
        </button>
        <button type="button" className="btn side-toggle" onClick={toggleSide}>
          <Icon name="door" />
          {t('desk:rooms')}
        </button>
      </div>
      <ConnectionNote />
      <StatsStrip queue={queue} />
      <QueueTabs queue={queue} expected={expected.length} />
      <div role="tabpanel" id={TAB_PANEL} aria-labelledby={`tab-${tab}`} className="tab-panel">
        {empty ? (
          <EmptyTab tab={tab} />
        ) : tab === 'appointments' ? (
          <AppointmentList expected={expected} />
        ) : (
          <EntryList entries={entries} queue={queue} tab={tab} label={t(`desk:tab_${tab}`)} />
        )}
      </div>
      <StepToast />
    </main>
  );
};
