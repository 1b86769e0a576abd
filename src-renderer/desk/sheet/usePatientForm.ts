import { zodResolver } from '@hookform/resolvers/zod';
import type { Instant } from '@shared/domain/time';
import { serviceDayOf } from '@shared/engine/serviceDay';
import { timeText } from '@shared/i18n/format';
import { languages } from '@shared/i18n/language';
import { useMemo } from 'react';
import { useForm } from 'react-hook-form';
import { useLocale, useWords } from '@/ui/useWords';
import { useDesk, useView } from '../deskFeed';
import { type PatientForm, patientFormSchema } from '../patientForm';
import type { PatientFormApi } from './PatientFields';

/** `1988-02-28` as people write it here: `28/02/1988`. */
export const writtenDate = (date: string | null): string => (date === null ? '' : date.split('-').reverse().join('/'));

/** A moment as a clock time of the site. */
export const writtenTime = (at: Instant | null, zone: string): string => (at === null ? '' : timeText(at, zone, 'en'));

/** The patient form with its rules, in the person's language and by the clinic's clock. */
export const usePatientForm = (values: PatientForm): PatientFormApi => {
  const t = useWords();
  const locale = useLocale();
  const { feed } = useDesk();
  const { site, configuration } = useView();
  const dayStart = configuration.site?.dayStart ?? 0;
  const resolver = useMemo(() => {
    const day = serviceDayOf(feed.now(), site.zone, dayStart);
    return zodResolver(
      patientFormSchema(t, {
        language: languages[locale].tag,
        today: serviceDayOf(feed.now(), site.zone, 0),
        day,
        zone: site.zone,
        dayStart,
      }),
    );
  }, [t, locale, feed, site.zone, dayStart]);
  return useForm({ defaultValues: values, resolver, mode: 'onTouched' });
};
