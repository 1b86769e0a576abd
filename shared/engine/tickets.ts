import type { QueueId, ReplicaId } from '../domain/ids';
import type { SiteState } from '../domain/state';
import type { ServiceDay } from '../domain/time';
import { counterId } from './ticketIds';

/** A number as a command carries it: from the lease (empty letter) or counted in the desk's own letter (S19). */
export interface TicketNumber {
  readonly letter: string;
  readonly number: number;
}

/** A ticket as it is printed: `A012` from the shared sequence, `A-B07` counted by desk B without a lease. */
export const ticketText = (prefix: string, letter: string, number: number): string =>
  letter === '' ? `${prefix}${String(number).padStart(3, '0')}` : `${prefix}-${letter}${String(number).padStart(2, '0')}`;

/** The number that this replica's next patient in a queue gets (S19): its lease's of that day, or the next in its own letter. */
export function nextTicket(
  state: SiteState,
  desk: { readonly replicaId: ReplicaId; readonly letter: string },
  queueId: QueueId,
  day: ServiceDay,
): TicketNumber & { readonly text: string } {
  const lease = state.lease(desk.replicaId, queueId);
  const leased = lease?.day === day ? lease.number : null;
  const letter = leased === null ? desk.letter : '';
  const number = leased ?? (state.row('ticketCounters', counterId(queueId, day, letter))?.last ?? 0) + 1;
  return { letter, number, text: ticketText(state.row('queues', queueId)?.prefix ?? '', letter, number) };
}
