import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { addPatient, admitted, allEntries, DeskEnd, MonitorEnd, openedReplica, openQueue, runningServer } from './replicaDesk';
import { temporaryFolder } from './temporary';

const named = (name: string) => (view: Parameters<typeof allEntries>[0]) => allEntries(view).some(({ patient }) => patient.name === name);

describe('a desk replica', () => {
  it('shows the clinic of its server, and what is added is in its view before the answer', async () => {
    const server = await runningServer(temporaryFolder());
    const desk = new DeskEnd(openedReplica(temporaryFolder(), await admitted(server, 'Desk 1')).replica);
    const view = await desk.view(({ connection }) => connection.state === 'online');
    expect(view.site.name.name).toBe('Harbour Street Clinic');

    const answer = await desk.request('dispatch', addPatient(openQueue(view), 'Ada Lovelace'));
    expect(answer).toMatchObject({ ok: true, data: { code: 'ok', ticket: openQueue(view).nextTicket.text } });
    const shown = desk.events.findIndex((event) => event.type === 'view' && named('Ada Lovelace')(event.view));
    const answered = desk.events.findIndex((event) => event.type === 'answer');
    expect(shown).toBeGreaterThanOrEqual(0);
    expect(shown).toBeLessThan(answered);
    await desk.view((each) => each.connection.pending === 0 && named('Ada Lovelace')(each));
  });

  it('shows what another desk does', async () => {
    const server = await runningServer(temporaryFolder());
    const one = new DeskEnd(openedReplica(temporaryFolder(), await admitted(server, 'Desk 1')).replica);
    const two = new DeskEnd(openedReplica(temporaryFolder(), await admitted(server, 'Desk 2')).replica);
    await two.view(({ connection }) => connection.state === 'online');
    await one.request('dispatch', addPatient(openQueue(await one.view(({ connection }) => connection.state === 'online')), 'Grace Hopper'));
    expect(named('Grace Hopper')(await two.view(named('Grace Hopper')))).toBe(true);
  });

  it('goes on without its server, says how much waits, and loses nothing when the server is back', async () => {
    const data = temporaryFolder();
    const server = await runningServer(data);
    const member = await admitted(server, 'Desk 1');
    const desk = new DeskEnd(openedReplica(temporaryFolder(), member).replica);
    await desk.view(({ connection }) => connection.state === 'online');
    await server.close();
    const offline = await desk.view(({ connection }) => connection.state === 'offline');
    expect(await desk.request('dispatch', addPatient(openQueue(offline), 'Rosalind Franklin'))).toMatchObject({ ok: true });
    const waiting = await desk.view(({ connection }) => connection.pending === 1);
    expect(named('Rosalind Franklin')(waiting)).toBe(true);
    expect(waiting.waitingChanges.map(({ name }) => name)).toEqual(['Rosalind Franklin']);
    expect(await desk.request('pairingCode', { role: 'desk' })).toMatchObject({ ok: false, error: { code: 'offline' } });

    await runningServer(data, server.port);
    const back = await desk.view(({ connection }) => connection.state === 'online' && connection.pending === 0);
    expect(named('Rosalind Franklin')(back)).toBe(true);
  });

  it('is where it was when it is opened again, server or not', async () => {
    const server = await runningServer(temporaryFolder());
    const member = await admitted(server, 'Desk 1');
    const folder = temporaryFolder();
    const first = openedReplica(folder, member);
    const desk = new DeskEnd(first.replica);
    await desk.request(
      'dispatch',
      addPatient(openQueue(await desk.view(({ connection }) => connection.state === 'online')), 'Lise Meitner'),
    );
    first.stop();
    const again = new DeskEnd(openedReplica(folder, member, false).replica);
    expect(named('Lise Meitner')(await again.view())).toBe(true);
  });

  it('finds patients, exports what waits, and gives a pairing code', async () => {
    const server = await runningServer(temporaryFolder());
    const desk = new DeskEnd(openedReplica(temporaryFolder(), await admitted(server, 'Desk 1')).replica);
    const view = await desk.view(({ connection }) => connection.state === 'online');
    await desk.request('dispatch', addPatient(openQueue(view), 'Émilie du Châtelet'));
    const found = await desk.request('searchPatients', { text: 'chatelet' });
    expect(found).toMatchObject({ ok: true, data: [{ name: 'Émilie du Châtelet', waiting: { ticket: openQueue(view).nextTicket.text } }] });
    const code = await desk.request('pairingCode', { role: 'desk' });
    expect(code.ok && code.data.code).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
    const exported = await desk.request('exportOutbox', {});
    expect(exported.ok && exported.data.fileName).toMatch(/^anteroom-changes-Desk-1-\d{4}-\d\d-\d\dT\d\d-\d\d\.json$/);
    expect(exported.ok && JSON.parse(exported.data.text)).toMatchObject({ format: 'anteroom-outbox', deviceName: 'Desk 1' });
  });

  it.each([
    ['an unknown request', { name: 'quit', input: {} }, 'not_allowed', undefined],
    ["a name of the object's own", { name: 'constructor', input: {} }, 'not_allowed', undefined],
    ["a request that is main's", { name: 'showMonitor', input: {} }, 'not_allowed', undefined],
    ['input of another shape', { name: 'searchPatients', input: { text: 7 } }, 'invalid', 'text'],
    ['an unknown command', { name: 'dispatch', input: { type: 'explode', args: {} } }, 'invalid', 'type'],
    ['an absurd field', { name: 'dispatch', input: { type: 'recall', args: { entryId: 'x'.repeat(100_000) } } }, 'invalid', 'args.entryId'],
  ])('answers %s with a reason', async (_case, frame, code, field) => {
    const server = await runningServer(temporaryFolder());
    const desk = new DeskEnd(openedReplica(temporaryFolder(), await admitted(server, 'Desk 1')).replica);
    const answer = await desk.raw(frame);
    expect(answer).toMatchObject({ ok: false, error: { code, ...(field ? { field } : {}) } });
    expect(!answer.ok && answer.error.message.length).toBeLessThan(300);
  });

  it('that the server refuses says so and keeps showing what it has', async () => {
    const server = await runningServer(temporaryFolder());
    const member = await admitted(server, 'Desk 1');
    const folder = temporaryFolder();
    const first = openedReplica(folder, member);
    await new DeskEnd(first.replica).view(({ connection }) => connection.state === 'online');
    first.stop();
    const refused = new DeskEnd(openedReplica(folder, { ...member, link: { ...member.link, token: 'forged' } }).replica);
    const view = await refused.view(({ connection }) => connection.state === 'needs_help');
    expect(view.connection).toMatchObject({ code: 'unauthenticated' });
    expect(view.queues.length).toBeGreaterThan(0);
  });

  it('whose device was admitted anew keeps its pending commands and sends them as the new one', async () => {
    const server = await runningServer(temporaryFolder());
    const folder = temporaryFolder();
    const before = await admitted(server, 'Desk 1');
    const online = openedReplica(folder, before);
    const view = await new DeskEnd(online.replica).view(({ connection }) => connection.state === 'online');
    online.stop();
    const alone = openedReplica(folder, before, false);
    await new DeskEnd(alone.replica).request('dispatch', addPatient(openQueue(view), 'Chien-Shiung Wu'));
    alone.stop();
    const anew = await admitted(server, 'Desk 1');
    const desk = new DeskEnd(openedReplica(folder, anew).replica);
    const back = await desk.view(({ connection }) => connection.state === 'online' && connection.pending === 0);
    expect(back.device.id).toBe(anew.device.deviceId);
    expect(named('Chien-Shiung Wu')(back)).toBe(true);
  });
});

