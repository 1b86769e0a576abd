import type { Translate } from '@shared/i18n/translate';
import type { EntryView, EstimateView } from '@shared/views/desk';
import { CELL } from '@/ui/grid';
import { useWords } from '@/ui/useWords';
import { Words } from '@/ui/Words';
import type { Tab } from '../deskState';

/** An estimate in one line: a range, never a promise. */
export const estimateText = (estimate: EstimateView, t: Translate): string => {
  if (estimate.kind === 'next') return t('desk:estimate_next');
  if (estimate.kind === 'place') return t('desk:estimate_place');
  return t('desk:estimate_line', { about: estimate.about, under: estimate.under });
};

/** What an entry still has to wait, or for one that does not wait how often it was called. */
export const EstimateCell = ({ entry, tab }: { entry: EntryView; tab: Tab }) => {
  const t = useWords();
  const { estimate } = entry;
  if (tab !== 'waiting') {
    return (
      <span {...CELL} className="row-est">
        {entry.calls > 0 && <Words>{t('desk:calls', { count: entry.calls })}</Words>}
      </span>
    );
  }
  if (estimate.kind === 'next') {
    return (
      <span {...CELL} className="row-est">
        <b>{t('desk:estimate_next')}</b>
      </span>
    );
  }
  if (estimate.kind === 'place') {
    return (
      <span {...CELL} className="row-est" title={t('desk:estimate_place')}>
        <small>{t('desk:estimate_place_short')}</small>
      </span>
    );
  }
  return (
    <span {...CELL} className="row-est" title={estimate.rough ? t('desk:estimate_rough') : undefined}>
      <Words>{t('desk:estimate_about', { minutes: estimate.about })}</Words>
      <small>
        <Words>{t('desk:estimate_under', { minutes: estimate.under })}</Words>
      </small>
    </span>
  );
};
