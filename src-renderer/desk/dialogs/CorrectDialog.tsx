import type { EntryView } from '@shared/views/desk';
import { useState } from 'react';
import { Dialog } from '@/ui/Dialog';
import { ErrorText } from '@/ui/Field';
import { useLocale, useWords } from '@/ui/useWords';
import { useView } from '../deskFeed';
import { failureText } from '../failureText';
import { correctIntent } from '../intents';
import { IdentityFields, VisitFields } from '../sheet/PatientFields';
import { usePatientForm, writtenDate, writtenTime } from '../sheet/usePatientForm';
import { useCommands } from '../useCommands';

/** Puts right what was typed about a patient or visit; the place in the queue follows. */
export const CorrectDialog = ({ entry, onClose }: { entry: EntryView; onClose: () => void }) => {
  const t = useWords();
  const locale = useLocale();
  const { site } = useView();
  const { send } = useCommands();
  const [refusal, setRefusal] = useState<string | null>(null);
  const { patient } = entry;
  const form = usePatientForm({
    name: patient.name,
    birthDate: writtenDate(patient.birthDate),
    phone: patient.phone ?? '',
    mrn: patient.mrn ?? '',
    appointment: writtenTime(entry.appointmentAt, site.zone),
    notes: entry.notes,
    priority: entry.priority,
    hideName: patient.hideName,
  });
  const save = form.handleSubmit(async ({ name, birthDate, phone, mrn, hideName, notes, appointment }) => {
    const answer = await send(correctIntent(entry, { name, birthDate, phone, mrn, hideName }, notes, appointment), {
      ticket: entry.ticket,
      inline: true,
    });
    if (answer.ok) return onClose();
    const { title, next } = failureText(answer.error, entry.ticket, site.zone, locale, t);
    setRefusal(`${title} ${next}`.trim());
  });
  return (
    <Dialog
      title={t('desk:correct_title', { ticket: entry.ticket })}
      onClose={onClose}
      foot={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t('common:cancel')}
          </button>
          <button type="submit" form="correct-form" className="btn btn-primary">
            {t('common:save')}
          </button>
        </>
      }
    >
      <form id="correct-form" className="form" noValidate onSubmit={(event) => void save(event)}>
        <IdentityFields form={form} />
        <VisitFields form={form} />
      </form>
      {refusal && <ErrorText>{refusal}</ErrorText>}
    </Dialog>
  );
};
