import type { EntryView, QueueView } from '@shared/views/desk';
import { Icon, type IconName } from '@/ui/icons';
import { Menu, MenuChoice, MenuItem, MenuLine } from '@/ui/Menu';
import { useWords } from '@/ui/useWords';
import { useView } from '../deskFeed';
import { useDeskState } from '../deskState';
import { actionsFor, type EntryAction } from '../entryActions';
import { priorityLook, priorityName } from '../priorityLook';
import { isOwnedHere } from '../rooms';
import { useEntryActions } from '../useEntryActions';

const LOOKS: Readonly<Record<EntryAction, { icon: IconName; shortcut?: string }>> = {
  call: { icon: 'call', shortcut: '↵' },
  startService: { icon: 'start', shortcut: 'S' },
  complete: { icon: 'check' },
  recall: { icon: 'call', shortcut: 'R' },
  takeOver: { icon: 'hand' },
  hold: { icon: 'hold', shortcut: 'H' },
  resume: { icon: 'start' },
  skip: { icon: 'arrow', shortcut: 'K' },
  returnToQueue: { icon: 'undo' },
  transfer: { icon: 'transfer', shortcut: 'T' },
  setPriority: { icon: 'up' },
  correct: { icon: 'edit' },
  markNoShow: { icon: 'away', shortcut: 'X' },
  markLeft: { icon: 'door' },
  undo: { icon: 'undo' },
  cancel: { icon: 'close' },
  remove: { icon: 'close' },
};

/** Everything that can be done with an entry. While it is open the list does not move. */
export const EntryMenu = ({ entry, queue, tabIndex }: { entry: EntryView; queue: QueueView | undefined; tabIndex?: number }) => {
  const t = useWords();
  const { doIt, setPriority } = useEntryActions();
  const menuOpened = useDeskState((state) => state.menuOpened);
  const view = useView();
  const here = isOwnedHere(view, entry);
  const actions = actionsFor(entry).filter((action) => action !== 'takeOver' || !here);
  const plain = actions.filter((action) => action !== 'setPriority' && action !== 'remove');
  if (actions.length === 0) return null;
  return (
    <Menu
      onOpenChange={menuOpened}
      trigger={
        <button
          type="button"
          className="btn btn-icon"
          aria-label={t('desk:more_for', { ticket: entry.ticket })}
          title={t('desk:more')}
          tabIndex={tabIndex}
        >
          <Icon name="more" />
        </button>
      }
    >
      {plain.map((action) => (
        <MenuItem
          key={action}
          icon={LOOKS[action].icon}
          {...(LOOKS[action].shortcut !== undefined && { shortcut: LOOKS[action].shortcut })}
          onSelect={() => doIt(action, entry)}
        >
          {t(`verb:${action}`)}
        </MenuItem>
      ))}
      {queue && actions.includes('setPriority') && (
        <>
          <MenuLine />
          <MenuChoice
            label={t('desk:priority')}
            value={entry.priority}
            onChange={(priority) => setPriority(entry, priority)}
            options={queue.priorities.map((level) => ({
              value: level.key,
              label: priorityName(level.key, t),
              icon: priorityLook(level).icon,
            }))}
          />
        </>
      )}
      {actions.includes('remove') && (
        <>
          <MenuLine />
          <MenuItem icon="close" grave onSelect={() => doIt('remove', entry)}>
            {t('verb:remove')}
          </MenuItem>
        </>
      )}
    </Menu>
  );
};
