import type { Locale } from '@shared/domain/rows';
import { timeText } from '@shared/i18n/format';
import type { Translate } from '@shared/i18n/translate';
import type { EntryView, ReasonPart } from '@shared/views/desk';
import { textIn } from '@shared/views/text';
import { Icon, type IconName } from '@/ui/icons';
import { useLocale, useWords } from '@/ui/useWords';
import { asName, Words } from '@/ui/Words';
import { useView } from '../deskFeed';
import { priorityName } from '../priorityLook';

const signed = (minutes: number): string => (minutes < 0 ? `\u2212${Math.abs(Math.round(minutes))}` : `+${Math.round(minutes)}`);

/** One part of the reason in words and minutes. */
const partText = (part: ReasonPart, t: Translate, locale: Locale, zone: string): string => {
  switch (part.kind) {
    case 'emergency':
    case 'fifo':
      return t(`reason:${part.kind}`);
    case 'over_maximum':
      return t('reason:over_maximum', { minutes: Math.round(part.limit) });
    case 'manual':
      return t(part.before ? 'reason:manual_before' : 'reason:manual_after', {
        ticket: part.anchorTicket,
        by: asName(part.by),
        time: timeText(part.at, zone, locale),
      });
    case 'priority': {
      const priority = priorityName(part.key, t);
      return Math.round(part.minutes) === 0
        ? t('reason:priority_plain', { priority })
        : t('reason:priority', { priority, minutes: signed(part.minutes) });
    }
    case 'waited':
      return t('reason:waited', { minutes: Math.round(part.minutes) });
    case 'appointment': {
      const time = timeText(part.at, zone, locale);
      if (part.late) return t('reason:appointment_late', { time });
      return Math.round(part.minutes) === 0
        ? t('reason:appointment_plain', { time })
        : t('reason:appointment', { time, minutes: signed(part.minutes) });
    }
    case 'only_at':
      return t('reason:only_at', { servicePoint: asName(textIn(part.servicePoint, locale)) });
  }
};

const ICONS: Partial<Record<ReasonPart['kind'], IconName>> = { over_maximum: 'clock', manual: 'hand' };

export const reasonText = (reasons: readonly ReasonPart[], t: Translate, locale: Locale, zone: string): string =>
  reasons.map((part) => partText(part, t, locale, zone)).join(' · ');

/** Why an entry stands where it stands. */
export const ReasonLine = ({ entry }: { entry: Pick<EntryView, 'reasons'> }) => {
  const t = useWords();
  const locale = useLocale();
  const { site } = useView();
  const icon = entry.reasons.map(({ kind }) => ICONS[kind]).find(Boolean);
  const text = reasonText(entry.reasons, t, locale, site.zone);
  return (
    <p className="row-why" title={text.replaceAll('\u2060', '')}>
      {icon && <Icon name={icon} />}
      <Words>{text}</Words>
    </p>
  );
};
