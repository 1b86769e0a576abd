import type { Intent } from '@shared/domain/commands';
import { type MonitorView, monitorView } from '@shared/views/monitor';
import { expect, test } from 'vitest';
import type { RunningServer } from '../../server/startServer';
import { runServer } from './clinic';
import { addition, next, openSocket, paired, rawDesk, until } from './rawDesk';

const secrets = (added: ReturnType<typeof addition>): string[] => [
  added.args.patient.name,
  added.args.patient.phone ?? '',
  added.args.notes,
  added.args.link,
  added.args.entryId,
  added.args.patient.id,
];

const callOf = (server: RunningServer, entryId: string): Intent => {
  const entry = [...server.host.state.rows('entries')].find(({ id }) => id === entryId);
  const [room] = server.host.state.rows('servicePoints');
  if (!entry || !room) throw new Error('nobody to call');
  return { type: 'call', args: { entryId: entry.id, version: entry.version, servicePointId: room.id } };
};

test('S17: a screen gets the call and, in no byte of any message, a private field', async () => {
  const server = await runServer();
  const desk = await rawDesk(server, await paired(server, 'Desk 1'));
  const screen = openSocket(server.address, await paired(server, 'Waiting room', 'display'));
  const bytes: string[] = [];
  let view: MonitorView | null = null;
  screen.onAny((name: string, body: unknown) => {
    bytes.push(`${name} ${JSON.stringify(body)}`);
    if (name === 'monitor') view = monitorView.parse(body);
  });
  const added = addition(server, desk.letter, 7, 'Leonor Figueiredo');
  await desk.push(added);
  await desk.push(callOf(server, added.args.entryId));
  await until(screen, () => view?.calls.length === 1);
  screen.emit('monitorMissed', { from: 1, to: 1 });
  const missed = await next<{ calls: MonitorView['calls'] }>(screen, 'monitorMissed');
  expect(missed.calls).toEqual((view as unknown as MonitorView).calls);
  expect((view as unknown as MonitorView).calls[0]).toMatchObject({ number: 1, label: null, recall: false });
  expect((view as unknown as MonitorView).open).toHaveLength(1);
  for (const secret of secrets(added)) expect(bytes.join('\n')).not.toContain(secret);
  // shows that the search would see it
  expect([...desk.rows.values()].map((row) => JSON.stringify(row)).join('\n')).toContain('Leonor Figueiredo');
});

test('S17: a screen is never sent rows, whatever it asks for', async () => {
  const server = await runServer();
  const desk = await rawDesk(server, await paired(server, 'Desk 1'));
  const credentials = await paired(server, 'Waiting room', 'display');
  const screen = openSocket(server.address, credentials);
  const heard = new Set<string>();
  screen.onAny((name: string) => heard.add(name));
  await next(screen, 'monitor');
  screen.emit('hello', {
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
  screen.emit('pull', { fromSeq: 0 });
  screen.emit('push', { replicaId: credentials.deviceId, commands: [] });
  for (const body of [null, {}, { from: 0, to: 1 }, { from: 'x' }]) screen.emit('monitorMissed', body);
  await desk.push(addition(server, desk.letter, 1, 'Ana Lima'));
  await next(screen, 'monitor');
  await next(screen, 'heartbeat');
  expect([...heard].sort()).toEqual(['heartbeat', 'monitor']);
});
