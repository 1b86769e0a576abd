import type { CommandType } from './commands';
import type { OutcomeCode } from './outcome';
import type { EntryStatus } from './status';
import { STATUSES } from './status';

/**
 * The transition table: which verb may be done to an entry in which status, what it becomes, who may do it, and what it
 * does to its calls and to who owns it. `decide` works from this table; tests and documentation read it too.
 */

/** The verbs that act on one entry. */
export const ENTRY_VERBS = [
  'addToQueue',
  'callNext',
  'call',
  'recall',
  'takeOver',
  'letGo',
  'startService',
  'complete',
  'markNoShow',
  'markLeft',
  'skip',
  'hold',
  'resume',
  'returnToQueue',
  'transfer',
  'setPriority',
  'correct',
  'cancel',
  'remove',
  'undo',
] as const satisfies readonly CommandType[];
export type EntryVerb = (typeof ENTRY_VERBS)[number];

export type Role = 'receptionist' | 'provider' | 'manager';

export interface TransitionRule {
  readonly verb: EntryVerb;
  /** `none`: the entry does not exist yet. */
  readonly from: readonly (EntryStatus | 'none')[];
  /** `same`: the status stays; `before`: what the entry was before the undone step. */
  readonly to: EntryStatus | 'same' | 'before';
  /** A fact happened and is never dropped; a request may be refused (sync.md, facts and requests). */
  readonly kind: 'fact' | 'request';
  readonly who: readonly Role[];
  /** What it does to the entry's call on the screens; `restores` shows again what the undone step had closed. */
  readonly call: 'opens' | 'closes' | 'keeps' | 'restores';
  /** What it does to the desk and service point that own the entry. */
  readonly owner: 'takes' | 'releases' | 'keeps' | 'restores';
  /** Set where a fact finds the entry in a status that it cannot change: the fact is kept, and this is its outcome. */
  readonly adapts?: OutcomeCode;
}

const DESK: readonly Role[] = ['receptionist', 'manager'];
const ROOM: readonly Role[] = ['receptionist', 'provider', 'manager'];
const BEFORE_CALL = ['scheduled', 'checked_in', 'waiting', 'on_hold', 'awaiting_recall'] as const;
const GIVEN_UP = ['no_show', 'left_without_being_seen', 'cancelled', 'entered_in_error'] as const;

