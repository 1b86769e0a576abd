import type { EntryView } from '@shared/views/desk';
import { useEffect, useRef } from 'react';
import { useDeskState } from './deskState';

/** An entry in the list; `gone` when it left the list while the list was held still: it is shown, but no longer acts. */
export interface ShownEntry {
  readonly entry: EntryView;
  readonly gone: boolean;
}

/** The order that was shown, with what is known by now of each entry; newcomers wait. */
export const heldOrder = (shown: readonly ShownEntry[], entries: readonly EntryView[]): readonly ShownEntry[] => {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return shown.map((last) => {
    const entry = byId.get(last.entry.id);
    return entry ? { entry, gone: false } : { entry: last.entry, gone: true };
  });
};

/**
 * The entries in the order to show. While `held` nothing moves: the order stays, contents are renewed in place. `scope` names
 * the list; another one (queue, tab) is shown at once.
 */
export const useSteadyEntries = (entries: readonly EntryView[], held: boolean, scope: string): readonly ShownEntry[] => {
  const last = useRef<{ scope: string; shown: readonly ShownEntry[] }>({ scope: '', shown: [] });
  const shown =
    held && last.current.scope === scope ? heldOrder(last.current.shown, entries) : entries.map((entry) => ({ entry, gone: false }));
  useEffect(() => {
    last.current = { scope, shown };
  });
  return shown;
};

/** A value that stays as it was shown while `held`. */
export const useSteady = <T>(value: T, held: boolean, scope: string): T => {
  const last = useRef({ scope: '', value });
  const shown = held && last.current.scope === scope ? last.current.value : value;
  useEffect(() => {
    last.current = { scope, value: shown };
  });
  return shown;
};

/** Tells the desk when a pointer is down, until the frame after its click has been handled. */
export const usePressWatch = (): void => {
  const press = useDeskState((state) => state.press);
  useEffect(() => {
    let frame = 0;
    const down = () => {
      cancelAnimationFrame(frame);
      press(true);
    };
    const up = () => {
      frame = requestAnimationFrame(() => press(false));
    };
    addEventListener('pointerdown', down, true);
    addEventListener('pointerup', up, true);
    addEventListener('pointercancel', up, true);
    addEventListener('blur', up);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('pointerdown', down, true);
      removeEventListener('pointerup', up, true);
      removeEventListener('pointercancel', up, true);
      removeEventListener('blur', up);
      press(false);
    };
  }, [press]);
};
