import { timeText } from '@shared/i18n/format';
import type { EntryView, QueueView } from '@shared/views/desk';
import { type CSSProperties, memo } from 'react';
import { CELL, row } from '@/ui/grid';
import { Icon } from '@/ui/icons';
import { useLocale, useNameText, useWords } from '@/ui/useWords';
import { Num, Ticket, Words } from '@/ui/Words';
import { useView } from '../deskFeed';
import type { Tab } from '../deskState';
import { type EntryAction, offers } from '../entryActions';
import { PriorityChip } from '../PriorityChip';
import { useEntryActions } from '../useEntryActions';
import { EntryMenu } from './EntryMenu';
import { EstimateCell } from './EstimateCell';
import { PartsBar } from './PartsBar';
import { ReasonLine } from './ReasonLine';

interface EntryRowProps {
  readonly entry: EntryView;
  readonly queue: QueueView;
  readonly tab: Tab;
  /** Counted from 1. */
  readonly index: number;
  /** The largest sum of minutes in the list, for the bar's scale. */
  readonly scale: number;
  readonly chosen: boolean;
  readonly tabbable: boolean;
  readonly gone: boolean;
  /** Overtook others a moment ago. */
  readonly moved: boolean;
  readonly style?: CSSProperties | undefined;
  readonly onChoose: (entryId: string) => void;
}

/** The two actions that lie open on a row beside its main one. */
const QUICK: readonly { action: EntryAction; icon: 'hold' | 'transfer'; key: string }[] = [
  { action: 'hold', icon: 'hold', key: 'H' },
  { action: 'transfer', icon: 'transfer', key: 'T' },
];
const MAIN: readonly EntryAction[] = ['call', 'resume', 'undo'];

/** What stands under the name where no place has to be explained. */
const useStateLine = (entry: EntryView, tab: Tab): string | null => {
  const t = useWords();
  const locale = useLocale();
  const nameText = useNameText();
  const { site, rooms } = useView();
  if (tab === 'waiting') return null;
  const room = rooms.find(({ id }) => id === entry.servicePointId);
  const parts = [
    t(`status:${entry.status}`),
    room && nameText(room.name),
    tab === 'awaitingRecall' &&
      entry.calledAt !== null &&
      t('desk:called_at', { count: entry.calls, time: timeText(entry.calledAt, site.zone, locale) }),
    tab === 'done' && entry.endedAt !== null && timeText(entry.endedAt, site.zone, locale),
    entry.notes,
  ];
  return parts.filter(Boolean).join(' · ');
};

/** One entry of the list: place, ticket, who and why, priority, waited, still to wait, and what can be done. */
export const EntryRow = memo(({ entry, queue, tab, index, scale, chosen, tabbable, gone, moved, style, onChoose }: EntryRowProps) => {
  const t = useWords();
  const { doIt } = useEntryActions();
  const stateLine = useStateLine(entry, tab);
  const main = gone ? undefined : MAIN.find((action) => offers(entry, action));
  const classes = ['row', entry.emergency && 'row-emergency', entry.unsent && 'row-unsent', chosen && 'is-focus', gone && 'is-gone']
    .filter(Boolean)
    .join(' ');
  const inRow = chosen ? 0 : -1;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of a row are the desk's own (useDeskKeys)
    // biome-ignore lint/a11y/noStaticElementInteractions: it is a row of a grid, by the attributes that follow
    <div
      {...row(index + 1, chosen)}
      className={classes}
      data-entry={entry.id}
      data-flip={entry.id}
      tabIndex={tabbable ? 0 : -1}
      style={style}
      onClick={() => onChoose(entry.id)}
      onFocus={() => !chosen && onChoose(entry.id)}
    >
      <span {...CELL} className="row-pos">
        <b>{tab === 'waiting' && <Num>{index}</Num>}</b>
        {moved && (
          <>
            <Icon name="moved" />
            <span className="sr">{t('desk:moved_up')}</span>
          </>
        )}
      </span>
      <span {...CELL}>
        <Ticket>{entry.ticket}</Ticket>
      </span>
      <div {...CELL} className="row-who">
        <p className="row-name">
          <bdi className="row-person">{entry.patient.name}</bdi>
          {entry.patient.hideName && (
            <span title={t('desk:name_hidden')}>
              <Icon name="hideName" />
              <span className="sr">{t('desk:name_hidden')}</span>
            </span>
          )}
          {entry.unsent && (
            <span className="unsent">
              <Icon name="clock" />
              {t('desk:not_sent')}
            </span>
          )}
          {entry.flag && <span className="chip chip-busy">{t('desk:flagged')}</span>}
        </p>
        {stateLine === null ? (
          <ReasonLine entry={entry} />
        ) : (
          <p className="row-why" title={stateLine}>
            <Words>{stateLine}</Words>
          </p>
        )}
      </div>
      <span {...CELL} className="row-parts">
        {entry.parts && <PartsBar parts={entry.parts} scale={scale} />}
      </span>
      <span {...CELL} className="row-priority">
        <PriorityChip priority={entry.priority} scale={queue.priorities} />
      </span>
      <span {...CELL} className={entry.late && tab === 'waiting' ? 'row-waited is-late' : 'row-waited'}>
        {entry.late && tab === 'waiting' && <Icon name="clock" />}
        <Num>{Math.round(entry.waited)}</Num> <small>{t('desk:min')}</small>
      </span>
      <EstimateCell entry={entry} tab={tab} />
      <div {...CELL} className="row-actions">
        {gone && <span className="text-note">{t('desk:row_gone')}</span>}
        {main && (
          <button
            type="button"
            className="btn btn-call"
            tabIndex={inRow}
            onClick={() => doIt(main, entry)}
            aria-label={t('desk:action_for', { action: t(`verb:${main}`), ticket: entry.ticket })}
          >
            {t(`verb:${main}`)}
            {main === 'call' && <kbd>↵</kbd>}
          </button>
        )}
        {!gone &&
          QUICK.filter(({ action }) => tab === 'waiting' && offers(entry, action)).map(({ action, icon, key }) => (
            <button
              key={action}
              type="button"
              className="btn btn-icon"
              tabIndex={inRow}
              title={`${t(`verb:${action}`)} (${key})`}
              aria-label={t('desk:action_for', { action: t(`verb:${action}`), ticket: entry.ticket })}
              onClick={() => doIt(action, entry)}
            >
              <Icon name={icon} />
            </button>
          ))}
        {!gone && <EntryMenu entry={entry} queue={queue} tabIndex={inRow} />}
      </div>
    </div>
  );
});
