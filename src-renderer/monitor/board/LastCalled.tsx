import { timeText } from '@shared/i18n/format';
import type { MonitorCall } from '@shared/views/monitor';
import { textIn } from '@shared/views/text';
import { FitText } from '../FitText';
import { useLanguages, useWords } from '../languages';

const SHOWN = 4;

/** The calls before the one in the panel, each ticket once, latest first. */
export const lastCalled = (calls: readonly MonitorCall[], shown: MonitorCall | null): readonly MonitorCall[] => {
  const tickets = new Set<string>(shown ? [shown.ticket] : []);
  return calls.filter(({ ticket }) => !tickets.has(ticket) && tickets.add(ticket)).slice(0, SHOWN);
};

export const LastCalled = ({ calls, zone }: { readonly calls: readonly MonitorCall[]; readonly zone: string }) => {
  const { first } = useLanguages();
  const t = useWords();
  if (calls.length === 0) return null;
  return (
    <section className="m-last">
      <h2>{t('monitor:last_called')}</h2>
      <ol>
        {calls.map((call) => (
          <li key={call.callId}>
            <b className="num">
              <FitText className="">
                <bdi dir="ltr">{call.ticket}</bdi>
              </FitText>
            </b>
            <span className="m-where">{textIn(call.place, first)}</span>
            <bdi className="m-time num" dir="ltr">
              {timeText(call.at, zone, first)}
            </bdi>
          </li>
        ))}
      </ol>
    </section>
  );
};
