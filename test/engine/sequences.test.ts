import { FACTS, intent as intentSchema } from '@shared/domain/commands';
import { outcome as outcomeSchema } from '@shared/domain/outcome';
import type { RowChange } from '@shared/domain/rows';
import { rowSchemas } from '@shared/domain/rows';
import type { SiteState } from '@shared/domain/state';
import { type EntryVerb, ruleFor } from '@shared/domain/transitions';
import { layerOver } from '@shared/engine/rows';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyStep, DESKS, intentOf, type Step } from './anyCommand';
import { apply, Clinic, type Desk, decideOn, minutesAfter } from './clinic';
import { violations } from './invariants';

const RUNS = 200;
const anySequence = fc.array(anyStep, { minLength: 1, maxLength: 60, size: 'max' });

/** What a changed transition row does that the table does not allow (invariant 9). */
function offTheGraph(change: RowChange, state: SiteState): string | undefined {
  if (change.table !== 'transitions' || !change.row) return undefined;
  const { verb, from, to, undoes } = change.row;
  if (verb === 'undo') return state.row('transitions', undoes ?? '') ? undefined : 'an undo of nothing';
  // a second desk's service stands beside the entry's own steps and changes nothing
  if (change.row.previousId === null && from !== null)
    return from === to && ['startService', 'complete'].includes(verb) ? undefined : 'a witness that changes';
  // the entry that a transfer opens begins like an arrival
  const rule = ruleFor(from === null ? 'addToQueue' : (verb as EntryVerb), from ?? 'none');
  const called = verb === 'callNext' ? ruleFor('call', from ?? 'none') : undefined;
  const allowed = [rule, called].flatMap((one) => (one ? [one.to === 'same' ? from : one.to] : []));
  return allowed.includes(to) ? undefined : `${verb} from ${from} to ${to}`;
}

function runSequence(steps: readonly Step[], check: (clinic: Clinic, step: Step, index: number) => void): Clinic {
  const clinic = new Clinic(DESKS);
  for (const [index, step] of steps.entries()) check(clinic, step, index);
  return clinic;
}

const mannerOf = (step: Step, index: number, referee = true) => ({
  desk: DESKS[step.desk] as Desk,
  live: step.live,
  age: step.age,
  at: minutesAfter(index + step.minutes),
  referee,
});

describe('random command sequences', () => {
  it('invariants 8 to 11 and 14 hold after every command, and status moves only along the table', () => {
    const codes = new Set<string>();
    fc.assert(
      fc.property(anySequence, (steps) => {
        runSequence(steps, (clinic, step, index) => {
          const intent = intentOf(clinic.rows, step, index);
          const decision = clinic.run(intent.type, intent.args, mannerOf(step, index));
          codes.add(`${decision.status} ${decision.code}`);
          expect(decision.changes.map((change) => offTheGraph(change, clinic.rows)).filter(Boolean)).toEqual([]);
          expect(violations(clinic.rows)).toEqual([]);
        });
      }),
      { numRuns: RUNS, seed: 1 },
    );
    // the runs are not vacuous
    for (const code of ['already_called', 'both_started', 'next_was_taken', 'already_waiting', 'already_ended', 'overflowed'])
      expect(codes).toContain(`changed ${code}`);
    for (const code of ['wrong_status', 'stale_version', 'service_point_busy', 'later_step', 'already_ended', 'unknown_entry'])
      expect(codes).toContain(`rejected ${code}`);
  });

  it('invariant 12: a fact about an entry that exists is never rejected', () => {
    fc.assert(
      fc.property(anySequence, (steps) => {
        runSequence(steps, (clinic, step, index) => {
          const intent = intentOf(clinic.rows, step, index);
          const known =
            !('entryId' in intent.args) || clinic.rows.row('entries', intent.args.entryId) !== undefined || intent.type === 'addToQueue';
          const decision = clinic.run(intent.type, intent.args, mannerOf(step, index));
          if (FACTS.has(intent.type) && known && !['unknown_row', 'unknown_service_point'].includes(decision.code))
            expect(`${intent.type} ${decision.status}`).not.toContain('rejected');
        });
      }),
      { numRuns: RUNS, seed: 2 },
    );
  });

  it('every outcome and row fits its schema, every change raises the version, a refusal changes nothing', () => {
    fc.assert(
      fc.property(anySequence, fc.boolean(), (steps, referee) => {
        runSequence(steps, (clinic, step, index) => {
          const intent = intentSchema.parse(intentOf(clinic.rows, step, index));
          const decision = decideOn(clinic.rows, intent, mannerOf(step, index, referee));
          outcomeSchema.parse(decision);
          if (decision.status === 'rejected') expect(decision.changes).toEqual([]);
          for (const { table, id, row } of decision.changes) {
            const parsed = rowSchemas[table].parse(row);
            expect(parsed).toEqual(row);
            const before = clinic.rows.row(table, id);
            if (before && 'version' in before && row && 'version' in row) expect(row.version).toBeGreaterThan(before.version);
          }
          apply(clinic.rows, decision.changes);
        });
      }),
      { numRuns: RUNS, seed: 3 },
    );
  });

  it('the same command on the same rows gives the same rows, on a layer as on plain rows', () => {
    fc.assert(
      fc.property(anySequence, (steps) => {
        const clinic = new Clinic(DESKS);
        const layer = layerOver(layerOver(clinic.rows));
        for (const [index, step] of steps.entries()) {
          const intent = intentOf(layer, step, index);
          apply(
            layer,
            decideOn(layer, intent, { ...mannerOf(step, index), id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}` as never })
              .changes,
          );
        }
        for (const [index, step] of steps.entries()) {
          const intent = intentOf(clinic.rows, step, index);
          apply(
            clinic.rows,
            decideOn(clinic.rows, intent, {
              ...mannerOf(step, index),
              id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}` as never,
            }).changes,
          );
        }
        for (const table of [
          'entries',
          'calls',
          'transitions',
          'notices',
          'aliases',
          'ticketCounters',
          'ticketLeases',
          'patients',
          'visits',
        ] as const) {
          const byId = (rows: Iterable<{ readonly id: string }>) => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
          expect(byId(layer.rows(table))).toEqual(byId(clinic.rows.rows(table)));
        }
      }),
      { numRuns: 60, seed: 4 },
    );
  });
});
