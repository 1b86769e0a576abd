import { Icon } from '@/ui/icons';
import { useLocale, useWords } from '@/ui/useWords';
import { Words } from '@/ui/Words';
import { connectionLook, connectionText } from '../connectionText';
import { useView } from '../deskFeed';
import { useDeskState } from '../deskState';

/** The state of the connection, always in sight; it opens the list of changes that wait. */
export const ConnectionPill = () => {
  const t = useWords();
  const locale = useLocale();
  const { connection, site } = useView();
  const openDialog = useDeskState((state) => state.openDialog);
  const { icon, pill } = connectionLook(connection);
  return (
    <button type="button" className={pill} onClick={() => openDialog({ kind: 'changes' })} title={t('desk:changes_title')}>
      <Icon name={icon} />
      <span role="status">
        <Words>{connectionText(connection, site.zone, locale, t)}</Words>
      </span>
    </button>
  );
};
