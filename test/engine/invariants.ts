import type { Call } from '@shared/domain/rows';
import type { SiteState } from '@shared/domain/state';
import { isOpen, isOwned } from '@shared/domain/status';

export const openCallsOf = (state: SiteState, entryId: string): Call[] =>
  [...state.rows('calls')].filter((call) => call.entryId === entryId && call.standing === 'open');

/** What breaks the invariants 8, 10, 11 and 14 of sync.md in these rows; nothing when all hold. */
export function violations(state: SiteState): string[] {
  const found: string[] = [];
  const entries = [...state.rows('entries')];
  const tickets = new Map<string, string>();
  const turns = new Map<string, string>();
  const serving = new Map<string, number>();
  const flagged = new Set<string>();
  for (const entry of entries) {
    const open = openCallsOf(state, entry.id);
    if (open.length > 1) found.push(`8: ${entry.ticket} has ${open.length} open calls`);
    if (open.length === 1 && entry.status !== 'called') found.push(`8: ${entry.ticket} is ${entry.status} with an open call`);
    if (entry.status === 'called' && open.length === 0) found.push(`8: ${entry.ticket} is called without a call`);
    if (isOwned(entry.status) !== (entry.ownerDeviceId !== null))
      found.push(`8: ${entry.ticket} is ${entry.status} and owned by ${entry.ownerDeviceId}`);
    if (isOwned(entry.status) && entry.servicePointId === null) found.push(`8: ${entry.ticket} is ${entry.status} nowhere`);
    if (entry.status === 'in_service' && entry.servicePointId) {
      serving.set(entry.servicePointId, (serving.get(entry.servicePointId) ?? 0) + 1);
      if (entry.flag) flagged.add(entry.servicePointId);
    }
    const ticket = `${entry.day} ${entry.ticket}`;
    if (tickets.has(ticket)) found.push(`10: ${ticket} is there twice`);
    tickets.set(ticket, entry.id);
    if (isOpen(entry.status)) {
      const turn = `${entry.queueId} ${entry.patientId}`;
      if (turns.has(turn)) found.push(`11: ${entry.ticket} and ${turns.get(turn)} are one patient in one queue`);
      turns.set(turn, entry.ticket);
      if (![...state.openEntries(entry.queueId)].some(({ id }) => id === entry.id)) found.push(`11: ${entry.ticket} is not in its queue`);
      if (entry.endedAt !== null) found.push(`9: ${entry.ticket} is ${entry.status} and has ended`);
    } else if (entry.endedAt === null) found.push(`9: ${entry.ticket} is ${entry.status} without an end`);
    const last = state.row('transitions', entry.transitionId);
    if (!last || last.entryId !== entry.id) found.push(`14: ${entry.ticket} has no last transition`);
    else if (last.to !== entry.status) found.push(`9: ${entry.ticket} is ${entry.status}, its last transition says ${last.to}`);
    for (const [table, id] of [
      ['patients', entry.patientId],
      ['visits', entry.visitId],
      ['queues', entry.queueId],
    ] as const) {
      if (!state.row(table, id)) found.push(`14: ${entry.ticket} names an unknown row of ${table}`);
    }
  }
  for (const [pointId, count] of serving) {
    const capacity = state.row('servicePoints', pointId)?.capacity ?? 0;
    if (count > capacity && !flagged.has(pointId)) found.push(`8: ${count} in service at a point for ${capacity}, none flagged`);
  }
  for (const alias of state.rows('aliases')) {
    if (state.row('aliases', alias.entryId)) found.push(`14: the alias ${alias.id} points to an alias`);
    if (!state.row('entries', alias.entryId)) found.push(`14: the alias ${alias.id} points nowhere`);
    const entry = state.row('entries', alias.entryId);
    if (entry && tickets.has(`${entry.day} ${alias.ticket}`)) found.push(`10: ${alias.ticket} of a merged entry is there twice`);
  }
  const leases = new Map<string, string>();
  for (const lease of state.rows('ticketLeases')) {
    if (lease.number === null) continue;
    const key = `${lease.queueId} ${lease.day} ${lease.number}`;
    if (leases.has(key)) found.push(`10: the number ${lease.number} is leased twice`);
    leases.set(key, lease.id);
  }
  return found;
}
