import type { QueueView } from '@shared/views/desk';
import { useWords } from '@/ui/useWords';
import { Num, Words } from '@/ui/Words';
import { LoadGauge } from './LoadGauge';

const Minutes = ({ value }: { value: number | null }) => {
  const t = useWords();
  return value === null ? (
    <>
      <span aria-hidden="true">–</span>
      <span className="sr">{t('desk:none')}</span>
    </>
  ) : (
    <>
      <Num>{Math.round(value)}</Num> <small>{t('desk:min')}</small>
    </>
  );
};

/** The queue in figures. */
export const StatsStrip = ({ queue }: { queue: QueueView }) => {
  const t = useWords();
  const { stats } = queue;
  return (
    <div className="stats">
      <dl className="stat-list">
        <div className="stat">
          <dt>{t('desk:stat_waiting')}</dt>
          <dd>
            <Num>{stats.waiting}</Num>
            {stats.capacity !== null && (
              <small>
                {' '}
                <Words>{t('desk:stat_of', { capacity: stats.capacity })}</Words>
              </small>
            )}
          </dd>
        </div>
        <div className="stat">
          <dt>{t('desk:stat_average')}</dt>
          <dd>
            <Minutes value={stats.averageWait} />
          </dd>
        </div>
        <div className="stat">
          <dt>{t('desk:stat_longest')}</dt>
          <dd>
            <Minutes value={stats.longestWait} />
          </dd>
        </div>
        <div className="stat">
          <dt>{t('desk:stat_served')}</dt>
          <dd>
            <Num>{stats.servedToday}</Num>
          </dd>
        </div>
      </dl>
      <LoadGauge queue={queue} />
    </div>
  );
};
