import { z } from 'zod';
import type { SpokenCalls } from './announcer';

const KEY = 'anteroom.monitor.spoken';
/** A day's calls of a large clinic; older ones are too old to be spoken anyway. */
const KEPT = 2_000;

/** The calls that this screen announced, in the browser's storage; in memory alone where storage is full or forbidden. */
export const createSpokenCalls = (storage: Pick<Storage, 'getItem' | 'setItem'>): SpokenCalls => {
  const read = (): string[] => {
    try {
      return z.array(z.string()).parse(JSON.parse(storage.getItem(KEY) ?? '[]'));
    } catch {
      return [];
    }
  };
  const spoken = new Set(read());
  return {
    has: (callId) => spoken.has(callId),
    add(callId) {
      spoken.add(callId);
      for (const oldest of spoken) {
        if (spoken.size <= KEPT) break;
        spoken.delete(oldest);
      }
      try {
        storage.setItem(KEY, JSON.stringify([...spoken]));
      } catch {
        // this run still knows; only a restart within a minute of the call could say it again
      }
    },
  };
};
