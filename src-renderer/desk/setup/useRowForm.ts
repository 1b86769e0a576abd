import { zodResolver } from '@hookform/resolvers/zod';
import type { Intent } from '@shared/domain/commands';
import { useEffect, useRef, useState } from 'react';
import { type DefaultValues, type FieldValues, type UseFormReturn, useForm } from 'react-hook-form';
import type { z } from 'zod';
import { useLocale, useWords } from '@/ui/useWords';
import { useView } from '../deskFeed';
import { failureText } from '../failureText';
import { useCommands } from '../useCommands';

interface RowFormOptions<Row, Typed extends FieldValues, Read> {
  readonly row: Row;
  readonly typed: (row: Row) => Typed;
  readonly schema: z.ZodType<Read, Typed>;
  /** The command that changes the row as it was when the person began to type. */
  readonly intent: (base: Row, read: Read) => Intent;
}

export interface RowForm<Typed extends FieldValues, Read> {
  readonly form: UseFormReturn<Typed, unknown, Read>;
  readonly save: () => Promise<void>;
  readonly refusal: string | null;
  /** Recorded, and nothing typed since. */
  readonly saved: boolean;
}

/**
 * A form over one configuration row. It follows the row while nothing is typed; what is being typed is kept, and is saved against
 * the version that the person saw, so that nobody's change is overwritten unseen.
 */
export const useRowForm = <Row extends { readonly version: number }, Typed extends FieldValues, Read>({
  row,
  typed,
  schema,
  intent,
}: RowFormOptions<Row, Typed, Read>): RowForm<Typed, Read> => {
  const t = useWords();
  const locale = useLocale();
  const { site } = useView();
  const { send } = useCommands();
  const base = useRef(row);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [recorded, setRecorded] = useState(false);
  const form = useForm<Typed, unknown, Read>({
    defaultValues: typed(row) as DefaultValues<Typed>,
    resolver: zodResolver(schema),
    mode: 'onTouched',
  });
  const { isDirty } = form.formState;
  useEffect(() => {
    if (isDirty || base.current.version === row.version) return;
    base.current = row;
    form.reset(typed(row));
  }, [form, isDirty, row, typed]);
  const save = form.handleSubmit(async (read) => {
    setRefusal(null);
    const answer = await send(intent(base.current, read), { inline: true });
    if (answer.ok) {
      form.reset(form.getValues());
      setRecorded(true);
      return;
    }
    const { title, next } = failureText(answer.error, null, site.zone, locale, t);
    setRefusal(`${title} ${next}`.trim());
  });
  return { form, save, refusal, saved: recorded && !isDirty };
};
