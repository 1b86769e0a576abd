import { timeText, timeWithSecondsText } from '@shared/i18n/format';
import type { LoadBand, QueueView } from '@shared/views/desk';
import { meter } from '@/ui/grid';
import { Icon, type IconName } from '@/ui/icons';
import { useLocale, useWords } from '@/ui/useWords';
import { Num, Words } from '@/ui/Words';
import { useNow, useView } from '../deskFeed';

/** Each band has a shape of its own, so that its colour is never alone. */
export const BAND_ICONS: Readonly<Record<LoadBand, IconName>> = { calm: 'down', busy: 'up', heavy: 'upUp', full: 'emergency' };

export const percent = (utilization: number): number => Math.round(utilization * 100);

/** When what is shown is from: now while online, the last sync otherwise. */
const AsOf = () => {
  const t = useWords();
  const locale = useLocale();
  const now = useNow();
  const { site, connection } = useView();
  const online = connection.state === 'online';
  const time =
    online || connection.lastSync === null ? timeWithSecondsText(now, site.zone, locale) : timeText(connection.lastSync, site.zone, locale);
  return <Words>{t('desk:as_of', { time })}</Words>;
};

/** How full the queue is against its capacity, with the marks at which it becomes busy, heavy and full. */
export const LoadGauge = ({ queue }: { queue: QueueView }) => {
  const t = useWords();
  const { utilization, band, factor, thresholds, waiting, capacity } = queue.stats;
  if (utilization === null || band === null) {
    return (
      <div className="gauge gauge-none">
        <span className="gauge-label">{t('desk:load')}</span>
        <small className="quiet">{t('desk:load_no_capacity')}</small>
      </div>
    );
  }
  const value = percent(utilization);
  const tip = t('desk:load_tip', {
    waiting,
    capacity: capacity ?? 0,
    busy: percent(thresholds[0]),
    heavy: percent(thresholds[1]),
    full: percent(thresholds[2]),
  });
  return (
    <div className={`gauge is-${band}`} {...meter(t('desk:load'), value, `${value} %, ${t(`desk:band_${band}`)}`)} title={tip}>
      <div className="gauge-head">
        <span className="gauge-label">{t('desk:load')}</span>
        <b>
          <Num>{`${value} %`}</Num>
        </b>
        <span className="gauge-word">
          <Icon name={BAND_ICONS[band]} size="sm" />
          {t(`desk:band_${band}`)}
        </span>
        <span className="gauge-factor">
          {factor !== null && (
            <>
              <Words>{t('desk:factor', { factor: factor.toFixed(1) })}</Words>
              {' · '}
            </>
          )}
          <AsOf />
        </span>
      </div>
      <div className="gauge-bar">
        <i style={{ inlineSize: `${Math.min(100, value)}%` }} />
        {thresholds.map((threshold) => (
          <span key={threshold} style={{ insetInlineStart: `${percent(threshold)}%` }} />
        ))}
      </div>
      <div className="gauge-scale" aria-hidden="true">
        {thresholds.map((threshold) => (
          <span key={threshold} style={{ insetInlineStart: `${percent(threshold)}%` }}>
            {percent(threshold)}
          </span>
        ))}
      </div>
    </div>
  );
};
