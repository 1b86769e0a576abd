import { zodResolver } from '@hookform/resolvers/zod';
import { useMemo, useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { ErrorText, Field } from '@/ui/Field';
import { useLocale, useWords } from '@/ui/useWords';
import { useDesk } from './deskFeed';
import { failureText } from './failureText';

/** Pairs this browser (or PC) with a clinic by the short code that a desk there shows. */
export const PairForm = ({ deviceName, onJoined }: { deviceName?: string; onJoined?: (siteName: string) => void }) => {
  const t = useWords();
  const locale = useLocale();
  const { bridge } = useDesk();
  const [refusal, setRefusal] = useState<string | null>(null);
  const inBrowser = bridge.platform === 'browser';
  const schema = useMemo(
    () =>
      z.object({
        address: z.string().trim().min(1, t('error:bad_address')).max(200, t('error:bad_address')),
        code: z
          .string()
          .trim()
          .regex(/^[0-9A-Za-z]{4}[-\s]?[0-9A-Za-z]{4}$/, t('desk:code_form')),
        deviceName: z.string().trim().min(1, t('error:device_name_missing')).max(60, t('error:device_name_missing')),
      }),
    [t],
  );
  const form = useForm({
    defaultValues: { address: inBrowser ? location.origin : '', code: '', deviceName: deviceName ?? t('desk:default_device_name') },
    resolver: zodResolver(schema),
    mode: 'onTouched',
  });
  const { errors, isSubmitting } = form.formState;
  const pair = form.handleSubmit(async (input) => {
    setRefusal(null);
    const answer = await bridge.request('joinClinic', input);
    if (answer.ok) onJoined?.(answer.data.siteName);
    else if (answer.error.field === 'deviceName' || answer.error.field === 'code') {
      form.setError(answer.error.field, { message: failureText(answer.error, null, 'UTC', locale, t).title }, { shouldFocus: true });
    } else setRefusal(failureText(answer.error, null, 'UTC', locale, t).title);
  });
  return (
    <form className="form" noValidate onSubmit={(event) => void pair(event)}>
      {!inBrowser && (
        <Field
          wide
          label={t('desk:field_address')}
          dir="ltr"
          placeholder="192.168.1.20:7420"
          autoComplete="off"
          spellCheck={false}
          error={errors.address?.message}
          {...form.register('address')}
        />
      )}
      <Field
        label={t('desk:code')}
        dir="ltr"
        placeholder="XXXX-XXXX"
        autoComplete="off"
        spellCheck={false}
        error={errors.code?.message}
        {...form.register('code')}
      />
      <Field label={t('desk:field_device_name')} autoComplete="off" error={errors.deviceName?.message} {...form.register('deviceName')} />
      <div className="wide page-actions">
        <button type="submit" className="btn btn-primary" disabled={isSubmitting}>
          {t('desk:join')}
        </button>
      </div>
      {refusal && (
        <div className="wide">
          <ErrorText>{refusal}</ErrorText>
        </div>
      )}
    </form>
  );
};
