import { useId } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { ErrorText, Field, Switch } from '@/ui/Field';
import { useWords } from '@/ui/useWords';
import type { PatientForm, ReadPatientForm } from '../patientForm';

export type PatientFormApi = UseFormReturn<PatientForm, unknown, ReadPatientForm>;

const Optional = ({ children }: { children: string }) => {
  const t = useWords();
  return (
    <>
      {children} <span className="quiet">({t('common:optional')})</span>
    </>
  );
};

/** Who the patient is. */
export const IdentityFields = ({ form }: { form: PatientFormApi }) => {
  const t = useWords();
  const id = useId();
  const { errors } = form.formState;
  return (
    <>
      <Field
        wide
        label={t('desk:field_name')}
        autoComplete="off"
        spellCheck={false}
        error={errors.name?.message}
        {...form.register('name')}
      />
      <Field
        label={<Optional>{t('desk:field_birth_date')}</Optional>}
        autoComplete="off"
        dir="ltr"
        placeholder={t('desk:date_placeholder')}
        error={errors.birthDate?.message}
        messageId={`${id}-date`}
        {...form.register('birthDate')}
      />
      <Field
        label={<Optional>{t('desk:field_phone')}</Optional>}
        autoComplete="off"
        dir="ltr"
        inputMode="tel"
        error={errors.phone?.message}
        messageId={`${id}-phone`}
        {...form.register('phone')}
      />
      {errors.birthDate?.message && (
        <ErrorText wide id={`${id}-date`}>
          {errors.birthDate.message}
        </ErrorText>
      )}
      {errors.phone?.message && (
        <ErrorText wide id={`${id}-phone`}>
          {errors.phone.message}
        </ErrorText>
      )}
    </>
  );
};

/** What this visit is about, and what screens may show. */
export const VisitFields = ({ form }: { form: PatientFormApi }) => {
  const t = useWords();
  const id = useId();
  const { errors } = form.formState;
  const hideName = form.watch('hideName');
  return (
    <>
      <Field
        label={<Optional>{t('desk:field_appointment')}</Optional>}
        autoComplete="off"
        dir="ltr"
        placeholder={t('desk:time_placeholder')}
        error={errors.appointment?.message}
        messageId={`${id}-time`}
        {...form.register('appointment')}
      />
      <Field
        label={<Optional>{t('desk:field_mrn')}</Optional>}
        autoComplete="off"
        dir="ltr"
        error={errors.mrn?.message}
        messageId={`${id}-mrn`}
        {...form.register('mrn')}
      />
      {errors.appointment?.message && (
        <ErrorText wide id={`${id}-time`}>
          {errors.appointment.message}
        </ErrorText>
      )}
      {errors.mrn?.message && (
        <ErrorText wide id={`${id}-mrn`}>
          {errors.mrn.message}
        </ErrorText>
      )}
      <Field
        wide
        label={t('desk:field_notes')}
        autoComplete="off"
        placeholder={t('desk:notes_placeholder')}
        error={errors.notes?.message}
        {...form.register('notes')}
      />
      <Switch
        className="switch-row wide"
        label={t('desk:field_hide_name')}
        checked={hideName}
        onChange={(on) => form.setValue('hideName', on, { shouldDirty: true })}
      />
    </>
  );
};
