import type { Instant } from '@shared/domain/time';
import { timeText } from '@shared/i18n/format';
import { TriangleAlert } from 'lucide-react';
import { SecondWords, useLanguages, useWords } from '../languages';

/** Says since when the screen is not live, and what to do: patients must not trust an old call. */
export const StaleBanner = ({ since, zone }: { readonly since: Instant | null; readonly zone: string }) => {
  const { first } = useLanguages();
  const t = useWords();
  return (
    <div className="m-stale" role="alert">
      <TriangleAlert aria-hidden="true" className="icon" />
      <p>
        <b>{since === null ? t('monitor:not_live') : t('monitor:not_live_since', { time: timeText(since, zone, first) })}</b>{' '}
        {t('monitor:ask_at_the_desk')}
      </p>
      <SecondWords message="monitor:not_live_short" />
    </div>
  );
};
