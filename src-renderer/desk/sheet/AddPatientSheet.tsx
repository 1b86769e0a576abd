import type { ExpectedView, QueueView } from '@shared/views/desk';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { ErrorText } from '@/ui/Field';
import { Icon } from '@/ui/icons';
import { Segmented } from '@/ui/Segmented';
import { useLocale, useNameText, useWords } from '@/ui/useWords';
import { Words } from '@/ui/Words';
import { useView } from '../deskFeed';
import { useDeskState } from '../deskState';
import { failureText } from '../failureText';
import { addIntent } from '../intents';
import type { PatientForm, ReadPatientForm } from '../patientForm';
import { priorityLook, priorityName } from '../priorityLook';
import { useCommands } from '../useCommands';
import { letterOf } from '../useDeskKeys';
import { estimateText } from '../work/EstimateCell';
import { IdentityFields, VisitFields } from './PatientFields';
import { type Found, PatientSearch } from './PatientSearch';
import { usePatientForm, writtenDate, writtenTime } from './usePatientForm';

type KnownPatient = Omit<Found, 'version' | 'waiting'>;

/** The level that a new patient starts with: the lowest of the queue's scale. */
const usualPriority = (queue: QueueView): string => queue.priorities.toSorted((a, b) => a.value - b.value)[0]?.key ?? 'routine';

/** The form of a new patient, or of a known one with an appointment. */
const formOf = (queue: QueueView, zone: string, patient: KnownPatient | null, visit: ExpectedView | null): PatientForm => ({
  name: patient?.name ?? '',
  birthDate: writtenDate(patient?.birthDate ?? null),
  phone: patient?.phone ?? '',
  mrn: patient?.mrn ?? '',
  appointment: writtenTime(visit?.at ?? null, zone),
  notes: '',
  priority: usualPriority(queue),
  hideName: patient?.hideName ?? false,
});

/** Adds a patient to the queue on the screen: N, a name, Ctrl Enter. The ticket and what to tell the patient are there from the start. */
export const AddPatientSheet = ({ queue, expected }: { queue: QueueView; expected: ExpectedView | null }) => {
  const t = useWords();
  const locale = useLocale();
  const nameText = useNameText();
  const view = useView();
  const { send } = useCommands();
  const { closeSheet, showEntry, focusEntry, announce } = useDeskState();
  const form = usePatientForm(formOf(queue, view.site.zone, expected?.patient ?? null, expected));
  const { dirtyFields, isSubmitted, isSubmitting } = form.formState;
  const search = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [searching, setSearching] = useState(expected === null);
  /** The known patient whose details fill the form. */
  const [known, setKnown] = useState<string | null>(expected?.patient.id ?? null);
  const [appointment, setAppointment] = useState<ExpectedView | null>(expected);
  const [refusal, setRefusal] = useState<string | null>(null);

  const fill = (patient: KnownPatient, visit: ExpectedView | null) => {
    const { notes, priority } = form.getValues();
    form.reset({ ...formOf(queue, view.site.zone, patient, visit), notes, priority });
    setKnown(patient.id);
    setAppointment(visit);
    setSearching(false);
    setText('');
    form.setFocus('name');
  };
  const startNew = () => {
    setKnown(null);
    setAppointment(null);
    setSearching(false);
    if (text.trim() && !dirtyFields.name) form.setValue('name', text.trim());
    setText('');
    form.setFocus('name');
  };
  useEffect(() => {
    if (expected) form.setFocus('name');
    else search.current?.focus();
  }, [expected, form]);

  const save = form.handleSubmit(
    async ({ name, birthDate, phone, mrn, hideName, priority, appointment: appointmentAt, notes }: ReadPatientForm) => {
      const answer = await send(
        addIntent({
          queue,
          patient: { name, birthDate, phone, mrn, hideName },
          patientId: known,
          priority,
          appointmentId: appointment?.appointmentId ?? null,
          appointmentAt,
          notes,
        }),
        { inline: true },
      );
      if (!answer.ok) {
        const { title, next } = failureText(answer.error, null, view.site.zone, locale, t);
        setRefusal([title, next].filter(Boolean).join(' '));
        return;
      }
      closeSheet();
      announce(t('desk:added', { ticket: answer.data.ticket ?? queue.nextTicket.text }));
      if (answer.data.entryId) focusEntry(answer.data.entryId);
    },
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) closeSheet();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
    else if (event.altKey && letterOf(event) === 'N') startNew();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="sheet" role="dialog" aria-label={t('desk:add_patient')} data-region="sheet" onKeyDown={onKeyDown}>
      <div className="sheet-head">
        <h2>{t('desk:add_patient')}</h2>
        <span className="chip chip-line">{nameText(queue.name)}</span>
        <button type="button" className="btn btn-quiet btn-icon" onClick={closeSheet} aria-label={t('common:close')} title="Esc">
          <Icon name="close" />
        </button>
      </div>
      <form
        className="sheet-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div className="sheet-body">
          <PatientSearch
            input={search}
            text={text}
            onText={(next) => {
              setText(next);
              setSearching(true);
              // what is searched for is the name of someone new, until another one is typed or a known patient chosen
              if (known === null && !dirtyFields.name)
                form.setValue('name', /\p{L}/u.test(next) ? next : '', { shouldValidate: isSubmitted });
            }}
            onKnown={(found) =>
              fill(found, view.expected.find(({ patient, queueId }) => patient.id === found.id && queueId === queue.id) ?? null)
            }
            onNew={startNew}
            onWaiting={({ waiting }) => {
              const entry = view.queues
                .flatMap(({ waiting: w, onHold, awaitingRecall }) => [...w, ...onHold, ...awaitingRecall])
                .find(({ id }) => id === waiting?.entryId);
              closeSheet();
              if (entry) showEntry(entry);
            }}
          />
          {known !== null && !searching && (
            <p className="text-note known-note">
              <Icon name="check" size="sm" />
              {t(appointment ? 'desk:known_with_appointment' : 'desk:known_patient')}
              <button type="button" className="link" onClick={startNew}>
                {t('desk:new_instead')}
              </button>
            </p>
          )}
          <div className="form">
            <IdentityFields form={form} />
            <div className="wide">
              <Segmented
                label={t('desk:priority')}
                value={form.watch('priority')}
                onChange={(priority) => form.setValue('priority', priority)}
                segments={queue.priorities.map((level) => ({
                  value: level.key,
                  label: priorityName(level.key, t),
                  icon: priorityLook(level).icon,
                }))}
              />
            </div>
            <VisitFields form={form} />
          </div>
        </div>
        {refusal && (
          <div className="sheet-refusal">
            <ErrorText>{refusal}</ErrorText>
          </div>
        )}
        <div className="sheet-foot">
          <p>
            <Words>{t('desk:ticket_ready', { ticket: queue.nextTicket.text })}</Words>
            <br />
            <Words>{estimateText(queue.nextEstimate, t)}</Words>
          </p>
          <button type="submit" className="btn btn-primary btn-lg" disabled={isSubmitting}>
            {t('desk:add_to_queue')}
            <kbd>Ctrl ↵</kbd>
          </button>
        </div>
      </form>
    </div>
  );
};
