import type { NoticeView } from '@shared/views/desk';
import { useEffect, useRef } from 'react';
import { Icon } from '@/ui/icons';
import { useLocale, useWords } from '@/ui/useWords';
import { Words } from '@/ui/Words';
import { chime } from '../chime';
import { useView } from '../deskFeed';
import { type RefusedNotice, useDeskState } from '../deskState';
import { failureText, outcomeText, type Told } from '../failureText';
import { useSettings } from '../settings';
import { type NoticeAction, useNoticeActions } from '../useNoticeActions';

/** How many notices lie open; the rest are behind the bell. */
const OPEN = 3;

const NoticeCard = ({ told, actions }: { told: Told; actions: readonly NoticeAction[] }) => (
  <div className="card notice" role="alert">
    <h3>
      <Icon name="warning" />
      <span>
        <Words>{told.title}</Words>
      </span>
    </h3>
    {told.next && (
      <p>
        <Words>{told.next}</Words>
      </p>
    )}
    <div className="notice-actions">
      {actions.map(({ label, act }, index) => (
        <button key={label} type="button" className={index === 0 ? 'btn' : 'btn btn-quiet'} onClick={act}>
          {label}
        </button>
      ))}
    </div>
  </div>
);

export const Notice = ({ notice }: { notice: NoticeView }) => {
  const t = useWords();
  const locale = useLocale();
  const { site } = useView();
  const actionsOf = useNoticeActions();
  return (
    <NoticeCard
      told={outcomeText(notice.code, notice.detail, notice.entry?.ticket ?? null, site.zone, locale, t)}
      actions={actionsOf(notice)}
    />
  );
};

/** A command that was refused on the spot. */
export const Refused = ({ notice }: { notice: RefusedNotice }) => {
  const t = useWords();
  const locale = useLocale();
  const { site } = useView();
  const dismiss = useDeskState((state) => state.dismissRefused);
  return (
    <NoticeCard
      told={failureText(notice.failure, notice.ticket, site.zone, locale, t)}
      actions={[{ label: t('desk:notice_ok'), act: () => dismiss(notice.id) }]}
    />
  );
};

/** What this desk must know, the recommended answer first. Absent when there is nothing; it never pushes the next patient. */
export const NoticeTray = () => {
  const t = useWords();
  const { notices } = useView();
  const refused = useDeskState((state) => state.refused);
  const sound = useSettings((state) => state.sound);
  const count = notices.length + refused.length;
  const before = useRef(count);
  useEffect(() => {
    if (sound && count > before.current) chime();
    before.current = count;
  }, [count, sound]);
  if (count === 0) return null;
  const openRefused = refused.slice(-OPEN);
  const openNotices = notices.slice(0, Math.max(1, OPEN - openRefused.length));
  const hidden = count - openRefused.length - openNotices.length;
  return (
    <section className="tray" aria-label={t('desk:notices')}>
      {openNotices.map((notice) => (
        <Notice key={notice.id} notice={notice} />
      ))}
      {openRefused.map((notice) => (
        <Refused key={notice.id} notice={notice} />
      ))}
      {hidden > 0 && (
        <p className="notice-more">
          <Icon name="bell" size="sm" />
          <Words>{t('desk:notices_more', { count: hidden })}</Words>
        </p>
      )}
    </section>
  );
};
