import type { Translation } from '../../translation';
import type { priority as english } from '../en/priority';

export const priority: Translation<typeof english> = {
  routine: 'روتيني',
  standard: 'عادي',
  urgent: 'مستعجل',
  very_urgent: 'مستعجل جدًا',
  emergency: 'طارئ',
};
