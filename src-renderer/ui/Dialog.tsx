import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { Icon } from './icons';
import { useWords } from './useWords';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons, the one that goes on last. */
  readonly foot?: ReactNode;
  readonly wide?: boolean;
}

/** A question or task above the desk: focus goes in, Esc and the cross lead out, focus returns. Mounted while open. */
export const Dialog = ({ title, onClose, children, foot, wide = false }: DialogProps) => {
  const t = useWords();
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="backdrop" />
        <Base.Viewport className="dialog-layer">
          <Base.Popup className={wide ? 'dialog dialog-wide' : 'dialog'}>
            <div className="dialog-head">
              <Base.Title>{title}</Base.Title>
              <Base.Close className="btn btn-quiet btn-icon" aria-label={t('common:close')}>
                <Icon name="close" />
              </Base.Close>
            </div>
            <div className="dialog-body">{children}</div>
            {foot && <div className="dialog-foot">{foot}</div>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
};
