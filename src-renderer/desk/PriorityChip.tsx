import type { PriorityLevel } from '@shared/domain/priority';
import { Icon } from '@/ui/icons';
import { useWords } from '@/ui/useWords';
import { priorityLook, priorityName } from './priorityLook';

/** A priority as a chip: shape, colour and word. */
export const PriorityChip = ({ priority, scale }: { priority: string; scale: readonly PriorityLevel[] }) => {
  const t = useWords();
  const { icon, chip } = priorityLook(scale.find(({ key }) => key === priority));
  return (
    <span className={chip}>
      <Icon name={icon} />
      {priorityName(priority, t)}
    </span>
  );
};
