import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './icons';

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly children: ReactNode;
  readonly onOpenChange?: (open: boolean) => void;
  readonly align?: 'start' | 'end';
}

/** Actions behind a button. */
export const Menu = ({ trigger, children, onOpenChange, align = 'end' }: MenuProps) => (
  <Base.Root modal={false} {...(onOpenChange && { onOpenChange })}>
    <Base.Trigger render={trigger} />
    <Base.Portal>
      <Base.Positioner className="popup-layer" align={align} sideOffset={4}>
        <Base.Popup className="popup">{children}</Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
);

interface MenuItemProps {
  readonly icon?: IconName;
  readonly children: ReactNode;
  readonly onSelect: () => void;
  /** The key that does the same. */
  readonly shortcut?: string;
  /** Quiet words at the end. */
  readonly end?: string;
  readonly grave?: boolean;
  readonly disabled?: boolean;
}

export const MenuItem = ({ icon, children, onSelect, shortcut, end, grave = false, disabled = false }: MenuItemProps) => (
  <Base.Item className={grave ? 'menu-item menu-item-grave' : 'menu-item'} onClick={onSelect} disabled={disabled}>
    {icon && <Icon name={icon} />}
    <span>{children}</span>
    {end && <span className="menu-end">{end}</span>}
    {shortcut && <kbd>{shortcut}</kbd>}
  </Base.Item>
);

/** A choice of one inside a menu; the chosen one is ticked. */
export const MenuChoice = ({
  value,
  label,
  options,
  onChange,
}: {
  value: string;
  label: string;
  options: readonly { value: string; label: string; icon?: IconName; end?: string }[];
  onChange: (value: string) => void;
}) => (
  <Base.Group>
    <Base.GroupLabel className="menu-label">{label}</Base.GroupLabel>
    <Base.RadioGroup value={value} onValueChange={(next: string) => onChange(next)}>
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} className="menu-item" closeOnClick>
          {option.icon && <Icon name={option.icon} />}
          <span>{option.label}</span>
          {option.end && <span className="menu-end">{option.end}</span>}
          <Base.RadioItemIndicator className="menu-end">
            <Icon name="check" size="sm" />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  </Base.Group>
);

export const MenuLine = () => <Base.Separator className="menu-line" />;