describe('a monitor at a desk', () => {
  it('gets the view without private fields, and says when other desks may be missing', async () => {
    const server = await runningServer(temporaryFolder());
    const { replica } = openedReplica(temporaryFolder(), await admitted(server, 'Desk 1'));
    const desk = new DeskEnd(replica);
    const names = allEntries(await desk.view(({ connection }) => connection.state === 'online')).map(({ patient }) => patient.name);
    expect(names.length).toBeGreaterThan(0);
    const monitor = new MonitorEnd(replica);
    const view = await monitor.next((event) => (event.type === 'view' ? event.view : undefined));
    expect(view.calls.length).toBeGreaterThan(0);
    const payload = JSON.stringify(view);
    for (const name of names) expect(payload).not.toContain(name);
    expect(await monitor.next((event) => (event.type === 'source' ? event.live : undefined))).toBe(true);
    await server.close();
    expect(await monitor.next((event) => (event.type === 'source' && !event.live ? event.since : undefined))).toBeGreaterThan(0);
  });

  it('gets the calls that it missed by their numbers, and nothing for a malformed frame', async () => {
    const server = await runningServer(temporaryFolder());
    const { replica } = openedReplica(temporaryFolder(), await admitted(server, 'Desk 1'));
    await new DeskEnd(replica).view(({ connection }) => connection.state === 'online');
    const monitor = new MonitorEnd(replica);
    const { lastNumber } = await monitor.next((event) => (event.type === 'view' ? event.view : undefined));
    for (const frame of [{ name: 'missed', from: -1, to: 3 }, { name: 'dispatch' }, null]) monitor.port.postMessage(frame);
    monitor.port.postMessage({ name: 'missed', from: lastNumber, to: lastNumber + 5 });
    const calls = await monitor.next((event) => (event.type === 'missed' ? event.calls : undefined));
    expect(calls.map(({ number }) => number)).toEqual([lastNumber]);
  });
});

describe('a database that cannot be used', () => {
  const ruined = async (ruin: (file: string) => void) => {
    const server = await runningServer(temporaryFolder());
    const member = await admitted(server, 'Desk 1');
    const folder = temporaryFolder();
    const good = openedReplica(folder, member);
    await new DeskEnd(good.replica).view(({ connection }) => connection.state === 'online');
    good.stop();
    const file = join(folder, 'replica.db');
    ruin(file);
    copyFileSync(file, `${file}.before`);
    const opened = openedReplica(folder, member);
    const desk = new DeskEnd(opened.replica);
    const problem = await desk.next((event) => (event.type === 'problem' ? event.problem : undefined));
    const answer = await desk.raw({ name: 'searchPatients', input: { text: 'a' } });
    opened.stop();
    return { problem, answer, told: opened.told, untouched: readFileSync(file).equals(readFileSync(`${file}.before`)) };
  };

  it('from a newer version is told to its windows, and left as it is', async () => {
    const { problem, answer, told, untouched } = await ruined((file) => {
      const database = new Database(file);
      database.pragma('user_version = 999');
      database.close();
    });
    expect(problem).toMatchObject({ code: 'newer_version', message: expect.stringContaining('install the newer version') });
    expect(answer).toEqual({ ok: false, error: problem });
    expect(told).toContainEqual({ type: 'problem', generation: 1, failure: problem });
    expect(untouched).toBe(true);
  });

  it('that is no database is told, and left as it is', async () => {
    const { problem, untouched } = await ruined((file) =>
      writeFileSync(file, 'not a database, but long enough to be taken for one. '.repeat(40)),
    );
    expect(problem.code).toBe('corrupt');
    expect(untouched).toBe(true);
  });
});
