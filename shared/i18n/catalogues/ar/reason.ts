import type { Translation } from '../../translation';
import type { reason as english } from '../en/reason';

export const reason: Translation<typeof english> = {
  emergency: 'حالة طارئة: قبل الجميع',
  over_maximum: 'تجاوز الانتظار {{minutes}} دقيقة: قبل الجميع عدا الأكثر استعجالًا',
  manual_after: 'وُضع يدويًا بعد {{ticket}} · {{by}}، {{time}}',
  manual_before: 'وُضع يدويًا قبل {{ticket}} · {{by}}، {{time}}',
  priority: '{{priority}} {{minutes}}',
  priority_plain: '{{priority}}',
  waited: 'انتظر {{minutes}}',
  appointment: 'موعد {{time}} {{minutes}}',
  appointment_plain: 'موعد {{time}}',
  appointment_late: 'متأخر عن موعد {{time}}',
  only_at: '{{servicePoint}} فقط',
  fifo: 'بحسب ترتيب الوصول',
};
