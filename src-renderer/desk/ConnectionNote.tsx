import { timeText } from '@shared/i18n/format';
import { isMessageKey } from '@shared/i18n/translate';
import { Icon } from '@/ui/icons';
import { useLocale, useWords } from '@/ui/useWords';
import { Words } from '@/ui/Words';
import { useView } from './deskFeed';
import { useDeskState } from './deskState';

/** The server does not know this device (any more): a new code helps. */
const REFUSED: ReadonlySet<string> = new Set(['unauthenticated', 'revoked']);

/** While the server is away: since when, and that work goes on. Where help is needed: what kind. */
export const ConnectionNote = () => {
  const t = useWords();
  const locale = useLocale();
  const { connection, site } = useView();
  const openDialog = useDeskState((state) => state.openDialog);
  if (connection.state === 'online' || connection.state === 'connecting') return <div hidden />;
  const error = connection.state === 'needs_help' ? `error:${connection.code}` : null;
  const text =
    connection.state === 'needs_help'
      ? error && isMessageKey(error)
        ? t(error)
        : connection.text || t('error:unknown')
      : connection.since === null
        ? t('desk:note_offline_never')
        : t('desk:note_offline', { time: timeText(connection.since, site.zone, locale) });
  return (
    <div className={connection.state === 'needs_help' ? 'work-note is-help' : 'work-note'} role="status">
      <Icon name={connection.state === 'needs_help' ? 'warning' : 'offline'} />
      <span>
        <Words>{text}</Words>
      </span>
      {connection.state === 'needs_help' && REFUSED.has(connection.code) && (
        <button type="button" className="link" onClick={() => openDialog({ kind: 'join' })}>
          {t('desk:pair_again')}
        </button>
      )}
      {connection.pending > 0 && (
        <button type="button" className="link" onClick={() => openDialog({ kind: 'changes' })}>
          <Words>{t('desk:see_changes', { count: connection.pending })}</Words>
        </button>
      )}
    </div>
  );
};
