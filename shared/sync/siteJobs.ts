import type { Command, Intent } from '../domain/commands';
import { commandId, type DeviceId, type ReplicaId } from '../domain/ids';
import type { Outcome } from '../domain/outcome';
import type { SiteState } from '../domain/state';
import type { ServiceDay } from '../domain/time';
import type { Clocks } from './clientEvents';
import { instantOf } from './dayFinder';
import type { ServerEffect } from './serverEvents';
import type { SiteDraft, SiteFacts } from './siteDraft';

/** One thing that waits for the referee's next turn. */
export interface Job {
  /** How many commands it may bring. */
  readonly size: number;
  /** Decides above what the draft already holds; gives what is said once it is committed, and what if the commit fails. */
  take(draft: SiteDraft): Reply;
}
export interface Reply {
  readonly committed: readonly ServerEffect[];
  readonly failed: readonly ServerEffect[];
  /** What else is true once it is committed. */
  readonly afterwards?: () => void;
}
export const NOTHING: Reply = { committed: [], failed: [] };

/** What the site itself asks for: pairing, revocation, configuration, leases, imported pasts. */
export interface SiteCommand {
  readonly intent: Intent;
  readonly actor: string;
  readonly clocks: Clocks;
  /** Who waits for the outcome. */
  readonly token?: number;
  /** When it happened, for imported pasts; now without it. */
  readonly at?: number;
  /** The device that it counts as coming from. */
  readonly as?: DeviceId;
}

/** A command of the site itself (S20), stamped when its turn comes. */
export function siteCommandJob(facts: SiteFacts, newId: () => string, given: SiteCommand): Job {
  const { token, clocks } = given;
  const answer = (outcome: Outcome): ServerEffect[] => (token === undefined ? [] : [{ type: 'siteAnswer', token, outcome }]);
  return {
    size: 1,
    take(draft) {
      const at = instantOf(given.at ?? clocks.wall);
      const replicaId = facts.siteReplicaId;
      const command: Command = {
        ...given.intent,
        n: draft.appliedOf(replicaId) + 1,
        id: commandId.parse(newId()),
        v: 1,
        baseSeq: facts.head,
        at,
        atErr: 0,
        actor: given.actor,
        live: true,
      };
      draft.take(command, { replicaId, deviceId: given.as ?? facts.siteDeviceId, receivedAt: clocks.wall, at });
      const outcome = draft.log.at(-1)?.outcome;
      const text = 'The server could not store it: see that its disk has space and can be written.';
      return { committed: outcome ? answer(outcome) : [], failed: answer({ status: 'rejected', code: 'invalid', detail: { text } }) };
    },
  };
}

/** Whether a replica lacks a ticket number of the day for one of the open queues (S19). */
export const lacksLease = (state: SiteState, replicaId: ReplicaId, day: ServiceDay): boolean =>
  [...state.rows('queues')].some((each) => {
    const lease = state.lease(replicaId, each.id);
    return each.open && (!lease || lease.day !== day || lease.number === null);
  });
