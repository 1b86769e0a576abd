import { APPLIED, type Handler, rejected } from './case';
import { save } from './configuration';
import { leaseNext } from './numbering';

/** What the site itself does: pairs and revokes machines, and leases their next ticket numbers (S18 to S20). */

export const joinDevice: Handler<'joinDevice'> = (at, { device }) => {
  if (!at.context.referee) return rejected('not_allowed');
  if (device.letter !== '') {
    // letters of revoked machines stay theirs: their tickets may still be in somebody's hand
    for (const other of at.draft.rows('devices')) {
      if (other.id !== device.id && other.letter === device.letter) return rejected('invalid', { field: 'letter', text: other.name });
    }
  }
  return save(at, 'devices', device);
};

export const revokeDevice: Handler<'revokeDevice'> = (at, { deviceId }) => {
  if (!at.context.referee) return rejected('not_allowed');
  const device = at.draft.row('devices', deviceId);
  if (!device) return rejected('unknown_row', { field: 'deviceId' });
  if (device.revokedAt === null) at.draft.put('devices', { ...device, revokedAt: at.context.at, version: device.version + 1 });
  return APPLIED;
};

/** Gives a replica one next number in every open queue for which it holds none of today (S19). */
export const leaseTickets: Handler<'leaseTickets'> = (at, { replicaId }) => {
  if (!at.context.referee) return rejected('not_allowed');
  for (const queue of at.draft.rows('queues')) {
    const lease = at.draft.lease(replicaId, queue.id);
    if (queue.open && (lease?.day !== at.context.day || lease.number === null)) leaseNext(at, replicaId, queue.id);
  }
  return APPLIED;
};
