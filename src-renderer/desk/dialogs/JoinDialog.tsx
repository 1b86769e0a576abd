import { useState } from 'react';
import { Dialog } from '@/ui/Dialog';
import { useWords } from '@/ui/useWords';
import { useView } from '../deskFeed';
import { PairForm } from '../PairForm';

/** Makes this PC a desk of another clinic, or of the same one again after its key was refused. */
export const JoinDialog = ({ onClose }: { onClose: () => void }) => {
  const t = useWords();
  const { device } = useView();
  const [joined, setJoined] = useState<string | null>(null);
  return (
    <Dialog title={t('desk:join_clinic')} onClose={onClose}>
      {joined === null ? (
        <>
          <p className="text-note">{t('desk:join_note')}</p>
          <PairForm deviceName={device.name} onJoined={setJoined} />
        </>
      ) : (
        <>
          <p role="status">{t('desk:joined', { site: joined })}</p>
          <div className="page-actions">
            <button type="button" className="btn btn-primary" onClick={onClose}>
              {t('common:done')}
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
};
