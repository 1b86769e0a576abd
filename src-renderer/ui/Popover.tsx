import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';

/** A small panel behind a button, with a title. */
export const Popover = ({
  trigger,
  title,
  children,
  open,
  onOpenChange,
}: {
  trigger: ReactElement;
  title: string;
  children: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}) => (
  <Base.Root {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
    <Base.Trigger render={trigger} />
    <Base.Portal>
      <Base.Positioner className="popup-layer" align="end" sideOffset={6} collisionPadding={8}>
        <Base.Popup className="popup popup-pad">
          <Base.Title className="popup-title">{title}</Base.Title>
          {children}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
);
