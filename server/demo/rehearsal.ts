import type { Intent } from '@shared/domain/commands';
import { commandId, deviceId, type EntryId, type QueueId, replicaId } from '@shared/domain/ids';
import type { QueueEntry, Site } from '@shared/domain/rows';
import type { SiteState } from '@shared/domain/state';
import type { Instant } from '@shared/domain/time';
import { decide } from '@shared/engine/decide';
import { createRows } from '@shared/engine/rows';
import { serviceDayOf } from '@shared/engine/serviceDay';
import { nextTicket } from '@shared/engine/tickets';

/** One command of the demo's past, to be given to the site in order: `siteCommand {intent, at, actor}`. */
export interface DemoCommand {
  readonly intent: Intent;
  readonly at: Instant;
  readonly actor: string;
}

/** The demo's past as it is made up: every command is decided by the real engine before the next is thought of. */
export interface Rehearsal {
  readonly state: SiteState;
  readonly commands: readonly DemoCommand[];
  /** Carries a command out; throws when the engine refuses it, since the demo must be a clinic that could have been. */
  act(intent: Intent, at: Instant, actor: string): void;
  entry(id: EntryId): QueueEntry;
  nextTicket(queueId: QueueId, at: Instant): { letter: string; number: number };
}

export const createRehearsal = (site: Site, newId: () => string): Rehearsal => {
  const state = createRows();
  const commands: DemoCommand[] = [];
  const replica = replicaId.parse(newId());
  const device = { id: deviceId.parse(newId()), name: 'Demonstration', letter: '' };
  const dayOf = (at: Instant) => serviceDayOf(at, site.zone, site.dayStart);
  return {
    state,
    commands,
    act(intent, at, actor) {
      const command = { ...intent, id: commandId.parse(newId()), at, actor, live: true };
      const { status, code, changes } = decide(state, command, { at, day: dayOf(at), replicaId: replica, device, referee: true, age: 0 });
      if (status !== 'applied') throw new Error(`the demo's ${intent.type} was not applied: ${code}`);
      for (const { table, id, row } of changes) {
        if (row) state.put(table, row);
        else state.remove(table, id);
      }
      commands.push({ intent, at, actor });
    },
    entry(id) {
      const entry = state.row('entries', id);
      if (!entry) throw new Error('the demo names an entry that it never added');
      return entry;
    },
    nextTicket(queueId, at) {
      const { letter, number } = nextTicket(state, { replicaId: replica, letter: '' }, queueId, dayOf(at));
      return { letter, number };
    },
  };
};
