import type { MonitorCall } from '@shared/views/monitor';
import { textIn } from '@shared/views/text';
import { ArrowRight } from 'lucide-react';
import { FitText } from '../FitText';
import { SecondName, SecondWords, useLanguages, useWords } from '../languages';

interface NowCallingProps {
  readonly call: MonitorCall;
  /** calling: somebody is expected now · latest: the last call, already answered · stale: nobody knows. */
  readonly state: 'calling' | 'latest' | 'stale';
  /** Changes with each announcement, so that the panel lights up again. */
  readonly flash: number;
}

const LABELS = { calling: 'monitor:now_calling', latest: 'monitor:latest_call', stale: 'monitor:last_known_call' } as const;

/** Rough widths of a character of the room's name in its two languages, and of the line that they share, in hundredths of the screen. */
const WIDTHS = { first: 6.7, second: 4, line: 76 };

const isLong = (name: string, second: string): boolean => name.length * WIDTHS.first + second.length * WIDTHS.second > WIDTHS.line;

/** Names the light of an announcement by turns, since a style starts an animation again only under another name. */
const lightOf = (flash: number): 'none' | 'odd' | 'even' => (flash === 0 ? 'none' : flash % 2 === 1 ? 'odd' : 'even');

/** The call in the largest type of the screen: ticket, room, and where the clinic allows it a name. */
export const NowCalling = ({ call, state, flash }: NowCallingProps) => {
  const { first, second } = useLanguages();
  const room = textIn(call.place, first);
  const t = useWords();
  const label = state === 'calling' && call.recall ? 'monitor:again' : LABELS[state];
  return (
    // assertive: a call interrupts what a screen reader says
    <main aria-live="assertive" className="m-now" data-label={call.label !== null} data-lit={lightOf(flash)} data-state={state}>
      <p className="m-label">
        <span>{t(label)}</span>
        <SecondWords message={label} />
      </p>
      <p className="m-ticket">
        <FitText className="num">
          <bdi dir="ltr">{call.ticket}</bdi>
        </FitText>
      </p>
      {call.label !== null && (
        <p className="m-name">
          <FitText className="">
            <bdi>{call.label}</bdi>
          </FitText>
        </p>
      )}
      <div className="m-to">
        <ArrowRight aria-hidden="true" className="icon icon-dir" />
        <p className="m-room" data-long={isLong(room, second ? textIn(call.place, second) : '')}>
          <FitText className="">{room}</FitText>
          <SecondName text={call.place} />
        </p>
      </div>
    </main>
  );
};
