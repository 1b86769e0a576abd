import { type EntryStatus, isOpen } from '@shared/domain/status';
import type { EntryView, ExpectedView } from '@shared/views/desk';
import type { Failure } from '@shared/views/envelope';
import { create } from 'zustand';

export const TABS = ['waiting', 'onHold', 'awaitingRecall', 'appointments', 'done'] as const;
export type Tab = (typeof TABS)[number];

/** What is open above the desk; one at a time. */
type OpenDialog =
  | { readonly kind: 'finder' | 'changes' | 'pairing' | 'join' | 'setup' | 'keys' }
  | { readonly kind: 'transfer' | 'correct'; readonly entry: EntryView }
  | { readonly kind: 'reason'; readonly entry: EntryView; readonly action: 'remove' | 'cancel' };

/** A command that was refused at once: a notice of this window alone, until it is dismissed. */
export interface RefusedNotice {
  readonly id: number;
  readonly failure: Failure;
  readonly ticket: string | null;
}

/** The state of the screen alone; everything about patients comes from the view. */
interface DeskState {
  readonly queueId: string | null;
  readonly tab: Tab;
  /** The chosen row. */
  readonly entryId: string | null;
  /** The row that the keyboard wants focused; a new object asks again. */
  readonly focusRequest: { readonly entryId: string } | null;
  /** The add-patient sheet; `expected` when an appointment is checked in. */
  readonly sheet: { readonly expected: ExpectedView | null } | null;
  readonly dialog: OpenDialog | null;
  /** The side column on a narrow window. */
  readonly sideOpen: boolean;
  readonly refused: readonly RefusedNotice[];
  /** Said by the live region. */
  readonly announcement: string;
  /** What keeps the list from moving: a pressed pointer, open row menus, commands on their way. */
  readonly pressed: boolean;
  readonly menus: number;
  readonly inFlight: number;

  readonly chooseQueue: (queueId: string) => void;
  readonly chooseTab: (tab: Tab) => void;
  readonly chooseEntry: (entryId: string | null) => void;
  /** Chooses a row and moves the focus to it. */
  readonly focusEntry: (entryId: string) => void;
  /** Shows an entry where it is: its queue, its list, its row. */
  readonly showEntry: (entry: EntryView) => void;
  readonly openSheet: (expected?: ExpectedView) => void;
  readonly closeSheet: () => void;
  readonly openDialog: (dialog: OpenDialog) => void;
  readonly closeDialog: () => void;
  readonly toggleSide: () => void;
  readonly refuse: (failure: Failure, ticket: string | null) => void;
  readonly dismissRefused: (id: number) => void;
  readonly announce: (text: string) => void;
  readonly press: (pressed: boolean) => void;
  readonly menuOpened: (opened: boolean) => void;
  readonly commandStarted: () => void;
  readonly commandEnded: () => void;
}

let refusals = 0;

/** The list that shows entries of a status; the called and served are in the rooms, and their queue's waiting list beside them. */
const tabOf = (status: EntryStatus): Tab => {
  if (status === 'on_hold') return 'onHold';
  if (status === 'awaiting_recall') return 'awaitingRecall';
  return isOpen(status) ? 'waiting' : 'done';
};

export const useDeskState = create<DeskState>()((set) => ({
  queueId: null,
  tab: 'waiting',
  entryId: null,
  focusRequest: null,
  sheet: null,
  dialog: null,
  sideOpen: false,
  refused: [],
  announcement: '',
  pressed: false,
  menus: 0,
  inFlight: 0,

  chooseQueue: (queueId) => set({ queueId, tab: 'waiting', entryId: null }),
  chooseTab: (tab) => set({ tab, entryId: null }),
  chooseEntry: (entryId) => set({ entryId }),
  focusEntry: (entryId) => set({ entryId, focusRequest: { entryId } }),
  showEntry: ({ id, queueId, status }) => set({ queueId, tab: tabOf(status), entryId: id, focusRequest: { entryId: id }, dialog: null }),
  openSheet: (expected) => set({ sheet: { expected: expected ?? null } }),
  closeSheet: () => set({ sheet: null }),
  openDialog: (dialog) => set({ dialog }),
  closeDialog: () => set({ dialog: null }),
  toggleSide: () => set(({ sideOpen }) => ({ sideOpen: !sideOpen })),
  refuse: (failure, ticket) => set(({ refused }) => ({ refused: [...refused, { id: ++refusals, failure, ticket }] })),
  dismissRefused: (id) => set(({ refused }) => ({ refused: refused.filter((notice) => notice.id !== id) })),
  announce: (announcement) => set({ announcement }),
  press: (pressed) => set({ pressed }),
  menuOpened: (opened) => set(({ menus }) => ({ menus: Math.max(0, menus + (opened ? 1 : -1)) })),
  commandStarted: () => set(({ inFlight }) => ({ inFlight: inFlight + 1 })),
  commandEnded: () => set(({ inFlight }) => ({ inFlight: inFlight - 1 })),
}));

/** Whether what can be pressed must stay where it is. */
export const useHeld = (): boolean => useDeskState(({ pressed, menus, inFlight }) => pressed || menus > 0 || inFlight > 0);
