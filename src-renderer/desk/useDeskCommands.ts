import type { IconName } from '@/ui/icons';
import { useWords } from '@/ui/useWords';
import { useDesk, useView } from './deskFeed';
import { useDeskState } from './deskState';
import { useSettings } from './settings';
import { useEntryActions } from './useEntryActions';
import { useShowMonitor } from './useShowMonitor';

export interface DeskCommand {
  readonly key: string;
  readonly icon: IconName;
  readonly label: string;
  readonly shortcut?: string;
  readonly act: () => void;
}

/** What the finder can carry out beside leading somewhere. */
export const useDeskCommands = (): readonly DeskCommand[] => {
  const t = useWords();
  const { bridge } = useDesk();
  const { undoable } = useView();
  const { openSheet, openDialog } = useDeskState();
  const { undoLast } = useEntryActions();
  const { language, change } = useSettings();
  const showMonitor = useShowMonitor();
  const commands: DeskCommand[] = [
    { key: 'add', icon: 'add', label: t('desk:add_patient'), shortcut: 'N', act: () => openSheet() },
    { key: 'changes', icon: 'sent', label: t('desk:changes_title'), act: () => openDialog({ kind: 'changes' }) },
    { key: 'monitor', icon: 'screen', label: t('desk:show_monitor'), act: showMonitor },
    { key: 'pairing', icon: 'link', label: t('desk:add_device'), act: () => openDialog({ kind: 'pairing' }) },
    { key: 'setup', icon: 'setup', label: t('desk:setup'), act: () => openDialog({ kind: 'setup' }) },
    { key: 'keys', icon: 'order', label: t('desk:keys_title'), shortcut: '?', act: () => openDialog({ kind: 'keys' }) },
    {
      key: 'language',
      icon: 'settings',
      label: t('desk:other_language'),
      act: () => change({ language: language === 'en' ? 'ar' : 'en' }),
    },
  ];
  // a browser belongs to the clinic whose server served the page
  if (bridge.platform === 'electron')
    commands.push({ key: 'join', icon: 'arrow', label: t('desk:join_clinic'), act: () => openDialog({ kind: 'join' }) });
  if (undoable)
    commands.unshift({
      key: 'undo',
      icon: 'undo',
      label: t('desk:undo_of', { ticket: undoable.ticket }),
      shortcut: 'Ctrl Z',
      act: undoLast,
    });
  return commands;
};
