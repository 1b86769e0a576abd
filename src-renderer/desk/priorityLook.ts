import type { PriorityLevel } from '@shared/domain/priority';
import { isMessageKey, type Translate } from '@shared/i18n/translate';
import type { IconName } from '@/ui/icons';

/** How urgent a level looks: a shape of its own and, from urgent on, a colour. */
export const priorityLook = (level: Pick<PriorityLevel, 'value' | 'emergency'> | undefined): { icon: IconName; chip: string } => {
  if (!level) return { icon: 'equal', chip: 'chip' };
  if (level.emergency) return { icon: 'emergency', chip: 'chip chip-solid' };
  if (level.value >= 0.75) return { icon: 'upUp', chip: 'chip chip-heavy' };
  if (level.value >= 0.5) return { icon: 'up', chip: 'chip chip-busy' };
  return level.value > 0 ? { icon: 'equal', chip: 'chip' } : { icon: 'down', chip: 'chip chip-line' };
};

/** The level's name, or its key when a clinic has levels of its own. */
export const priorityName = (key: string, t: Translate): string => {
  const message = `priority:${key}`;
  return isMessageKey(message) ? t(message) : key.replaceAll('_', ' ');
};