export const TRANSITIONS: readonly TransitionRule[] = [
  { verb: 'addToQueue', from: ['none'], to: 'waiting', kind: 'fact', who: DESK, call: 'keeps', owner: 'keeps' },

  { verb: 'callNext', from: ['waiting'], to: 'called', kind: 'request', who: ROOM, call: 'opens', owner: 'takes' },
  { verb: 'call', from: BEFORE_CALL, to: 'called', kind: 'request', who: ROOM, call: 'opens', owner: 'takes' },
  { verb: 'takeOver', from: ['called'], to: 'called', kind: 'request', who: ROOM, call: 'opens', owner: 'takes' },
  { verb: 'letGo', from: STATUSES, to: 'same', kind: 'fact', who: ROOM, call: 'keeps', owner: 'keeps' },

  { verb: 'recall', from: ['called'], to: 'called', kind: 'fact', who: ROOM, call: 'opens', owner: 'keeps' },
  { verb: 'recall', from: ['awaiting_recall'], to: 'called', kind: 'fact', who: ROOM, call: 'opens', owner: 'takes' },
  { verb: 'recall', from: ['in_service'], to: 'same', kind: 'fact', who: ROOM, call: 'keeps', owner: 'keeps', adapts: 'served_elsewhere' },
  {
    verb: 'recall',
    from: ['scheduled', 'checked_in', 'waiting', 'on_hold'],
    to: 'same',
    kind: 'fact',
    who: ROOM,
    call: 'keeps',
    owner: 'keeps',
    adapts: 'wrong_status',
  },
  {
    verb: 'recall',
    from: ['completed', 'transferred', ...GIVEN_UP],
    to: 'same',
    kind: 'fact',
    who: ROOM,
    call: 'keeps',
    owner: 'keeps',
    adapts: 'already_ended',
  },

  // a started service beats a bare call and a removal
  { verb: 'startService', from: [...BEFORE_CALL, 'called'], to: 'in_service', kind: 'fact', who: ROOM, call: 'closes', owner: 'takes' },
  { verb: 'startService', from: GIVEN_UP, to: 'in_service', kind: 'fact', who: ROOM, call: 'closes', owner: 'takes' },
  {
    verb: 'startService',
    from: ['in_service'],
    to: 'same',
    kind: 'fact',
    who: ROOM,
    call: 'keeps',
    owner: 'keeps',
    adapts: 'both_started',
  },
  { verb: 'startService', from: ['completed'], to: 'same', kind: 'fact', who: ROOM, call: 'keeps', owner: 'keeps', adapts: 'both_started' },
  {
    verb: 'startService',
    from: ['transferred'],
    to: 'same',
    kind: 'fact',
    who: ROOM,
    call: 'keeps',
    owner: 'keeps',
    adapts: 'already_ended',
  },

  // completed wins over a removal in either order
  {
    verb: 'complete',
    from: [...BEFORE_CALL, 'called', 'in_service', ...GIVEN_UP],
    to: 'completed',
    kind: 'fact',
    who: ROOM,
    call: 'closes',
    owner: 'releases',
  },
  {
    verb: 'complete',
    from: ['completed', 'transferred'],
    to: 'same',
    kind: 'fact',
    who: ROOM,
    call: 'keeps',
    owner: 'keeps',
    adapts: 'already_ended',
  },

  { verb: 'markNoShow', from: [...BEFORE_CALL, 'called'], to: 'no_show', kind: 'fact', who: ROOM, call: 'closes', owner: 'releases' },
  {
    verb: 'markNoShow',
    from: ['in_service'],
    to: 'same',
    kind: 'fact',
    who: ROOM,
    call: 'keeps',
    owner: 'keeps',
    adapts: 'served_elsewhere',
  },
  {
    verb: 'markNoShow',
    from: ['completed', 'transferred', ...GIVEN_UP],
    to: 'same',
    kind: 'fact',
    who: ROOM,
    call: 'keeps',
    owner: 'keeps',
    adapts: 'already_ended',
  },
  {
    verb: 'markLeft',
    from: [...BEFORE_CALL, 'called'],
    to: 'left_without_being_seen',
    kind: 'fact',
    who: ROOM,
    call: 'closes',
    owner: 'releases',
  },
  {
    verb: 'markLeft',
    from: ['in_service'],
    to: 'same',
    kind: 'fact',
    who: ROOM,
    call: 'keeps',
    owner: 'keeps',
    adapts: 'served_elsewhere',
  },
  {
    verb: 'markLeft',
    from: ['completed', 'transferred', ...GIVEN_UP],
    to: 'same',
    kind: 'fact',
    who: ROOM,
    call: 'keeps',
    owner: 'keeps',
    adapts: 'already_ended',
  },

  // called and absent, or passed over: kept for a recall
  { verb: 'skip', from: ['waiting', 'called'], to: 'awaiting_recall', kind: 'request', who: ROOM, call: 'closes', owner: 'releases' },
  {
    verb: 'hold',
    from: ['checked_in', 'waiting', 'called', 'in_service', 'awaiting_recall'],
    to: 'on_hold',
    kind: 'request',
    who: ROOM,
    call: 'closes',
    owner: 'releases',
  },
  { verb: 'resume', from: ['on_hold', 'awaiting_recall'], to: 'waiting', kind: 'request', who: ROOM, call: 'closes', owner: 'releases' },
  // from the last two: somebody given up turned up after all
  {
    verb: 'returnToQueue',
    from: ['called', 'in_service', 'on_hold', 'awaiting_recall', 'no_show', 'left_without_being_seen'],
    to: 'waiting',
    kind: 'request',
    who: ROOM,
    call: 'closes',
    owner: 'releases',
  },
  {
    verb: 'transfer',
    from: [...BEFORE_CALL, 'called', 'in_service'],
    to: 'transferred',
    kind: 'request',
    who: ROOM,
    call: 'closes',
    owner: 'releases',
  },
  { verb: 'setPriority', from: [...BEFORE_CALL, 'called'], to: 'same', kind: 'request', who: ROOM, call: 'keeps', owner: 'keeps' },
  { verb: 'correct', from: STATUSES, to: 'same', kind: 'request', who: DESK, call: 'keeps', owner: 'keeps' },

  // a removal wins over a call, never over a service
  { verb: 'cancel', from: [...BEFORE_CALL, 'called'], to: 'cancelled', kind: 'request', who: DESK, call: 'closes', owner: 'releases' },
  {
    verb: 'remove',
    from: [...BEFORE_CALL, 'called'],
    to: 'entered_in_error',
    kind: 'request',
    who: DESK,
    call: 'closes',
    owner: 'releases',
  },

  { verb: 'undo', from: STATUSES, to: 'before', kind: 'request', who: ROOM, call: 'restores', owner: 'restores' },
];

const rules = new Map<string, TransitionRule>();
for (const rule of TRANSITIONS) {
  for (const from of rule.from) {
    const key = `${rule.verb} ${from}`;
    if (rules.has(key)) throw new Error(`the transition table names "${key}" twice`);
    rules.set(key, rule);
  }
}

/** What the verb does to an entry in this status; undefined where it is not possible. */
export const ruleFor = (verb: EntryVerb, from: EntryStatus | 'none'): TransitionRule | undefined => rules.get(`${verb} ${from}`);
