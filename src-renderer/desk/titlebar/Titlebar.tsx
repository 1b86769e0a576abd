import { Icon, Logo } from '@/ui/icons';
import { useNameText, useWords } from '@/ui/useWords';
import { useView } from '../deskFeed';
import { useDeskState } from '../deskState';
import { ConnectionPill } from './ConnectionPill';
import { NoticesBell } from './NoticesBell';
import { SettingsPopover } from './SettingsPopover';

/** Whose desk this is, the finder, and the state of the connection. */
export const Titlebar = () => {
  const t = useWords();
  const nameText = useNameText();
  const { site } = useView();
  const openDialog = useDeskState((state) => state.openDialog);
  return (
    <header className="titlebar" data-region="titlebar" tabIndex={-1}>
      <span className="brandmark">
        <Logo />
        Anteroom
      </span>
      <span className="titlebar-site">
        <bdi>{nameText(site.name)}</bdi>
      </span>
      <button type="button" className="finder" onClick={() => openDialog({ kind: 'finder' })} aria-keyshortcuts="Control+K">
        <Icon name="search" />
        <span className="finder-text">{t('desk:finder')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <ConnectionPill />
      <NoticesBell />
      <SettingsPopover />
    </header>
  );
};
