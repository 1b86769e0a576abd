import type { EntryView, QueueView } from '@shared/views/desk';
import { useState } from 'react';
import { Dialog } from '@/ui/Dialog';
import { ErrorText, Field } from '@/ui/Field';
import { useLocale, useNameText, useWords } from '@/ui/useWords';
import { Words } from '@/ui/Words';
import { useView } from '../deskFeed';
import { failureText } from '../failureText';
import { transferIntent } from '../intents';
import { useCommands } from '../useCommands';
import { estimateText } from '../work/EstimateCell';

/** The level of another scale that comes nearest: the same key, else the nearest value. */
const priorityIn = (to: QueueView, from: QueueView | undefined, key: string): string => {
  if (to.priorities.some((level) => level.key === key)) return key;
  const value = from?.priorities.find((level) => level.key === key)?.value ?? 0;
  const [nearest] = to.priorities.toSorted((a, b) => Math.abs(a.value - value) - Math.abs(b.value - value));
  return nearest?.key ?? key;
};

/** Sends a patient on to another queue: the visit and the time waited go with them. */
export const TransferDialog = ({ entry, onClose }: { entry: EntryView; onClose: () => void }) => {
  const t = useWords();
  const locale = useLocale();
  const nameText = useNameText();
  const { queues, site } = useView();
  const { send } = useCommands();
  const [toId, setToId] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const others = queues.filter(({ id, open }) => id !== entry.queueId && open);
  const to = others.find(({ id }) => id === toId);
  const transfer = async () => {
    if (!to) return;
    const from = queues.find(({ id }) => id === entry.queueId);
    const answer = await send(transferIntent(entry, to, priorityIn(to, from, entry.priority), reason.trim()), {
      ticket: entry.ticket,
      inline: true,
    });
    if (answer.ok) return onClose();
    const { title, next } = failureText(answer.error, entry.ticket, site.zone, locale, t);
    setRefusal(`${title} ${next}`.trim());
  };
  return (
    <Dialog
      title={t('desk:transfer_title', { ticket: entry.ticket })}
      onClose={onClose}
      foot={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t('common:cancel')}
          </button>
          <button type="button" className="btn btn-primary" disabled={!to} onClick={() => void transfer()}>
            {t('verb:transfer')}
          </button>
        </>
      }
    >
      <p className="text-note">{t('desk:transfer_note')}</p>
      {others.length === 0 && <p>{t('desk:transfer_nowhere')}</p>}
      <div className="choices" role="radiogroup" aria-label={t('desk:transfer_to')}>
        {others.map((queue) => (
          <label key={queue.id} className="choice" data-checked={queue.id === toId || undefined}>
            <input type="radio" name="transfer-to" className="sr" checked={queue.id === toId} onChange={() => setToId(queue.id)} />
            {nameText(queue.name)}
            <span className="choice-end">
              <Words>{`${t('desk:waiting_count', { count: queue.stats.waiting })} · ${estimateText(queue.nextEstimate, t)}`}</Words>
            </span>
          </label>
        ))}
      </div>
      <Field label={t('desk:reason_optional')} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      {refusal && <ErrorText>{refusal}</ErrorText>}
    </Dialog>
  );
};
