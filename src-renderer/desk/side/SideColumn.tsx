import type { QueueView } from '@shared/views/desk';
import { Icon } from '@/ui/icons';
import { useWords } from '@/ui/useWords';
import { useDeskState } from '../deskState';
import { Expected } from './Expected';
import { NextPatient } from './NextPatient';
import { NoticeTray } from './NoticeTray';
import { Rooms } from './Rooms';

/** Next patient, rooms, expected, notices; a sheet of its own on a narrow window. */
export const SideColumn = ({ queue }: { queue: QueueView | undefined }) => {
  const t = useWords();
  const open = useDeskState((state) => state.sideOpen);
  const toggleSide = useDeskState((state) => state.toggleSide);
  return (
    <aside className={open ? 'side is-open' : 'side'} data-region="side" tabIndex={-1} aria-label={t('desk:side')}>
      <button type="button" className="btn btn-quiet btn-icon side-close" onClick={toggleSide} aria-label={t('common:close')}>
        <Icon name="close" />
      </button>
      {queue && <NextPatient queue={queue} />}
      <Rooms queueId={queue?.id ?? null} />
      <Expected />
      <NoticeTray />
    </aside>
  );
};
