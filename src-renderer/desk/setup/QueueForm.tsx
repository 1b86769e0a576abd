import type { Queue } from '@shared/domain/rows';
import { useMemo } from 'react';
import { Field, Switch } from '@/ui/Field';
import { useWords } from '@/ui/useWords';
import { SaveRow } from './SaveRow';
import { queueForm } from './setupForms';
import { useRowForm } from './useRowForm';

const intent = (base: Queue, read: Parameters<typeof queueForm.row>[1]) =>
  ({ type: 'configureQueue', args: { queue: queueForm.row(base, read) } }) as const;

/** One queue: names, ticket letters, how many it takes and how long a visit usually is. */
export const QueueForm = ({ row, others }: { row: Queue; others: readonly Queue[] }) => {
  const t = useWords();
  const schema = useMemo(() => queueForm.schema(t, new Set(others.map(({ prefix }) => prefix))), [t, others]);
  const { form, save, refusal, saved } = useRowForm({ row, typed: queueForm.typed, schema, intent });
  const { errors, isDirty } = form.formState;
  return (
    <form
      className="setup-item"
      noValidate
      aria-label={row.name || t('desk:setup_new_queue')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field span="span-3" label={t('desk:setup_name')} error={errors.name?.message} {...form.register('name')} />
      <Field span="span-3" label={t('desk:setup_arabic_name')} dir="rtl" lang="ar" error={errors.ar?.message} {...form.register('ar')} />
      <Field
        span="span-2"
        label={t('desk:setup_prefix_label')}
        dir="ltr"
        maxLength={3}
        error={errors.prefix?.message}
        {...form.register('prefix')}
      />
      <Field
        span="span-2"
        label={t('desk:setup_capacity_label')}
        dir="ltr"
        inputMode="numeric"
        placeholder={t('desk:setup_no_limit')}
        error={errors.capacity?.message}
        {...form.register('capacity')}
      />
      <Field
        span="span-2"
        label={t('desk:setup_visit_length_label')}
        dir="ltr"
        inputMode="numeric"
        error={errors.visitLength?.message}
        {...form.register('visitLength')}
      />
      <Switch
        className="switch-row span-6"
        label={t('desk:setup_open')}
        checked={form.watch('open')}
        onChange={(on) => form.setValue('open', on, { shouldDirty: true })}
      />
      <SaveRow dirty={isDirty || row.version === 0} saved={saved} refusal={refusal} />
    </form>
  );
};
