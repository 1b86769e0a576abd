import type { Translation } from '../../translation';
import type { status as english } from '../en/status';

export const status: Translation<typeof english> = {
  scheduled: 'مجدول',
  checked_in: 'سُجّل وصوله',
  waiting: 'في الانتظار',
  called: 'نودي عليه',
  in_service: 'قيد الخدمة',
  completed: 'اكتملت الخدمة',
  on_hold: 'معلّق',
  awaiting_recall: 'بانتظار إعادة النداء',
  transferred: 'محوّل',
  no_show: 'لم يحضر',
  left_without_being_seen: 'غادر قبل الخدمة',
  cancelled: 'ملغى',
  entered_in_error: 'أُدخل بالخطأ',
  calling: 'جارٍ النداء…',
  not_sent: 'لم يُرسل بعد',

  'flag.both_started': 'بدأت الخدمة في مكتبين',
  'flag.possible_duplicate': 'ربما أُضيف مرتين',
  'flag.queue_closed': 'أُضيف والقائمة مغلقة',
  'flag.over_capacity': 'أُضيف فوق السعة',
  'flag.service_point_crowded': 'عدد من يُخدمون هنا أكبر من سعة الغرفة',
  'flag.served_after_end': 'خُدم بعد انتهاء الدور',
};
