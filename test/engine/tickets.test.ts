import type { Intent } from '@shared/domain/commands';
import type { CommandId, EntryId } from '@shared/domain/ids';
import type { RowChange } from '@shared/domain/rows';
import type { ServiceDay } from '@shared/domain/time';
import type { DecidableCommand } from '@shared/engine/decision';
import { createRows, layerOver } from '@shared/engine/rows';
import { nextTicket, ticketText } from '@shared/engine/tickets';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, arrivalOf, Clinic, DAY, type Desk, decideOn, deskOf, minutesAfter, nextCommandId, QUEUE_A, QUEUE_B } from './clinic';
import { violations } from './invariants';

/** A desk that predicts on its own rows, keeps what it did while offline, and catches up by changed rows. */
class Replica {
  private readonly confirmed = createRows();
  private pending: { readonly command: DecidableCommand; readonly day: ServiceDay }[] = [];
  private heard = 0;
  /** What its printer printed, by entry. */
  readonly printed = new Map<EntryId, string>();

  constructor(
    readonly desk: Desk,
    private readonly log: readonly (readonly RowChange[])[],
  ) {}

  private overlay() {
    const overlay = layerOver(this.confirmed);
    for (const { command, day } of this.pending) {
      apply(overlay, decideOn(overlay, command, { desk: this.desk, live: command.live, referee: false, day, id: command.id }).changes);
    }
    return overlay;
  }

  add(number: number, queueId: typeof QUEUE_A, live: boolean, day: ServiceDay): void {
    const overlay = this.overlay();
    const args = arrivalOf(overlay, number, { queueId }, this.desk, day);
    const command = { type: 'addToQueue', args, id: nextCommandId(), at: minutesAfter(number), actor: 'Ada', live } as const;
    const decision = decideOn(overlay, command, { desk: this.desk, live, referee: false, day, id: command.id });
    expect(decision.status).toBe('applied');
    const entry = decision.changes.find((change) => change.table === 'entries')?.row;
    if (entry && 'ticket' in entry) this.printed.set(args.entryId, entry.ticket);
    this.pending.push({ command, day });
  }

  /** Pushes up to `count` commands, then hears everything that changed. */
  sync(count: number, push: (desk: Desk, intent: Intent, live: boolean, day: ServiceDay, id: CommandId) => void): void {
    for (const { command, day } of this.pending.splice(0, count)) push(this.desk, command, command.live, day, command.id);
    this.hear();
  }

  hear(): void {
    for (const changes of this.log.slice(this.heard)) apply(this.confirmed, changes);
    this.heard = this.log.length;
  }
}

const TOMORROW = '2026-06-16' as ServiceDay;

