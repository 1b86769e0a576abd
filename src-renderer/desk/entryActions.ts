import type { EntryStatus } from '@shared/domain/status';
import { type EntryVerb, ruleFor } from '@shared/domain/transitions';
import type { EntryView } from '@shared/views/desk';

/** What the screen offers for an entry, the likeliest first. */
const ORDER = [
  'call',
  'startService',
  'complete',
  'recall',
  'takeOver',
  'resume',
  'returnToQueue',
  'hold',
  'transfer',
  'skip',
  'setPriority',
  'correct',
  'markNoShow',
  'markLeft',
  'undo',
  'cancel',
  'remove',
] as const satisfies readonly EntryVerb[];
export type EntryAction = (typeof ORDER)[number];

/** Where the table allows more than a person would look for, the screen offers it in these statuses alone. */
const OFFERED_IN: Partial<Record<EntryAction, readonly EntryStatus[]>> = {
  startService: ['waiting', 'called', 'on_hold', 'awaiting_recall'],
  complete: ['in_service'],
  recall: ['called'],
  resume: ['on_hold'],
  returnToQueue: ['called', 'in_service', 'awaiting_recall', 'no_show', 'left_without_being_seen'],
  correct: ['scheduled', 'checked_in', 'waiting', 'called', 'in_service', 'on_hold', 'awaiting_recall'],
  // the first step of a waiting entry is its arrival, which is taken back by removing it
  undo: [
    'called',
    'in_service',
    'on_hold',
    'awaiting_recall',
    'completed',
    'transferred',
    'no_show',
    'left_without_being_seen',
    'cancelled',
    'entered_in_error',
  ],
};

const isOffered = (action: EntryAction, status: EntryStatus): boolean => {
  const rule = ruleFor(action, status);
  return rule !== undefined && rule.adapts === undefined && (OFFERED_IN[action]?.includes(status) ?? true);
};

/** What to offer for an entry by the transition table: nothing while its call is still to be confirmed. The engine decides again. */
export const actionsFor = (entry: Pick<EntryView, 'status' | 'unconfirmed'>): readonly EntryAction[] =>
  entry.unconfirmed ? [] : ORDER.filter((action) => isOffered(action, entry.status));

export const offers = (entry: Pick<EntryView, 'status' | 'unconfirmed'>, action: EntryAction): boolean =>
  !entry.unconfirmed && isOffered(action, entry.status);
