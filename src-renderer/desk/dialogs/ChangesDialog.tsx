import { timeText } from '@shared/i18n/format';
import { isMessageKey } from '@shared/i18n/translate';
import { useState } from 'react';
import { Dialog } from '@/ui/Dialog';
import { ErrorText } from '@/ui/Field';
import { useLocale, useWords } from '@/ui/useWords';
import { Num, Ticket, Words } from '@/ui/Words';
import { connectionText } from '../connectionText';
import { useDesk, useView } from '../deskFeed';
import { failureText } from '../failureText';
import { saveFile } from '../saveFile';

/** The changes that wait for the server, and the way to take them elsewhere when nothing else helps. */
export const ChangesDialog = ({ onClose }: { onClose: () => void }) => {
  const t = useWords();
  const locale = useLocale();
  const { bridge } = useDesk();
  const { waitingChanges, connection, site } = useView();
  const [refusal, setRefusal] = useState<string | null>(null);
  const exportChanges = async () => {
    const answer = await bridge.request('exportOutbox', {});
    if (answer.ok) saveFile(answer.data.fileName, answer.data.text);
    else setRefusal(failureText(answer.error, null, site.zone, locale, t).title);
  };
  return (
    <Dialog
      title={t('desk:changes_title')}
      onClose={onClose}
      foot={
        <>
          {refusal && <ErrorText>{refusal}</ErrorText>}
          {waitingChanges.length > 0 && (
            <button type="button" className="btn" onClick={() => void exportChanges()}>
              {t('desk:export')}
            </button>
          )}
          <button type="button" className="btn btn-primary" onClick={onClose}>
            {t('common:close')}
          </button>
        </>
      }
    >
      <p className="text-note">
        <Words>{connectionText(connection, site.zone, locale, t)}</Words>
      </p>
      {waitingChanges.length === 0 ? (
        <p>{t('desk:changes_none')}</p>
      ) : (
        <ol className="changes">
          {waitingChanges.map(({ n, type, at, ticket, name }) => {
            const key = `verb:${type}`;
            return (
              <li key={n}>
                <Num>{timeText(at, site.zone, locale)}</Num>
                <span>
                  {isMessageKey(key) ? t(key) : type} {ticket && <Ticket>{ticket}</Ticket>} <bdi>{name}</bdi>
                </span>
                <span>{t('status:not_sent')}</span>
              </li>
            );
          })}
        </ol>
      )}
    </Dialog>
  );
};