describe('tickets', () => {
  it('are read as printed', () => {
    expect([ticketText('A', '', 12), ticketText('BD', '', 1_234), ticketText('A', 'B', 7), ticketText('A', 'AB', 120)]).toEqual([
      'A012',
      'BD1234',
      'A-B07',
      'A-AB120',
    ]);
  });

  it('S19: one live desk gives the sequence itself', () => {
    const clinic = new Clinic([deskOf(1)]);
    expect(Array.from({ length: 5 }, () => clinic.add().ticket)).toEqual(['A001', 'A002', 'A003', 'A004', 'A005']);
    expect(clinic.add({ queueId: QUEUE_B }).ticket).toBe('B001');
  });

  it('S19: without a lease a desk counts in its own letter, from 1 each day', () => {
    const clinic = new Clinic();
    const desk = deskOf(2);
    const stranger = { replicaId: '00000000-0000-7000-8000-00000000ffff' as typeof desk.replicaId, letter: desk.device.letter };
    expect(nextTicket(clinic.rows, stranger, QUEUE_A, DAY)).toEqual({ letter: 'B', number: 1, text: 'A-B01' });
    // leases end with their day
    expect(nextTicket(clinic.rows, { replicaId: desk.replicaId, letter: 'B' }, QUEUE_A, TOMORROW)).toEqual({
      letter: 'B',
      number: 1,
      text: 'A-B01',
    });
  });

  it('invariant 10: unique and as printed whatever is on- and offline, over two days', () => {
    const anyAction = fc.record({
      what: fc.constantFrom('add', 'add', 'add', 'sync', 'connect', 'tomorrow' as const),
      desk: fc.nat(3),
      queue: fc.boolean(),
      count: fc.integer({ min: 1, max: 4 }),
      live: fc.boolean(),
    });
    let lettered = 0;
    let leased = 0;
    fc.assert(
      fc.property(fc.array(anyAction, { maxLength: 80, size: 'max' }), (actions) => {
        const desks = [1, 2, 3, 4].map(deskOf);
        const clinic = new Clinic([]);
        const log: RowChange[][] = [[]];
        for (const table of ['site', 'queues'] as const)
          for (const row of clinic.rows.rows(table)) log[0]?.push({ table, id: row.id, row } as RowChange);
        let day = DAY;
        const referee = (desk: Desk, intent: Intent, live: boolean, commandDay: ServiceDay, id = nextCommandId()) => {
          const decision = decideOn(clinic.rows, intent, { desk, live, day: commandDay, id });
          expect(decision.status).not.toBe('rejected');
          apply(clinic.rows, decision.changes);
          log.push(decision.changes);
        };
        const connect = (replica: Replica) => {
          referee(replica.desk, { type: 'leaseTickets', args: { replicaId: replica.desk.replicaId } }, true, day);
          replica.hear();
        };
        const replicas = desks.map((desk) => new Replica(desk, log));
        for (const replica of replicas) connect(replica);
        for (const [index, { what, desk, queue, count, live }] of actions.entries()) {
          const replica = replicas[desk] as Replica;
          if (what === 'add') replica.add(index, queue ? QUEUE_A : QUEUE_B, live, day);
          else if (what === 'sync') replica.sync(count, referee);
          else if (what === 'connect') connect(replica);
          else if (index > 40) day = TOMORROW;
        }
        for (const replica of replicas) replica.sync(1_000, referee);
        expect(violations(clinic.rows)).toEqual([]);
        for (const { printed } of replicas) {
          for (const [id, ticket] of printed) {
            expect(clinic.entry(id).ticket).toBe(ticket);
            if (ticket.includes('-')) lettered += 1;
            else leased += 1;
          }
        }
      }),
      { numRuns: 150, seed: 5 },
    );
    expect(Math.min(lettered, leased)).toBeGreaterThan(100);
  });

  it('invariant 10: a number that somebody else has is given anew, and said so', () => {
    const clinic = new Clinic();
    const first = clinic.add();
    const clone = clinic.arrival({ ticket: { letter: '', number: 1 } });
    expect(clinic.run('addToQueue', clone)).toMatchObject({ status: 'changed', code: 'ticket_renumbered' });
    expect(clinic.entry(clone.entryId).ticket).not.toBe(first.ticket);
    const absurd = clinic.arrival({ ticket: { letter: '', number: 99_999 } });
    expect(clinic.run('addToQueue', absurd).code).toBe('ticket_renumbered');
    expect(clinic.run('addToQueue', clinic.arrival({ ticket: { letter: 'A', number: 1 } }), { live: false }).code).toBe('ok');
    expect(clinic.run('addToQueue', clinic.arrival({ ticket: { letter: 'A', number: 1 } }), { live: false }).code).toBe(
      'ticket_renumbered',
    );
    expect(violations(clinic.rows)).toEqual([]);
  });

  it('invariant 10: another desk’s leased number is not taken', () => {
    const clinic = new Clinic();
    const other = nextTicket(clinic.rows, { replicaId: deskOf(2).replicaId, letter: 'B' }, QUEUE_A, DAY);
    expect(clinic.run('addToQueue', clinic.arrival({ ticket: { letter: '', number: other.number } })).code).toBe('ticket_renumbered');
    expect(nextTicket(clinic.rows, { replicaId: deskOf(2).replicaId, letter: 'B' }, QUEUE_A, DAY)).toEqual(other);
  });

  it('a prefix that another queue uses, or used today, is refused', () => {
    const clinic = new Clinic();
    clinic.add();
    const queueA = clinic.rows.row('queues', QUEUE_A);
    const queueB = clinic.rows.row('queues', QUEUE_B);
    if (!queueA || !queueB) throw new Error('the clinic has two queues');
    expect(clinic.run('configureQueue', { queue: { ...queueB, prefix: 'A' } })).toMatchObject({
      status: 'rejected',
      code: 'prefix_taken',
      detail: { queue: 'General', text: 'A' },
    });
    clinic.must('configureQueue', { queue: { ...queueA, prefix: 'X' } });
    expect(clinic.run('configureQueue', { queue: { ...queueB, prefix: 'A' } }).code).toBe('prefix_taken');
    expect(clinic.run('configureQueue', { queue: { ...queueB, prefix: 'A' } }, { day: TOMORROW }).code).toBe('ok');
  });
});
