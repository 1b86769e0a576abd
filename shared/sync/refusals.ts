import type { OutcomeCode } from '../domain/outcome';

/** English sentences for a command that was refused at once, each with its next step; the screens' own words are in the catalogues. */
const SENTENCES: Readonly<Partial<Record<OutcomeCode, string>>> = {
  unknown_entry: 'This patient is no longer in the list: look at the list again.',
  unknown_queue: 'This queue does not exist any more: choose another queue.',
  unknown_service_point: 'This room does not exist any more: choose another room.',
  unknown_patient: 'This patient is not known: add them as a new patient.',
  unknown_row: 'This does not exist any more: look again.',
  unknown_priority: 'This queue has no such priority: choose one of its priorities.',
  wrong_status: "The patient's status does not allow this any more: look at the list again.",
  stale_version: 'Somebody changed this in the meantime: look again, then repeat it.',
  nobody_waiting: 'Nobody is waiting in this queue.',
  service_point_busy: 'This room is taken: complete the current visit first, or choose another room.',
  service_point_not_allowed: 'This room does not serve this queue: choose another room.',
  queue_full: 'The queue is full: choose another queue.',
  queue_closed: 'The queue is closed: open it, or choose another queue.',
  later_step: 'There was a later step for this patient: undo that one first.',
  not_undoable: 'This step cannot be undone.',
  day_closed: 'The day is closed: this can only be corrected by a supervisor.',
  not_allowed: 'This device may not do this.',
  prefix_taken: 'Another queue has this ticket letter: choose another one.',
  invalid: 'This cannot be right: check the field.',
  device_revoked: 'This device was removed from the clinic: join it again with a code.',
  engine_error: 'This could not be worked out: try again, and send a support report if it stays.',
};

export const refusalSentence = (code: OutcomeCode): string => SENTENCES[code] ?? 'This was refused: look at the list again.';

/** Why nothing could be stored on this PC, with the fix. */
export const STORE_SENTENCES: Readonly<Record<'disk_full' | 'read_only' | 'failed', string>> = {
  disk_full: "Nothing was stored: this PC's disk is full. Free some space, then try again.",
  read_only: "Nothing was stored: this PC's data folder is read-only. Allow writing to it, then try again.",
  failed: "Nothing was stored: this PC's database failed. Try again; if it stays, restart Anteroom.",
};
