import { z } from 'zod';
import * as ids from './ids';
import { instant } from './time';

/** Outcomes are data (S7): applied as asked, applied differently, refused, or kept for a supervisor. */
export const outcomeStatus = z.enum(['applied', 'changed', 'rejected', 'held']);
export type OutcomeStatus = z.infer<typeof outcomeStatus>;

/** Why; each has its sentence and its one next step in the catalogues (`outcome.<code>`). */
export const OUTCOME_CODES = [
  'ok',
  // changed
  'already_called', //      another desk had called first: the call is kept, marked lost
  'served_elsewhere', //    another desk serves the patient
  'both_started', //        two services were started; the second is kept and flagged
  'next_was_taken', //      call next took the following patient
  'already_waiting', //     the patient already has an open entry in this queue: merged
  'already_ended', //       the entry had ended; the fact is kept in the log
  'overflowed', //          the queue was full; added to its overflow queue
  'anchor_gone',
  'ticket_renumbered', //   the ticket number was taken
  // rejected
  'unknown_entry',
  'unknown_queue',
  'unknown_service_point',
  'unknown_patient',
  'unknown_row',
  'unknown_priority',
  'wrong_status',
  'stale_version',
  'nobody_waiting',
  'service_point_busy',
  'service_point_not_allowed',
  'queue_full',
  'queue_closed',
  'later_step', //          undo names a transition that is not the entry's last
  'not_undoable',
  'day_closed',
  'not_allowed',
  'prefix_taken',
  'invalid',
  // held
  'device_revoked',
  'engine_error',
] as const;
export const outcomeCode = z.enum(OUTCOME_CODES);
export type OutcomeCode = z.infer<typeof outcomeCode>;

/** Who, what and when of an outcome, for the sentence that people read. */
export const outcomeDetail = z
  .object({
    entryId: ids.entryId,
    ticket: z.string(),
    /** The desk that was first. */
    byDevice: z.string(),
    at: instant,
    servicePointId: ids.servicePointId,
    servicePoint: z.string(),
    queueId: ids.queueId,
    queue: z.string(),
    /** What was called instead. */
    insteadEntryId: ids.entryId,
    insteadTicket: z.string(),
    status: z.string(),
    field: z.string(),
    limit: z.number(),
    text: z.string(),
  })
  .partial();
export type OutcomeDetail = z.infer<typeof outcomeDetail>;

export const outcome = z.object({ status: outcomeStatus, code: outcomeCode, detail: outcomeDetail });
export type Outcome = z.infer<typeof outcome>;

/** An outcome as its owner gets it: for the replica's command `n`. */
export const ownOutcome = outcome.extend({
  n: z.number().int(),
  commandId: ids.commandId,
  type: z.string(),
  seq: z.number().int(),
  at: instant,
});
export type OwnOutcome = z.infer<typeof ownOutcome>;
