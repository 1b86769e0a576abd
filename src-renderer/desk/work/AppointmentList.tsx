import { timeText } from '@shared/i18n/format';
import type { ExpectedView } from '@shared/views/desk';
import { useLocale, useNameText, useWords } from '@/ui/useWords';
import { Num } from '@/ui/Words';
import { useView } from '../deskFeed';
import { useDeskState } from '../deskState';

/** The appointments of a queue that have not arrived yet; one step checks a patient in. */
export const AppointmentList = ({ expected }: { expected: readonly ExpectedView[] }) => {
  const t = useWords();
  const locale = useLocale();
  const nameText = useNameText();
  const { site } = useView();
  const openSheet = useDeskState((state) => state.openSheet);
  return (
    <section className="list" aria-label={t('desk:tab_appointments')}>
      <ul className="rows appointments">
        {expected.map((appointment) => (
          <li key={appointment.appointmentId} className="appointment">
            <Num>{timeText(appointment.at, site.zone, locale)}</Num>
            <bdi className="row-person">{appointment.patient.name}</bdi>
            <span className="quiet">{appointment.provider ? nameText(appointment.provider) : t('desk:any_room')}</span>
            <button
              type="button"
              className="btn"
              onClick={() => openSheet(appointment)}
              aria-label={t('desk:check_in_of', { name: appointment.patient.name })}
            >
              {t('desk:check_in')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};
