import type { Queue, ServicePoint } from '@shared/domain/rows';
import { useMemo } from 'react';
import { Field, SelectField } from '@/ui/Field';
import { useNameText, useWords } from '@/ui/useWords';
import { SaveRow } from './SaveRow';
import { servicePointForm } from './setupForms';
import { useRowForm } from './useRowForm';

const intent = (base: ServicePoint, read: Parameters<typeof servicePointForm.row>[1]) =>
  ({ type: 'configureServicePoint', args: { servicePoint: servicePointForm.row(base, read) } }) as const;

/** One room or counter, and which queues it serves. */
export const RoomForm = ({ row, queues }: { row: ServicePoint; queues: readonly Queue[] }) => {
  const t = useWords();
  const nameText = useNameText();
  const schema = useMemo(() => servicePointForm.schema(t), [t]);
  const { form, save, refusal, saved } = useRowForm({ row, typed: servicePointForm.typed, schema, intent });
  const { errors, isDirty } = form.formState;
  const queueIds = form.watch('queueIds');
  return (
    <form
      className="setup-item"
      noValidate
      aria-label={row.name || t('desk:setup_new_room')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field span="span-2" label={t('desk:setup_name')} error={errors.name?.message} {...form.register('name')} />
      <Field span="span-2" label={t('desk:setup_arabic_name')} dir="rtl" lang="ar" error={errors.ar?.message} {...form.register('ar')} />
      <SelectField span="span-2" label={t('desk:setup_kind')} {...form.register('kind')}>
        <option value="room">{t('desk:setup_kind_room')}</option>
        <option value="counter">{t('desk:setup_kind_counter')}</option>
      </SelectField>
      <fieldset className="span-6 check-set">
        <legend className="label">{t('desk:setup_serves')}</legend>
        {queues.map((queue) => (
          <label key={queue.id} className="check">
            <input
              type="checkbox"
              checked={queueIds.includes(queue.id)}
              onChange={({ target }) =>
                form.setValue('queueIds', target.checked ? [...queueIds, queue.id] : queueIds.filter((id) => id !== queue.id), {
                  shouldDirty: true,
                })
              }
            />
            {nameText(queue)}
          </label>
        ))}
      </fieldset>
      <SaveRow dirty={isDirty || row.version === 0} saved={saved} refusal={refusal} />
    </form>
  );
};
