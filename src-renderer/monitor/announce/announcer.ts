import { announcement } from '@shared/i18n/spelling';
import type { MonitorCall } from '@shared/views/monitor';
import type { Locale } from '@shared/views/text';

/** What makes the sounds. Each promise ends when its sound has ended, or rejects when it could not be made. */
export interface AnnouncerAudio {
  chime(): Promise<void>;
  speak(text: string, locale: Locale): Promise<void>;
  /** Whether this machine has a voice for the language now. */
  hasVoice(locale: Locale): boolean;
  /** Ends whatever sounds, so that nothing overlaps what comes next. */
  silence(): void;
}

/** The ids of calls that this screen announced, kept across restarts (S17). */
export interface SpokenCalls {
  has(callId: string): boolean;
  add(callId: string): void;
}

export interface AnnouncerServices {
  readonly audio: AnnouncerAudio;
  readonly spoken: SpokenCalls;
  /** Milliseconds by the site's clock. */
  readonly now: () => number;
  /** Calls back after so many milliseconds, unless cancelled by the returned function. */
  readonly after: (milliseconds: number, callback: () => void) => () => void;
  /** A call's announcement begins: the screen shows it and lights up; null when all are done. */
  readonly onCalling: (call: MonitorCall | null) => void;
}

/** S17: a call that took longer than this to get here is shown, not spoken. */
export const TOO_OLD = 60_000;
/** With announcements longer than this waiting, repeats are left out first, then the second language (product.md, monitor). */
const LONG_QUEUE = 30_000;
/** How long a sound may take beyond what it should before it is given up, so that it cannot silence the next call. */
const GRACE = 5_000;
const CHIME_LENGTH = 1_700;
/** Milliseconds that a voice takes to start, and per character; only for judging queues and timeouts. */
const VOICE_START = 600;
const VOICE_CHARACTER = 75;

/** A sentence of an announcement; the first language once is said in any case, the rest as long as nobody waits long. */
interface Sentence {
  readonly text: string;
  readonly locale: Locale;
  readonly kind: 'always' | 'second_language' | 'repeat';
}

const lengthOf = ({ text }: Sentence): number => VOICE_START + VOICE_CHARACTER * text.length;

/**
 * Says the calls of a screen one after another: a chime, then the sentence in the site's languages in turn, twice where time
 * allows. Nothing overlaps, no call is left out, none is announced twice, and a failing voice cannot silence the next call.
 */
export class Announcer {
  readonly #services: AnnouncerServices;
  #languages: readonly Locale[] = [];
  readonly #queue: MonitorCall[] = [];
  #current: MonitorCall | null = null;

  constructor(services: AnnouncerServices) {
    this.#services = services;
  }

  /** The languages in which calls are said, the site's first one first. */
  setLanguages(languages: readonly Locale[]): void {
    this.#languages = languages;
  }

  /** Takes a call that has just reached this screen: announced if it is fresh and was not announced before. */
  offer(call: MonitorCall): void {
    const known = this.#current?.callId === call.callId || this.#queue.some(({ callId }) => callId === call.callId);
    if (known || this.#services.spoken.has(call.callId) || this.#services.now() - call.at > TOO_OLD) return;
    this.#queue.push(call);
    this.#queue.sort((a, b) => a.number - b.number);
    if (!this.#current) void this.#announceAll();
  }

  /** Leaves out queued calls that no longer hold: another desk had been first, or the call was undone. */
  withdraw(callIds: ReadonlySet<string>): void {
    for (let index = this.#queue.length - 1; index >= 0; index -= 1) {
      const call = this.#queue[index];
      if (call && callIds.has(call.callId)) this.#queue.splice(index, 1);
    }
  }

  /** The calls that wait to be announced, in their order. */
  get waiting(): readonly MonitorCall[] {
    return [...this.#queue];
  }

  async #announceAll(): Promise<void> {
    for (let call = this.#queue.shift(); call; call = this.#queue.shift()) {
      this.#current = call;
      // before the first sound, so that a crash in the middle cannot make it sound twice
      this.#services.spoken.add(call.callId);
      this.#services.onCalling(call);
      await this.#announce(call);
    }
    this.#current = null;
    this.#services.onCalling(null);
  }

  async #announce(call: MonitorCall): Promise<void> {
    const { audio, now } = this.#services;
    await this.#sound(() => audio.chime(), CHIME_LENGTH);
    // it grew old in the queue (a long rush, or the machine slept): the chime and the light must do
    if (now() - call.at > TOO_OLD) return;
    for (const sentence of this.#sentences(call)) {
      if (this.#isLeftOut(sentence)) continue;
      await this.#sound(() => audio.speak(sentence.text, sentence.locale), lengthOf(sentence));
    }
  }

  #sentences(call: MonitorCall): Sentence[] {
    const spoken = this.#languages.filter((locale) => this.#services.audio.hasVoice(locale));
    const once = spoken.map(
      (locale, index): Sentence => ({ text: announcement(call, locale), locale, kind: index === 0 ? 'always' : 'second_language' }),
    );
    return [...once, ...once.map((sentence): Sentence => ({ ...sentence, kind: 'repeat' }))];
  }

  #isLeftOut({ kind }: Sentence): boolean {
    if (kind === 'always') return false;
    // the second language goes only when the queue is still too long without any repeat
    return (
      this.#lengthWaiting(kind === 'second_language' ? ['always', 'second_language'] : ['always', 'second_language', 'repeat']) > LONG_QUEUE
    );
  }

  /** Milliseconds that the waiting announcements would take with these kinds of sentences. */
  #lengthWaiting(kinds: readonly Sentence['kind'][]): number {
    const lengths = this.#queue.flatMap((call) => [
      CHIME_LENGTH,
      ...this.#sentences(call)
        .filter(({ kind }) => kinds.includes(kind))
        .map(lengthOf),
    ]);
    return lengths.reduce((sum, length) => sum + length, 0);
  }

  /** Makes one sound; a failure or a sound without an end only ends this sound. */
  #sound(start: () => Promise<void>, length: number): Promise<void> {
    const { audio, after } = this.#services;
    return new Promise((resolve) => {
      const cancel = after(length * 2 + GRACE, () => {
        audio.silence();
        resolve();
      });
      const end = () => {
        cancel();
        resolve();
      };
      const fail = () => {
        audio.silence();
        end();
      };
      // a synchronous throw becomes a rejection here
      void Promise.resolve().then(start).then(end, fail);
    });
  }
}
