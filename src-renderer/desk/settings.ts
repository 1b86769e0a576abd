import type { Locale } from '@shared/domain/rows';
import { directionOf } from '@shared/i18n/language';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type Theme = 'system' | 'light' | 'dark' | 'contrast';
export type Density = 'comfortable' | 'compact';

/** What this PC's desk prefers; kept on the PC, not in the clinic's data. */
interface Settings {
  readonly language: Locale;
  readonly theme: Theme;
  readonly density: Density;
  readonly sound: boolean;
  /** Whether single letters act on the chosen row. */
  readonly letterKeys: boolean;
  /** The room that each queue's patients are called to from this desk, by queue. */
  readonly rooms: Readonly<Record<string, string>>;
  readonly change: (change: Partial<Pick<Settings, 'language' | 'theme' | 'density' | 'sound' | 'letterKeys'>>) => void;
  readonly chooseRoom: (queueId: string, roomId: string) => void;
}

const preferredLanguage = (): Locale => (navigator.language.toLowerCase().startsWith('ar') ? 'ar' : 'en');

export const useSettings = create<Settings>()(
  persist(
    (set) => ({
      language: preferredLanguage(),
      theme: 'system',
      density: 'comfortable',
      sound: true,
      letterKeys: true,
      rooms: {},
      change: (change) => set(change),
      chooseRoom: (queueId, roomId) => set(({ rooms }) => ({ rooms: { ...rooms, [queueId]: roomId } })),
    }),
    { name: 'anteroom.desk', version: 1 },
  ),
);

/** Puts language, direction, theme and density on `<html>`, and follows the system where it is to be followed. Returns how to stop. */
export const applySettings = (): (() => void) => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const contrast = matchMedia('(prefers-contrast: more)');
  const apply = () => {
    const { language, theme, density } = useSettings.getState();
    const root = document.documentElement;
    root.lang = language;
    root.dir = directionOf(language);
    root.dataset['theme'] = theme === 'system' ? (contrast.matches ? 'contrast' : dark.matches ? 'dark' : 'light') : theme;
    root.dataset['density'] = density;
  };
  apply();
  dark.addEventListener('change', apply);
  contrast.addEventListener('change', apply);
  const stop = useSettings.subscribe(apply);
  return () => {
    stop();
    dark.removeEventListener('change', apply);
    contrast.removeEventListener('change', apply);
  };
};
