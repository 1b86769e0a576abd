import { Toast } from '@base-ui/react/toast';
import type { CommandType } from '@shared/domain/commands';
import { Icon, type IconName } from '@/ui/icons';
import { useWords } from '@/ui/useWords';
import { Words } from '@/ui/Words';
import { useView } from './deskFeed';
import type { StepTold } from './toasts';
import { useEntryActions } from './useEntryActions';

const ICONS: Partial<Record<CommandType, IconName>> = {
  hold: 'hold',
  call: 'call',
  callNext: 'call',
  recall: 'call',
  startService: 'start',
  complete: 'check',
  addToQueue: 'add',
  transfer: 'transfer',
  undo: 'undo',
  remove: 'close',
  cancel: 'close',
  markNoShow: 'away',
  markLeft: 'door',
  correct: 'edit',
  setPriority: 'up',
};

/** What was just done, with Undo while it is this desk's last step; 8 s, and Ctrl Z after that. */
export const StepToast = () => {
  const t = useWords();
  const { toasts } = Toast.useToastManager<StepTold>();
  const { undoable } = useView();
  const { undoLast } = useEntryActions();
  return (
    <Toast.Viewport className="toast-place">
      {toasts.map((toast) => (
        <Toast.Root key={toast.id} toast={toast} className="toast" swipeDirection={[]}>
          <Icon name={(toast.data && ICONS[toast.data.verb]) ?? 'check'} />
          <Toast.Title render={<span />}>{typeof toast.title === 'string' ? <Words>{toast.title}</Words> : null}</Toast.Title>
          {undoable && toast.data?.entryId === undoable.entryId && (
            <button type="button" className="btn" onClick={undoLast}>
              <Icon name="undo" />
              {t('verb:undo')}
              <kbd>Ctrl Z</kbd>
            </button>
          )}
          <Toast.Close className="btn btn-icon" aria-label={t('common:close')}>
            <Icon name="close" />
          </Toast.Close>
        </Toast.Root>
      ))}
    </Toast.Viewport>
  );
};
