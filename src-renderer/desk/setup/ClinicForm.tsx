import type { Site } from '@shared/domain/rows';
import { useMemo } from 'react';
import { Field } from '@/ui/Field';
import { useWords } from '@/ui/useWords';
import { SaveRow } from './SaveRow';
import { siteForm } from './setupForms';
import { useRowForm } from './useRowForm';

const intent = (base: Site, read: Parameters<typeof siteForm.row>[1]) =>
  ({ type: 'configureSite', args: { site: siteForm.row(base, read) } }) as const;

/** The clinic's name and time zone. */
export const ClinicForm = ({ site }: { site: Site }) => {
  const t = useWords();
  const schema = useMemo(() => siteForm.schema(t), [t]);
  const { form, save, refusal, saved } = useRowForm({ row: site, typed: siteForm.typed, schema, intent });
  const { errors, isDirty } = form.formState;
  return (
    <form
      className="setup-item"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field span="span-3" label={t('desk:setup_clinic_name')} error={errors.name?.message} {...form.register('name')} />
      <Field span="span-3" label={t('desk:setup_arabic_name')} dir="rtl" lang="ar" error={errors.ar?.message} {...form.register('ar')} />
      <Field
        span="span-3"
        label={t('desk:setup_zone_label')}
        dir="ltr"
        list="zones"
        autoComplete="off"
        error={errors.zone?.message}
        {...form.register('zone')}
      />
      <datalist id="zones">
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <SaveRow dirty={isDirty} saved={saved} refusal={refusal} />
    </form>
  );
};
