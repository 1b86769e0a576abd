import type { Provider, ServicePoint } from '@shared/domain/rows';
import { useMemo } from 'react';
import { Field, SelectField } from '@/ui/Field';
import { useNameText, useWords } from '@/ui/useWords';
import { SaveRow } from './SaveRow';
import { providerForm } from './setupForms';
import { useRowForm } from './useRowForm';

const intent = (base: Provider, read: Parameters<typeof providerForm.row>[1]) =>
  ({ type: 'configureProvider', args: { provider: providerForm.row(base, read) } }) as const;

/** One provider: where they work and whether they are at work now. */
export const ProviderForm = ({ row, rooms }: { row: Provider; rooms: readonly ServicePoint[] }) => {
  const t = useWords();
  const nameText = useNameText();
  const schema = useMemo(() => providerForm.schema(t), [t]);
  const { form, save, refusal, saved } = useRowForm({ row, typed: providerForm.typed, schema, intent });
  const { errors, isDirty } = form.formState;
  return (
    <form
      className="setup-item"
      noValidate
      aria-label={row.name || t('desk:setup_new_provider')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field span="span-3" label={t('desk:setup_name')} error={errors.name?.message} {...form.register('name')} />
      <Field span="span-3" label={t('desk:setup_arabic_name')} dir="rtl" lang="ar" error={errors.ar?.message} {...form.register('ar')} />
      <SelectField span="span-3" label={t('desk:setup_room')} {...form.register('servicePointId')}>
        <option value="">{t('desk:setup_no_room')}</option>
        {rooms.map((room) => (
          <option key={room.id} value={room.id}>
            {nameText(room)}
          </option>
        ))}
      </SelectField>
      <SelectField span="span-3" label={t('desk:setup_duty')} {...form.register('status')}>
        {(['available', 'break', 'off'] as const).map((status) => (
          <option key={status} value={status}>
            {t(`desk:provider_${status}`)}
          </option>
        ))}
      </SelectField>
      <SaveRow dirty={isDirty || row.version === 0} saved={saved} refusal={refusal} />
    </form>
  );
};
