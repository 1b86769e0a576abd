import { z } from 'zod';

/** Every status of a queue entry, in the words of the field (product.md, vocabulary). */
export const STATUSES = [
  'scheduled',
  'checked_in',
  'waiting',
  'called',
  'in_service',
  'completed',
  'on_hold',
  'awaiting_recall',
  'transferred',
  'no_show',
  'left_without_being_seen',
  'cancelled',
  'entered_in_error',
] as const;
export const entryStatus = z.enum(STATUSES);
export type EntryStatus = z.infer<typeof entryStatus>;

/** The statuses of an entry whose turn is not over; one open entry per patient per queue. */
export const OPEN_STATUSES = ['scheduled', 'checked_in', 'waiting', 'called', 'in_service', 'on_hold', 'awaiting_recall'] as const;
export type OpenStatus = (typeof OPEN_STATUSES)[number];

const open: ReadonlySet<EntryStatus> = new Set(OPEN_STATUSES);
/** Whether the turn is still to come or under way. */
export const isOpen = (status: EntryStatus): status is OpenStatus => open.has(status);

/** The statuses in which a service point or desk owns the entry. */
export const isOwned = (status: EntryStatus): boolean => status === 'called' || status === 'in_service';
