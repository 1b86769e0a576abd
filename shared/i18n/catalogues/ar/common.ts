import type { Translation } from '../../translation';
import type { common as english } from '../en/common';

export const common: Translation<typeof english> = {
  close: 'إغلاق',
  cancel: 'إلغاء',
  save: 'حفظ',
  saved: 'حُفظ',
  done: 'تم',
  optional: 'اختياري',
};
