import type { EntryView } from '@shared/views/desk';
import { useState } from 'react';
import { Dialog } from '@/ui/Dialog';
import { Field } from '@/ui/Field';
import { useWords } from '@/ui/useWords';
import { requestIntent } from '../intents';
import { useCommands } from '../useCommands';

/** Asks before an entry is removed or cancelled, and why. */
export const ReasonDialog = ({ entry, action, onClose }: { entry: EntryView; action: 'remove' | 'cancel'; onClose: () => void }) => {
  const t = useWords();
  const { send } = useCommands();
  const [reason, setReason] = useState('');
  const carryOut = () => {
    onClose();
    void send(requestIntent(action, entry, reason.trim()), { ticket: entry.ticket });
  };
  return (
    <Dialog
      title={t(`desk:${action}_title`, { ticket: entry.ticket, name: entry.patient.name })}
      onClose={onClose}
      foot={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t('desk:keep')}
          </button>
          <button type="submit" form="reason-form" className="btn btn-primary">
            {t(`verb:${action}`)}
          </button>
        </>
      }
    >
      <form
        id="reason-form"
        className="choices"
        onSubmit={(event) => {
          event.preventDefault();
          carryOut();
        }}
      >
        <p className="text-note">{t(`desk:${action}_note`)}</p>
        <Field label={t('desk:reason_optional')} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </form>
    </Dialog>
  );
};
