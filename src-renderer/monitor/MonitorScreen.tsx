import { directionOf } from '@shared/i18n/language';
import { translator } from '@shared/i18n/translate';
import type { MonitorBridge } from '@shared/views/monitorBridge';
import { Volume2 } from 'lucide-react';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { Announcer } from './announce/announcer';
import { createPageAudio } from './announce/pageAudio';
import { createSpokenCalls } from './announce/spokenCalls';
import { Board } from './board/Board';
import { failureWords } from './failureWords';
import { LanguagesContext, type ScreenLanguages, SecondWords, useWords } from './languages';
import { Screen } from './screen';

const services = {
  mono: () => performance.now(),
  every: (milliseconds: number, callback: () => void) => {
    const timer = setInterval(callback, milliseconds);
    return () => clearInterval(timer);
  },
};

const after = (milliseconds: number, callback: () => void) => {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
};

const SoundButton = ({ onTap }: { readonly onTap: () => void }) => {
  const t = useWords();
  return (
    <button className="m-sound" onClick={onTap} type="button">
      <Volume2 aria-hidden="true" className="icon icon-dir" />
      <span>{t('monitor:tap_for_sound')}</span>
      <SecondWords message="monitor:tap_for_sound" />
    </button>
  );
};

const Connecting = ({ text }: { readonly text: string | null }) => {
  const t = useWords();
  return (
    <main className="m-connecting" role="status">
      {text ?? t('monitor:connecting')}
    </main>
  );
};

/** A screen on its bridge: the board, the announcements, and what is shown before the first view. */
export const MonitorScreen = ({ bridge }: { readonly bridge: MonitorBridge }) => {
  const [audio] = useState(createPageAudio);
  const [screen] = useState(() => new Screen(bridge, services));
  const state = useSyncExternalStore(screen.subscribe, screen.state);
  const blocked = useSyncExternalStore(audio.onBlocked, audio.blocked);
  useEffect(
    () =>
      screen.start(
        new Announcer({
          audio,
          after,
          now: () => screen.siteNow() ?? 0,
          onCalling: screen.calling,
          spoken: createSpokenCalls(localStorage),
        }),
      ),
    [screen, audio],
  );
  const [first = 'en', second = null] = state.view?.languages ?? [];
  const languages = useMemo((): ScreenLanguages => ({ first, second }), [first, second]);
  useEffect(() => {
    document.documentElement.lang = first;
    document.documentElement.dir = directionOf(first);
    document.title = translator(first)('monitor:title');
  }, [first]);
  const { view, now, problem } = state;
  return (
    <LanguagesContext value={languages}>
      {view && now !== null ? (
        <Board calling={state.calling} flashes={state.flashes} now={now} stale={state.stale} view={view} />
      ) : (
        <Connecting text={problem && failureWords(problem, translator(first))} />
      )}
      {blocked && <SoundButton onTap={audio.unlock} />}
    </LanguagesContext>
  );
};
