import { languages } from '@shared/i18n/language';
import type { Locale } from '@shared/views/text';
import chimeUrl from '../assets/chime.wav';
import type { AnnouncerAudio } from './announcer';

/** The page's sounds, and whether the browser lets them be heard. */
export interface PageAudio extends AnnouncerAudio {
  /** True while the browser wants a tap before it lets a page make a sound. */
  readonly blocked: () => boolean;
  readonly onBlocked: (listener: () => void) => () => void;
  /** Called from a tap: lets sounds through and plays the chime as proof. */
  readonly unlock: () => void;
}

const isAutoplayAllowed = (): boolean => {
  const context = new AudioContext();
  const allowed = context.state === 'running';
  void context.close();
  return allowed;
};

/** Chime and speech of this page; `speechSynthesis` where the machine has voices. */
export const createPageAudio = (): PageAudio => {
  const chime = new Audio(chimeUrl);
  chime.preload = 'auto';
  const listeners = new Set<() => void>();
  let blocked = !isAutoplayAllowed();
  let voices: readonly SpeechSynthesisVoice[] = [];
  /** Kept while it sounds: browsers forget an utterance that nobody holds, and its end never comes. */
  let sounding: SpeechSynthesisUtterance | null = null;

  const setBlocked = (is: boolean) => {
    blocked = is;
    for (const listener of listeners) listener();
  };
  const readVoices = () => {
    voices = speechSynthesis.getVoices();
  };
  if ('speechSynthesis' in window) {
    readVoices();
    speechSynthesis.addEventListener('voiceschanged', readVoices);
  }
  const voiceFor = (locale: Locale): SpeechSynthesisVoice | undefined => {
    const fitting = voices.filter(({ lang }) => lang.toLowerCase().replace('_', '-').split('-')[0] === locale);
    // one on this machine speaks without a network
    return fitting.find(({ localService }) => localService) ?? fitting[0];
  };
  const play = (): Promise<void> =>
    new Promise((resolve, reject) => {
      chime.onended = () => resolve();
      chime.onerror = () => reject(new Error('the chime cannot be played'));
      chime.currentTime = 0;
      chime.play().then(
        () => setBlocked(false),
        (error: unknown) => {
          if (error instanceof DOMException && error.name === 'NotAllowedError') setBlocked(true);
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });

  return {
    chime: play,
    speak: (text, locale) =>
      new Promise((resolve, reject) => {
        const voice = voiceFor(locale);
        if (!voice) {
          reject(new Error(`no voice for ${locale}`));
          return;
        }
        const utterance = new SpeechSynthesisUtterance(text);
        utterance.voice = voice;
        utterance.lang = voice.lang || languages[locale].tag;
        utterance.rate = 0.9;
        utterance.onend = () => resolve();
        utterance.onerror = ({ error }) => reject(new Error(error));
        sounding = utterance;
        speechSynthesis.speak(sounding);
      }),
    hasVoice: (locale) => voiceFor(locale) !== undefined,
    silence() {
      chime.pause();
      if ('speechSynthesis' in window) speechSynthesis.cancel();
      sounding = null;
    },
    blocked: () => blocked,
    onBlocked(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    unlock: () => void play().catch(() => undefined),
  };
};
