import type { MonitorCall } from '@shared/views/monitor';
import type { Locale } from '@shared/views/text';
import { Announcer, type AnnouncerAudio, type SpokenCalls } from '@/monitor/announce/announcer';

/** A sound that was made: what, from when to when by the simulated clock. */
export interface Sound {
  readonly kind: 'chime' | Locale;
  readonly text: string;
  readonly from: number;
  to: number | null;
}

/** How a sound goes: it lasts so long and ends, fails, or never ends. */
export type Fate = { readonly lasts: number; readonly end: 'ends' | 'fails' | 'hangs' | 'throws' };

/** A clock that runs only when told, and loudspeakers that obey it. */
export const createSimulation = (options: { voices?: readonly Locale[]; fate?: (index: number) => Fate; start?: number } = {}) => {
  let now = options.start ?? 1_000_000;
  let order = 0;
  const timers: { at: number; order: number; run: () => void }[] = [];
  const sounds: Sound[] = [];
  let silences = 0;
  const after = (milliseconds: number, run: () => void) => {
    const timer = { at: now + milliseconds, order: order++, run };
    timers.push(timer);
    return () => {
      const index = timers.indexOf(timer);
      if (index >= 0) timers.splice(index, 1);
    };
  };
  /** Lets every promise that can go on do so. */
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  const make = (kind: Sound['kind'], text: string): Promise<void> => {
    const fate = options.fate?.(sounds.length) ?? { lasts: kind === 'chime' ? 1_600 : 3_000, end: 'ends' };
    const sound: Sound = { kind, text, from: now, to: null };
    sounds.push(sound);
    if (fate.end === 'throws') {
      sound.to = now;
      throw new Error('no loudspeaker');
    }
    return new Promise((resolve, reject) => {
      if (fate.end === 'hangs') return;
      after(fate.lasts, () => {
        sound.to ??= now;
        if (fate.end === 'ends') resolve();
        else reject(new Error('the voice broke'));
      });
    });
  };
  const audio: AnnouncerAudio = {
    chime: () => make('chime', ''),
    speak: (text, locale) => make(locale, text),
    hasVoice: (locale) => (options.voices ?? ['en', 'ar']).includes(locale),
    silence() {
      silences += 1;
      for (const sound of sounds) sound.to ??= now;
    },
  };
  return {
    audio,
    sounds,
    after,
    now: () => now,
    silences: () => silences,
    settle,
    /** Runs everything that is due until `milliseconds` have passed. */
    async run(milliseconds: number) {
      const until = now + milliseconds;
      await settle();
      for (;;) {
        const due = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at || a.order - b.order)[0];
        if (!due) break;
        timers.splice(timers.indexOf(due), 1);
        now = Math.max(now, due.at);
        due.run();
        await settle();
      }
      now = until;
    },
  };
};

export type Simulation = ReturnType<typeof createSimulation>;

export const createMemory = (known: readonly string[] = []): SpokenCalls & { readonly ids: Set<string> } => {
  const ids = new Set(known);
  return { ids, has: (id) => ids.has(id), add: (id) => void ids.add(id) };
};

export const createAnnouncer = (
  simulation: Simulation,
  spoken: SpokenCalls = createMemory(),
  onCalling: (call: MonitorCall | null) => void = () => undefined,
) => {
  const shown: (MonitorCall | null)[] = [];
  const announcer = new Announcer({
    audio: simulation.audio,
    spoken,
    now: simulation.now,
    after: simulation.after,
    onCalling: (call) => {
      shown.push(call);
      onCalling(call);
    },
  });
  announcer.setLanguages(['en', 'ar']);
  return { announcer, shown };
};

export const monitorCallAt = (number: number, at: number, change: Partial<MonitorCall> = {}): MonitorCall => ({
  callId: `call-${number}`,
  number,
  ticket: `A${String(number).padStart(3, '0')}`,
  label: null,
  place: { name: 'Room 3', translations: { ar: 'غرفة 3' } },
  queue: { name: 'General consultation', translations: {} },
  at: at as MonitorCall['at'],
  recall: false,
  ...change,
});
