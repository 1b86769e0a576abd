import type { QueueEntry } from '@shared/domain/rows';
import type { SiteState } from '@shared/domain/state';
import { createRows, layerOver } from '@shared/engine/rows';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Clinic, QUEUE_A, QUEUE_B, ROOM_1, ROOM_2, uuid } from './clinic';

const MRNS = [null, 'M1', 'M2'];
const template = new Clinic().add();
const PATIENTS = [1, 2, 3].map((n) => uuid<QueueEntry['patientId']>(n));

const anyWrite = fc.record({
  table: fc.constantFrom('entries', 'patients', 'calls', 'transitions' as const),
  id: fc.integer({ min: 1, max: 6 }),
  remove: fc.constantFrom(false, false, false, true),
  status: fc.constantFrom<QueueEntry['status']>('waiting', 'called', 'completed', 'cancelled'),
  queueId: fc.constantFrom(QUEUE_A, QUEUE_B),
  room: fc.constantFrom(null, ROOM_1, ROOM_2),
  patient: fc.nat(2),
});
type Write = typeof anyWrite extends fc.Arbitrary<infer W> ? W : never;

function write(state: ReturnType<typeof createRows>, { table, id: number, remove, status, queueId, room, patient }: Write): void {
  const id = uuid<never>(number);
  const patientId = PATIENTS[patient] ?? template.patientId;
  if (remove) state.remove(table, id);
  else if (table === 'entries') state.put('entries', { ...template, id, status, queueId, servicePointId: room, patientId });
  else if (table === 'patients')
    state.put('patients', { id, name: 'Ana', mrn: MRNS[patient] ?? null, birthDate: null, phone: null, hideName: false, version: 1 });
  else if (table === 'calls') {
    state.put('calls', {
      id,
      entryId: uuid(patient),
      queueId,
      servicePointId: ROOM_1,
      deviceId: uuid(1),
      day: template.day,
      at: template.arrivedAt,
      kind: 'call',
      standing: 'open',
    });
  } else {
    const words = {
      verb: 'call',
      from: null,
      to: status,
      at: template.arrivedAt,
      deviceId: uuid<never>(1),
      actor: '',
      reason: null,
      before: {},
    };
    state.put('transitions', { id, entryId: uuid(patient), commandId: id, ...words, previousId: null, undoes: null, undoneBy: null });
  }
}

const sorted = <R extends { readonly id: string }>(rows: Iterable<R>): R[] => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
const everything = (state: SiteState) => ({
  tables: (['entries', 'patients', 'calls', 'transitions'] as const).map((table) => sorted<{ readonly id: string }>(state.rows(table))),
  open: [QUEUE_A, QUEUE_B].map((id) => sorted(state.openEntries(id))),
  at: [ROOM_1, ROOM_2].map((id) => sorted(state.entriesAt(id))),
  of: PATIENTS.map((id) => sorted(state.openEntriesOf(id))),
  calls: [0, 1, 2].map((n) => sorted(state.callsOf(uuid<QueueEntry['id']>(n)))),
  transitions: [0, 1, 2].map((n) => sorted(state.transitionsOf(uuid(n)))),
  mrn: ['M1', 'M2'].map((mrn) => state.patientByMrn(mrn)),
});

describe('rows in memory', () => {
  it('S2: a layer over rows answers every lookup as if all had been written to one place', () => {
    fc.assert(
      fc.property(
        fc.array(anyWrite, { maxLength: 25, size: 'max' }),
        fc.array(anyWrite, { maxLength: 25, size: 'max' }),
        fc.array(anyWrite, { maxLength: 10, size: 'max' }),
        (below, middle, above) => {
          const flat = createRows();
          const base = createRows();
          for (const one of below) write(base, one);
          const lower = layerOver(base);
          for (const one of middle) write(lower, one);
          const before = everything(lower);
          const upper = layerOver(lower);
          for (const one of above) write(upper, one);
          for (const one of [...below, ...middle, ...above]) write(flat, one);
          expect(everything(upper)).toEqual(everything(flat));
          expect(everything(lower)).toEqual(before);

          // its changes, applied to what lies under it, give the same rows
          for (const { table, id, row } of [...lower.changes(), ...upper.changes()]) {
            if (row === null) base.remove(table, id);
            else base.put(table, row as never);
          }
          expect(everything(base)).toEqual(everything(flat));
        },
      ),
      { numRuns: 200, seed: 1 },
    );
  });

  it('names each changed row once, in the order of first writing', () => {
    const layer = layerOver(createRows());
    layer.put('entries', { ...template, id: uuid<never>(2) });
    layer.put('entries', { ...template, id: uuid<never>(1) });
    layer.put('entries', { ...template, id: uuid<never>(2), notes: 'again' });
    expect(layer.changes().map(({ id, row }) => [id, row && 'notes' in row ? row.notes : ''])).toEqual([
      [uuid(2), 'again'],
      [uuid(1), ''],
    ]);
  });
});
