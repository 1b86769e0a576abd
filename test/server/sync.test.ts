import { TABLES } from '@shared/domain/rows';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../server/startServer';
import { configFor, runServer, temporaryFolder } from './clinic';
import { addition, next, openSocket, paired, rawDesk, until } from './rawDesk';

test('S1: two desks that add at the same time hold the same rows as the server', async () => {
  const server = await runServer();
  const one = await rawDesk(server, await paired(server, 'Desk 1'));
  const two = await rawDesk(server, await paired(server, 'Desk 2'));
  const names = Array.from({ length: 20 }, (_, index) => index + 1);
  const answers = await Promise.all(
    names.flatMap((number) =>
      [one, two].map((desk) => desk.push(addition(server, desk.letter, number, `Patient ${desk.letter}${number}`))),
    ),
  );
  expect(answers.filter(({ ok }) => !ok)).toEqual([]);
  await Promise.all([one, two].map((desk) => until(desk.socket, () => desk.seq() === server.host.head)));
  expect([...server.host.state.rows('entries')]).toHaveLength(40);
  for (const desk of [one, two]) {
    for (const table of ['entries', 'patients', 'visits', 'transitions', 'devices', 'queues'] as const) {
      const rows = [...desk.rows].filter(([key]) => key.startsWith(`${table} `)).map(([, row]) => row);
      const byId = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
      expect(rows.sort(byId)).toEqual([...server.host.state.rows(table)].sort(byId));
    }
  }
});

test('S5: a push that comes twice is applied once', async () => {
  const server = await runServer();
  const desk = await rawDesk(server, await paired(server, 'Desk 1'));
  const command = {
    ...addition(server, desk.letter, 1, 'Ana Lima'),
    n: 1,
    id: '01a20a41-4bf3-7d96-91a2-a4692038c0b7',
    v: 1,
    baseSeq: 0,
    at: Date.now(),
    atErr: 0,
    actor: '',
    live: true,
  };
  const push = { replicaId: desk.replicaId, commands: [command] };
  expect(await desk.socket.emitWithAck('push', push)).toEqual({ ok: true, appliedN: 1 });
  const { head } = server.host;
  expect(await desk.socket.emitWithAck('push', push)).toEqual({ ok: true, appliedN: 1 });
  expect(server.host.head).toBe(head);
});

const allRows = (server: RunningServer) =>
  Object.fromEntries(TABLES.map((table) => [table, [...server.host.state.rows(table)].sort((a, b) => (a.id < b.id ? -1 : 1))]));

test('S4: what was answered is on disk: a server started on the same folder has it, under the same history', async () => {
  const dataDir = temporaryFolder();
  const before = await startServer(configFor(dataDir));
  const credentials = await paired(before, 'Desk 1');
  const desk = await rawDesk(before, credentials);
  await desk.push(addition(before, desk.letter, 1, 'Ana Lima'));
  const { head, epoch } = before.host;
  const rows = allRows(before);
  await before.close();
  const after = await runServer({ dataDir, demo: true });
  expect(after.started).toBe('demo_refused');
  expect({ head: after.host.head, epoch: after.host.epoch }).toEqual({ head, epoch });
  expect(allRows(after)).toEqual(rows);
  expect([...after.host.state.rows('patients')].map(({ name }) => name)).toEqual(['Ana Lima']);
  const again = await rawDesk(after, credentials);
  expect([...again.rows.keys()].filter((key) => key.startsWith('entries '))).toHaveLength(1);
});

const EVENTS = [
  'hello',
  'push',
  'pull',
  'outcomesSeen',
  'ping',
  'pairingCode',
  'monitorMissed',
  'delta',
  'constructor',
  '__proto__',
] as const;

test('S13: malformed bodies of every message crash nothing, and a push is answered with a code', async () => {
  const server = await runServer();
  const credentials = await paired(server, 'Desk 1');
  const desk = await rawDesk(server, credentials);
  const bodies = [
    undefined,
    null,
    0,
    'x',
    [],
    {},
    { replicaId: desk.replicaId },
    { replicaId: desk.replicaId, commands: [{}] },
    { commands: 'x'.repeat(10_000) },
    { fromSeq: -1 },
    { upToN: 1e99 },
  ];
  for (const body of bodies)
    expect(await desk.socket.emitWithAck('push', body)).toEqual({ ok: false, code: 'malformed', text: expect.any(String) });
  const { head } = server.host;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...EVENTS), fc.jsonValue({ maxDepth: 3 }), async (name, body) => {
      const socket = openSocket(server.address, credentials);
      await next(socket, 'connect');
      socket.emit(name, body);
      // answered or not, the same socket still works unless the core closed it for a hello that cannot be read
      const alive = await Promise.race([socket.emitWithAck('ping', { wall: 1 }), next(socket, 'disconnect')]);
      expect(alive).toSatisfy((answer) => typeof answer === 'string' || typeof (answer as { wall: unknown }).wall === 'number');
      socket.close();
    }),
    { numRuns: 150 },
  );
  expect(server.host.head).toBe(head);
  const other = await rawDesk(server, credentials);
  expect(await other.push(addition(server, other.letter, 1, 'Ana Lima'))).toEqual({ ok: true, appliedN: 1 });
});

test('S13: a message over 1 MB closes the socket that sent it and no other', async () => {
  const server = await runServer();
  const credentials = await paired(server, 'Desk 1');
  const other = await rawDesk(server, await paired(server, 'Desk 2'));
  const socket = openSocket(server.address, credentials);
  await next(socket, 'connect');
  const gone = next<string>(socket, 'disconnect');
  socket.emit('push', { replicaId: 'x'.repeat(2_000_000), commands: [] });
  expect(await gone).toMatch(/transport/);
  expect(await other.push(addition(server, other.letter, 1, 'Ana Lima'))).toMatchObject({ ok: true });
});

test('S12: a socket that collects messages without an answer is closed', async () => {
  const server = await runServer();
  const { socket } = await rawDesk(server, await paired(server, 'Desk 1'));
  const gone = next<string>(socket, 'disconnect');
  for (let index = 0; index < 70; index += 1) socket.emit('no such message', {}, () => undefined);
  expect(await gone).toBe('io server disconnect');
});

test('S16: a desk is heard from every two seconds, and WebSocket may be blocked', async () => {
  const server = await runServer();
  const credentials = await paired(server, 'Desk 1');
  const socket = openSocket(server.address, credentials, { transports: ['polling'] });
  await next(socket, 'connect');
  const welcomed = next(socket, 'welcome');
  const beat = next<{ wall: number; head: number }>(socket, 'heartbeat');
  socket.emit('hello', {
    proto: 1,
    app: '0.1.0',
    deviceId: credentials.deviceId,
    replicaId: credentials.deviceId,
    cursor: null,
    lastN: 0,
    pending: 0,
    wall: 0,
    role: 'desk',
  });
  await welcomed;
  expect(await beat).toEqual({ wall: expect.any(Number), head: server.host.head });
});

test('a page of another origin gets no socket, even with a token', async () => {
  const server = await runServer();
  const credentials = await paired(server, 'Desk 1');
  const socket = openSocket(server.address, credentials, { extraHeaders: { origin: 'http://evil.example' } });
  await next(socket, 'connect_error');
  expect(socket.connected).toBe(false);
});
