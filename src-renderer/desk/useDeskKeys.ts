import type { EntryView, QueueView } from '@shared/views/desk';
import { useEffect, useRef } from 'react';
import { useDesk } from './deskFeed';
import { useDeskState } from './deskState';
import { type EntryAction, offers } from './entryActions';
import { entryInHand, roomToCallTo } from './rooms';
import { useSettings } from './settings';
import { useEntryActions } from './useEntryActions';

/** What single letters do to the chosen row; S, R and X first look at the patient that this desk has called. */
const ROW_KEYS: Readonly<Record<string, EntryAction>> = { H: 'hold', K: 'skip', T: 'transfer' };
const HAND_KEYS: Readonly<Record<string, EntryAction>> = { S: 'startService', R: 'recall', X: 'markNoShow' };

/** The letter of a key: as typed where it is a Latin one, else by its place, so that an Arabic keyboard has the same keys. */
export const letterOf = ({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string =>
  /^[a-z]$/i.test(key) ? key.toUpperCase() : code.startsWith('Key') ? code.slice(3) : '';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    ['TEXTAREA', 'SELECT'].includes(target.tagName) ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)));

/** Whether the key was pressed in something above the desk that has keys of its own: a dialog, menu or popover. */
const isAbove = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], .popup') !== null;

/** Where single letters act: the list, or nothing in particular. */
const isList = (target: EventTarget | null): boolean =>
  target === document.body || (target instanceof Element && target.closest('[data-region="work"]') !== null);

const isButton = (target: EventTarget | null): boolean => target instanceof Element && target.closest('button, a, [role="tab"]') !== null;

/** Moves the focus to the next region of the screen. */
const focusNextRegion = (backward: boolean): void => {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter((region) => region.checkVisibility());
  const current = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions.at((current + (backward ? -1 : 1)) % regions.length);
  (next?.querySelector<HTMLElement>('[tabindex="0"], button, input, select') ?? next)?.focus();
};

/** The list of entries that is on the screen, in its order. */
const entriesShown = (queue: QueueView): readonly EntryView[] => {
  const { tab } = useDeskState.getState();
  return tab === 'appointments' ? [] : queue[tab];
};

/** The keys of the desk (mockups/README, Keyboard), wherever the focus is. `next` is the patient whom the card names. */
export const useDeskKeys = (queue: QueueView | undefined, next: EntryView | undefined): void => {
  const { feed } = useDesk();
  const actions = useEntryActions();
  const place = useRef(0);
  useEffect(() => {
    const chosenOf = (entries: readonly EntryView[]) => entries.find(({ id }) => id === useDeskState.getState().entryId);

    /** Choosing goes on from where the chosen row was, also when it has left the list. */
    const move = (entries: readonly EntryView[], step: number): void => {
      const { entryId, focusEntry } = useDeskState.getState();
      const at = entries.findIndex(({ id }) => id === entryId);
      const wanted = at >= 0 ? at + step : entryId === null ? (step > 0 ? 0 : entries.length - 1) : place.current;
      place.current = Math.max(0, Math.min(entries.length - 1, wanted));
      const row = entries[place.current];
      if (row) focusEntry(row.id);
    };

    /** Keys that work everywhere, also while typing. */
    const anywhere = (event: KeyboardEvent): boolean => {
      const state = useDeskState.getState();
      const command = event.ctrlKey || event.metaKey;
      if (event.key === 'F2' && !state.dialog) {
        if (queue && next && state.inFlight === 0) actions.callNext(next, queue);
        return true;
      }
      if (event.key === 'F6') {
        focusNextRegion(event.shiftKey);
        return true;
      }
      if (command && letterOf(event) === 'K') {
        state.openDialog({ kind: 'finder' });
        return true;
      }
      if (command && /^Digit[1-9]$/.test(event.code)) {
        const order = feed.state().view?.groups.flatMap(({ queueIds }) => queueIds) ?? [];
        const wanted = order[Number(event.code.slice(5)) - 1];
        if (wanted) state.chooseQueue(wanted);
        return true;
      }
      if (command && letterOf(event) === 'Z' && !event.shiftKey && !isTyping(event.target)) {
        actions.undoLast();
        return true;
      }
      return false;
    };

    /** Single letters: in the list only, never while typing, and not where a person turned them off. */
    const letter = (event: KeyboardEvent, entries: readonly EntryView[]): boolean => {
      const view = feed.state().view;
      if (!queue || !view) return false;
      const chosen = chosenOf(entries);
      const rowAction = ROW_KEYS[letterOf(event)];
      if (rowAction) {
        if (chosen) actions.doIt(rowAction, chosen);
        return true;
      }
      const handAction = HAND_KEYS[letterOf(event)];
      if (handAction) {
        const inHand = entryInHand(view, roomToCallTo(view, queue.id, useSettings.getState().rooms[queue.id]));
        const target = inHand && offers(inHand, handAction) ? inHand : chosen && chosen.status !== 'waiting' ? chosen : null;
        if (target) actions.doIt(handAction, target);
        return true;
      }
      if (/^Digit[1-5]$/.test(event.code)) {
        const level = queue.priorities[Number(event.code.slice(5)) - 1];
        if (chosen && level) actions.setPriority(chosen, level.key);
        return true;
      }
      return false;
    };

    const plain = (event: KeyboardEvent): boolean => {
      const state = useDeskState.getState();
      if (event.key === 'Escape') {
        if (state.sheet) state.closeSheet();
        else if (state.sideOpen) state.toggleSide();
        else state.chooseEntry(null);
        return true;
      }
      const entries = queue ? entriesShown(queue) : [];
      if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && isList(event.target)) {
        move(entries, event.key === 'ArrowDown' ? 1 : -1);
        return true;
      }
      if (event.key === 'Enter' && isList(event.target) && !isButton(event.target)) {
        const chosen = chosenOf(entries);
        if (chosen) actions.doIt(offers(chosen, 'call') ? 'call' : 'resume', chosen);
        return chosen !== undefined;
      }
      if (!useSettings.getState().letterKeys) return false;
      if (event.key === '?') {
        state.openDialog({ kind: 'keys' });
        return true;
      }
      if (letterOf(event) === 'N') {
        state.openSheet();
        return true;
      }
      return isList(event.target) && letter(event, entries);
    };

    const onKeyDown = (event: KeyboardEvent): void => {
      // a key held down chooses row after row, but calls nobody twice
      if (event.defaultPrevented || event.isComposing || (event.repeat && !event.key.startsWith('Arrow'))) return;
      const handled =
        anywhere(event) ||
        (!isTyping(event.target) &&
          !isAbove(event.target) &&
          !useDeskState.getState().dialog &&
          !event.ctrlKey &&
          !event.metaKey &&
          !event.altKey &&
          plain(event));
      if (handled) event.preventDefault();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [actions, feed, queue, next]);
};
