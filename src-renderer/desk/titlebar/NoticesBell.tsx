import { Icon } from '@/ui/icons';
import { Popover } from '@/ui/Popover';
import { useWords } from '@/ui/useWords';
import { useView } from '../deskFeed';
import { useDeskState } from '../deskState';
import { Notice, Refused } from '../side/NoticeTray';

/** All notices, with their answers. */
export const NoticesBell = () => {
  const t = useWords();
  const { notices } = useView();
  const refused = useDeskState((state) => state.refused);
  const count = notices.length + refused.length;
  return (
    <Popover
      title={t('desk:notices')}
      trigger={
        <button
          type="button"
          className="btn btn-quiet btn-icon bell"
          aria-label={count === 0 ? t('desk:notices') : t('desk:notices_count', { count })}
        >
          <Icon name="bell" />
          {count > 0 && (
            <span className="bell-count" aria-hidden="true">
              {count > 99 ? '99+' : count}
            </span>
          )}
        </button>
      }
    >
      {count === 0 && <p className="text-note">{t('desk:notices_none')}</p>}
      <div className="bell-list">
        {notices.map((notice) => (
          <Notice key={notice.id} notice={notice} />
        ))}
        {refused.map((notice) => (
          <Refused key={notice.id} notice={notice} />
        ))}
      </div>
    </Popover>
  );
};
