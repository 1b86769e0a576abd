import type { QueueId, ReplicaId } from '../../domain/ids';
import type { Queue, TicketLease } from '../../domain/rows';
import { counterId, leaseId } from '../ticketIds';
import { type TicketNumber, ticketText } from '../tickets';
import type { Case } from './case';

/**
 * How far a number may lie beyond the last one known and still be taken at its word: after a restore the server may have
 * forgotten some, but no typing error may use up the day's numbers.
 */
const FORGOTTEN = 1_000;

const lastOf = (at: Case, queueId: QueueId, letter: string): number =>
  at.draft.row('ticketCounters', counterId(queueId, at.context.day, letter))?.last ?? 0;

function countTo(at: Case, queueId: QueueId, letter: string, last: number): void {
  const { day } = at.context;
  at.draft.put('ticketCounters', { id: counterId(queueId, day, letter), queueId, day, letter, last });
}

/** Leases the next number of a queue to a replica: numbers only ever go up, so leases never overlap (S19). */
export function leaseNext(at: Case, replicaId: ReplicaId, queueId: QueueId): void {
  const number = lastOf(at, queueId, '') + 1;
  countTo(at, queueId, '', number);
  at.draft.put('ticketLeases', { id: leaseId(replicaId, queueId), replicaId, queueId, day: at.context.day, number });
}

const holds = (lease: TicketLease | undefined, at: Case, number: number): boolean =>
  lease?.day === at.context.day && lease.number === number;

/** Whether an entry of the day has the ticket, or an entry that was merged had it. Looks at every entry: for rare doubts. */
function isGivenOut(at: Case, text: string): boolean {
  for (const entry of at.draft.rows('entries')) if (entry.day === at.context.day && entry.ticket === text) return true;
  for (const alias of at.draft.rows('aliases'))
    if (alias.ticket === text && at.draft.row('entries', alias.entryId)?.day === at.context.day) return true;
  return false;
}

/** Whether another replica may print this number at any moment. */
function isLeasedElsewhere(at: Case, queueId: QueueId, number: number): boolean {
  for (const lease of at.draft.rows('ticketLeases')) {
    if (lease.queueId === queueId && lease.replicaId !== at.context.replicaId && holds(lease, at, number)) return true;
  }
  return false;
}

/**
 * Whether a number that is not this replica's lease may stand as printed: the next ones of a letter may, and so may one
 * that nobody has, such as a lease of a day that was closed while the desk was away.
 */
function mayStand(at: Case, queue: Queue, { letter, number }: TicketNumber, last: number): boolean {
  if (number > last) return number <= last + FORGOTTEN;
  return !isGivenOut(at, ticketText(queue.prefix, letter, number)) && !(letter === '' && isLeasedElsewhere(at, queue.id, number));
}

/**
 * Gives a ticket for the number that a command carries (S19), using up the lease it came from; the referee leases the next
 * at once. A number stays as printed unless somebody else has it: two entries of a day never share a ticket (invariant 10).
 */
export function takeTicket(at: Case, queue: Queue, ticket: TicketNumber): { readonly text: string; readonly renumbered: boolean } {
  const { draft, context } = at;
  const { letter, number } = ticket;
  const printed = ticketText(queue.prefix, letter, number);
  const lease = draft.lease(context.replicaId, queue.id);
  if (letter === '' && lease && holds(lease, at, number)) {
    if (context.referee) leaseNext(at, context.replicaId, queue.id);
    else draft.put('ticketLeases', { ...lease, number: null });
    return { text: printed, renumbered: false };
  }
  const last = lastOf(at, queue.id, letter);
  if (mayStand(at, queue, ticket, last)) {
    if (number > last) countTo(at, queue.id, letter, number);
    return { text: printed, renumbered: false };
  }
  countTo(at, queue.id, letter, last + 1);
  return { text: ticketText(queue.prefix, letter, last + 1), renumbered: true };
}
