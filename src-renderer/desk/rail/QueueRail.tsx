import { timeText } from '@shared/i18n/format';
import type { QueueView } from '@shared/views/desk';
import { Icon, PoolIcon } from '@/ui/icons';
import { useLocale, useNameText, useWords } from '@/ui/useWords';
import { Num, Words } from '@/ui/Words';
import { useView } from '../deskFeed';
import { useDeskState } from '../deskState';
import { useShowMonitor } from '../useShowMonitor';
import { BAND_ICONS, percent } from '../work/LoadGauge';

const QueueLink = ({ queue, current, number }: { queue: QueueView; current: boolean; number: number }) => {
  const t = useWords();
  const nameText = useNameText();
  const chooseQueue = useDeskState((state) => state.chooseQueue);
  const { utilization, band, waiting } = queue.stats;
  return (
    <button
      type="button"
      className="rail-item"
      aria-current={current ? 'page' : undefined}
      onClick={() => chooseQueue(queue.id)}
      title={number <= 9 ? `Ctrl ${number}` : undefined}
    >
      <span className="rail-name">
        <span className="rail-text">{nameText(queue.name)}</span>
        {!queue.open && <span className="chip chip-busy">{t('desk:closed')}</span>}
      </span>
      <span className="rail-count">
        <Num>{waiting}</Num>
        <span className="sr"> {t('desk:stat_waiting')}</span>
      </span>
      {utilization !== null && band !== null && (
        <>
          <span className="meter" aria-hidden="true">
            <i className={`is-${band}`} style={{ inlineSize: `${Math.min(100, percent(utilization))}%` }} />
          </span>
          <span className={band === 'full' ? 'rail-load is-full' : 'rail-load'} title={t(`desk:band_${band}`)}>
            {band === 'full' && <Icon name={BAND_ICONS.full} />}
            <Num>{`${percent(utilization)} %`}</Num>
            <span className="sr">, {t(`desk:band_${band}`)}</span>
          </span>
        </>
      )}
    </button>
  );
};

/** The queues with how many wait and how full they are, and the ways out of the desk. */
export const QueueRail = ({ current }: { current: string | null }) => {
  const t = useWords();
  const locale = useLocale();
  const nameText = useNameText();
  const { groups, queues, connection, site } = useView();
  const openDialog = useDeskState((state) => state.openDialog);
  const order = groups.flatMap(({ queueIds }) => queueIds);
  const showMonitor = useShowMonitor();
  return (
    <nav className="rail" aria-label={t('desk:queues')} data-region="rail" tabIndex={-1}>
      <div className="rail-queues">
        {groups.map(({ id, name, shares, queueIds }) => (
          <div key={id ?? 'loose'} className="rail-section">
            {name && (
              <p className="rail-group">
                {nameText(name)}
                {shares && (
                  <span title={t('desk:pool_tip')}>
                    <PoolIcon />
                  </span>
                )}
              </p>
            )}
            <ul aria-label={name ? nameText(name) : t('desk:queues')}>
              {queueIds.map((queueId) => {
                const queue = queues.find((each) => each.id === queueId);
                return (
                  queue && (
                    <li key={queueId}>
                      <QueueLink queue={queue} current={queueId === current} number={order.indexOf(queueId) + 1} />
                    </li>
                  )
                );
              })}
            </ul>
          </div>
        ))}
        {connection.state === 'offline' && connection.lastSync !== null && (
          <p className="rail-group">
            <Icon name="clock" />
            <Words>{t('desk:other_desks_as_of', { time: timeText(connection.lastSync, site.zone, locale) })}</Words>
          </p>
        )}
      </div>
      <div className="rail-foot">
        <button type="button" className="rail-link" onClick={showMonitor}>
          <Icon name="screen" />
          {t('desk:show_monitor')}
        </button>
        <button type="button" className="rail-link" onClick={() => openDialog({ kind: 'pairing' })}>
          <Icon name="link" />
          {t('desk:add_device')}
        </button>
        <button type="button" className="rail-link" onClick={() => openDialog({ kind: 'setup' })}>
          <Icon name="setup" />
          {t('desk:setup')}
        </button>
      </div>
    </nav>
  );
};
