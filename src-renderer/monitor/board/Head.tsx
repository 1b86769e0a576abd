import type { Instant } from '@shared/domain/time';
import { dayText, timeText } from '@shared/i18n/format';
import { type NamedText, textIn } from '@shared/views/text';
import { Check } from 'lucide-react';
import { useLanguages, useWords } from '../languages';

interface HeadProps {
  readonly site: NamedText;
  readonly zone: string;
  readonly now: Instant;
  readonly live: boolean;
}

export const Head = ({ site, zone, now, live }: HeadProps) => {
  const { first } = useLanguages();
  const t = useWords();
  return (
    <header className="m-head">
      <p className="m-site">{textIn(site, first)}</p>
      {live && (
        <p className="m-live">
          <Check aria-hidden="true" className="icon" />
          {t('monitor:live')}
        </p>
      )}
      <p className="m-clock">
        <span className="m-date">{dayText(now, zone, first)}</span>
        <bdi className="m-time num" dir="ltr">
          {timeText(now, zone, first)}
        </bdi>
      </p>
    </header>
  );
};
