import { buildMonitorView, missedCalls } from '@shared/views/buildMonitorView';
import { createCallStream } from '@shared/views/callStream';
import { describe, expect, it } from 'vitest';
import { at, createClinic } from './clinic';

const NOBODY: ReadonlySet<string> = new Set();

describe('the monitor view', () => {
  it('shows an open call with its ticket and room, and who is served', () => {
    const clinic = createClinic();
    const entry = clinic.add(at(0));
    clinic.add(at(1));
    const called = clinic.call(entry.id, at(5));
    const view = buildMonitorView({ state: clinic.state, now: at(5), stream: createCallStream('run'), withheld: NOBODY });
    expect(view.calls).toEqual([
      {
        callId: called.commandId,
        number: 1,
        ticket: 'A001',
        label: null,
        place: { name: 'Room 1', translations: { ar: 'غرفة 1' } },
        queue: { name: 'General consultation', translations: { ar: 'استشارة عامة' } },
        at: at(5),
        recall: false,
      },
    ]);
    expect(view.open).toEqual([called.commandId]);
    expect(view.queues).toMatchObject([{ waiting: 1, serving: { ticket: 'A001', place: { name: 'Room 1' } } }]);
    expect(view).toMatchObject({ lastNumber: 1, source: 'run', zone: 'UTC', languages: ['en', 'ar'] });
  });

  it('keeps a call on the list when the service has started, but no longer as open', () => {
    const clinic = createClinic();
    const entry = clinic.add(at(0));
    clinic.call(entry.id, at(5));
    clinic.act({ type: 'startService', args: { entryId: entry.id, servicePointId: clinic.room.id } }, at(6));
    const view = buildMonitorView({ state: clinic.state, now: at(6), stream: createCallStream('run'), withheld: NOBODY });
    expect(view.calls).toHaveLength(1);
    expect(view.open).toEqual([]);
  });

  it('S17: shows a recall as a call of its own, newest first', () => {
    const clinic = createClinic();
    const entry = clinic.add(at(0));
    clinic.call(entry.id, at(5));
    clinic.act({ type: 'recall', args: { entryId: entry.id } }, at(7));
    const view = buildMonitorView({ state: clinic.state, now: at(7), stream: createCallStream('run'), withheld: NOBODY });
    expect(view.calls.map(({ recall, number }) => [recall, number])).toEqual([
      [true, 2],
      [false, 1],
    ]);
  });

  it('an undone call leaves the screen', () => {
    const clinic = createClinic();
    const entry = clinic.add(at(0));
    clinic.call(entry.id, at(5));
    const undone = clinic.act({ type: 'undo', args: { entryId: entry.id, transitionId: clinic.entry(entry.id).transitionId } }, at(6));
    expect(undone.status).toBe('applied');
    const view = buildMonitorView({ state: clinic.state, now: at(6), stream: createCallStream('run'), withheld: NOBODY });
    expect(view.calls).toEqual([]);
    expect(view.queues).toMatchObject([{ waiting: 1, serving: null }]);
  });

  it('does not announce the call of the desk that came second', () => {
    const clinic = createClinic();
    const entry = clinic.add(at(0));
    const version = clinic.entry(entry.id).version;
    const first = clinic.call(entry.id, at(5), clinic.desks[0]);
    const second = clinic.act(
      { type: 'call', args: { entryId: entry.id, version, servicePointId: clinic.otherRoom.id } },
      at(6),
      clinic.desks[1],
      { live: false },
    );
    expect(second.code).toBe('already_called');
    expect(clinic.state.row('calls', second.commandId)?.standing).toBe('lost');
    const view = buildMonitorView({ state: clinic.state, now: at(6), stream: createCallStream('run'), withheld: NOBODY });
    expect(view.calls.map(({ callId }) => callId)).toEqual([first.commandId]);
  });

  it('withholds a live call next without an outcome, and gives it the next number once it is let through', () => {
    const clinic = createClinic();
    const held = clinic.add(at(0));
    const other = clinic.add(at(1));
    const stream = createCallStream('run');
    clinic.call(held.id, at(5));
    const before = buildMonitorView({ state: clinic.state, now: at(5), stream, withheld: new Set([held.id]) });
    expect(before).toMatchObject({ calls: [], open: [], lastNumber: 0, queues: [{ waiting: 2, serving: null }] });
    clinic.call(other.id, at(6), clinic.desks[1], clinic.otherRoom);
    buildMonitorView({ state: clinic.state, now: at(6), stream, withheld: new Set([held.id]) });
    const after = buildMonitorView({ state: clinic.state, now: at(6), stream, withheld: NOBODY });
    expect(after.calls.map(({ ticket, number }) => [ticket, number])).toEqual([
      [other.ticket, 1],
      [held.ticket, 2],
    ]);
  });

  it('announces no virtual visit, and lists no queue of virtual visits only', () => {
    const clinic = createClinic();
    const entry = clinic.add(at(0), {}, { meetingLink: 'https://meet.example/abc' });
    clinic.call(entry.id, at(5));
    const view = buildMonitorView({ state: clinic.state, now: at(5), stream: createCallStream('run'), withheld: NOBODY });
    expect(view).toMatchObject({ calls: [], open: [], queues: [], lastNumber: 0 });
  });

  it('drops the calls of the service day before, and numbers go on', () => {
    const clinic = createClinic();
    const stream = createCallStream('run');
    clinic.call(clinic.add(at(0)).id, at(5));
    expect(buildMonitorView({ state: clinic.state, now: at(5), stream, withheld: NOBODY }).calls).toHaveLength(1);
    const tomorrow = at(24 * 60);
    const next = clinic.add(tomorrow);
    clinic.call(next.id, tomorrow, clinic.desks[0], clinic.otherRoom);
    const view = buildMonitorView({ state: clinic.state, now: tomorrow, stream, withheld: NOBODY });
    expect(view.calls.map(({ ticket, number }) => [ticket, number])).toEqual([[next.ticket, 2]]);
  });

  it('S17: gives a screen the calls that it missed, redacted as they stand now', () => {
    const clinic = createClinic({ displayMode: 'first_name_initial' });
    const stream = createCallStream('run');
    const entries = [1, 2, 3].map((number) => clinic.add(at(number), { name: `Mary Jones${number}` }));
    for (const [index, entry] of entries.entries()) {
      clinic.call(entry.id, at(5 + index));
      clinic.act({ type: 'startService', args: { entryId: entry.id, servicePointId: clinic.room.id } }, at(5.2 + index));
      clinic.act({ type: 'complete', args: { entryId: entry.id } }, at(5.4 + index));
    }
    buildMonitorView({ state: clinic.state, now: at(9), stream, withheld: NOBODY });
    expect(missedCalls({ state: clinic.state, stream, withheld: NOBODY }, 2, 9).map(({ number, label }) => [number, label])).toEqual([
      [2, 'Mary J.'],
      [3, 'Mary J.'],
    ]);
    const [, second] = entries;
    const patient = second && clinic.state.row('patients', second.patientId);
    if (patient) clinic.state.put('patients', { ...patient, hideName: true });
    expect(missedCalls({ state: clinic.state, stream, withheld: NOBODY }, 2, 2).map(({ label }) => label)).toEqual([null]);
  });

  it('before the clinic’s rows have come it is an empty screen', () => {
    const { state } = createClinic();
    for (const { id } of [...state.rows('site')]) state.remove('site', id);
    expect(buildMonitorView({ state, now: at(0), stream: createCallStream('run'), withheld: NOBODY })).toMatchObject({
      site: { name: '' },
      calls: [],
      zone: 'UTC',
    });
  });
});
