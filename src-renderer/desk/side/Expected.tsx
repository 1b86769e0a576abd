import { MINUTE } from '@shared/domain/time';
import { timeText } from '@shared/i18n/format';
import { useLocale, useNameText, useWords } from '@/ui/useWords';
import { Num, Words } from '@/ui/Words';
import { useView } from '../deskFeed';
import { useDeskState } from '../deskState';

/** How far ahead the side looks, in minutes, and how many it shows. */
const AHEAD = 30;
const SHOWN = 5;

/** Who is expected within the next half hour, those who are late included. */
export const Expected = () => {
  const t = useWords();
  const locale = useLocale();
  const nameText = useNameText();
  const { expected, now, site } = useView();
  const openSheet = useDeskState((state) => state.openSheet);
  const soon = expected.filter(({ at }) => at <= now + AHEAD * MINUTE && at >= now - AHEAD * MINUTE).slice(0, SHOWN);
  if (soon.length === 0) return null;
  return (
    <section className="coming" aria-label={t('desk:expected')}>
      <div className="side-label">
        <h2>{t('desk:expected')}</h2>
        <span className="quiet">
          <Words>{t('desk:expected_within', { minutes: AHEAD })}</Words>
        </span>
      </div>
      <ul>
        {soon.map((appointment) => (
          <li key={appointment.appointmentId}>
            <Num>{timeText(appointment.at, site.zone, locale)}</Num>
            <button
              type="button"
              className="coming-name"
              onClick={() => openSheet(appointment)}
              aria-label={t('desk:check_in_of', { name: appointment.patient.name })}
            >
              <bdi>{appointment.patient.name}</bdi>
            </button>
            <span>{appointment.provider ? nameText(appointment.provider) : t('desk:any_room')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
};
