import { expect, test } from 'vitest';
import type { ServerClock } from '../../server/config';
import { createPairingCodes } from '../../server/pairing/codes';
import { runServer } from './clinic';
import { next, openSocket, paired, pairOverHttp, rawDesk } from './rawDesk';

const MINUTE = 60_000;

/** A wall clock that a test moves. */
const movableClock = (): ServerClock & { move(milliseconds: number): void } => {
  let moved = 0;
  return {
    wall: () => Date.now() + moved,
    mono: () => performance.now() + moved,
    move: (milliseconds) => {
      moved += milliseconds;
    },
  };
};

const refusal = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  return (await answer.json()) as { status: number; code: string; detail: string; field?: string };
};

test('a code admits one device, with a letter of its own and a token of 256 bits', async () => {
  const server = await runServer();
  const { code } = server.issueCode('desk');
  expect(code).toMatch(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/);
  const first = await pairOverHttp(server.address, { code: code.toLowerCase().replace('-', ' '), deviceName: 'Desk 1', role: 'desk' });
  expect(first.status).toBe(200);
  expect(await first.json()).toEqual({
    siteId: server.host.state.site()?.id,
    siteName: 'Harbour Street Clinic',
    deviceId: expect.any(String),
    deviceName: 'Desk 1',
    letter: 'A',
    token: expect.stringMatching(/^[\w-]{43}$/),
  });
  const again = await refusal(await pairOverHttp(server.address, { code, deviceName: 'Desk 2', role: 'desk' }));
  expect(again).toMatchObject({ status: 403, code: 'code_used', field: 'code' });
  expect((await paired(server, 'Desk 2')).letter).toBe('B');
});

test('two machines that type one code at the same moment: one is admitted', async () => {
  const server = await runServer();
  const { code } = server.issueCode('desk');
  const answers = await Promise.all(
    ['Desk 1', 'Desk 2', 'Desk 3'].map((deviceName) => pairOverHttp(server.address, { code, deviceName, role: 'desk' })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403]);
  expect([...server.host.state.rows('devices')].filter(({ role, letter }) => role === 'desk' && letter !== '')).toHaveLength(1);
});

test('a code expires after ten minutes by the server’s clock', async () => {
  const clock = movableClock();
  const server = await runServer({}, clock);
  const early = server.issueCode('desk').code;
  clock.move(9.9 * MINUTE);
  expect((await pairOverHttp(server.address, { code: early, deviceName: 'Early', role: 'desk' })).status).toBe(200);
  const late = server.issueCode('desk').code;
  clock.move(10 * MINUTE);
  expect(await refusal(await pairOverHttp(server.address, { code: late, deviceName: 'Late', role: 'desk' }))).toMatchObject({
    code: 'code_expired',
    field: 'code',
  });
});

test('five wrong tries void the codes that are open, and no later one', async () => {
  const server = await runServer();
  const { code } = server.issueCode('desk');
  for (let tries = 0; tries < 5; tries += 1) {
    expect(await refusal(await pairOverHttp(server.address, { code: 'AAAA-AAAA', deviceName: 'Guesser', role: 'desk' }))).toMatchObject({
      code: 'code_unknown',
    });
  }
  expect(await refusal(await pairOverHttp(server.address, { code, deviceName: 'Desk 1', role: 'desk' }))).toMatchObject({
    code: 'code_void',
  });
  await paired(server, 'Desk 1');
});

test('four wrong tries leave a code usable', () => {
  const codes = createPairingCodes(
    () => 0,
    () => 0,
  );
  const { code } = codes.issue('desk');
  for (let tries = 0; tries < 4; tries += 1) codes.check('BBBBBBBB');
  expect(codes.check(code)).toEqual({ ok: true, role: 'desk' });
});

test.each([
  [{ code: '', deviceName: 'Desk 1', role: 'desk' }, 'code'],
  [{ code: 'AAAA-AAAA', deviceName: '   ', role: 'desk' }, 'deviceName'],
  [{ code: 'AAAA-AAAA', deviceName: 'x'.repeat(61), role: 'desk' }, 'deviceName'],
  [{ code: 'AAAA-AAAA', deviceName: 'Desk 1', role: 'admin' }, 'role'],
  [{ deviceName: 'Desk 1', role: 'desk' }, 'code'],
])('a request that cannot be read names its field: %j', async (body, field) => {
  const server = await runServer();
  const problem = await refusal(await pairOverHttp(server.address, body));
  expect(problem).toMatchObject({ status: 400, code: 'invalid', field });
  expect(problem.detail).toContain(field);
});

test('a name that another device has is refused with a free one, and the code stays usable', async () => {
  const server = await runServer();
  await paired(server, 'Reception');
  const { code } = server.issueCode('desk');
  const problem = await refusal(await pairOverHttp(server.address, { code, deviceName: 'reception ', role: 'desk' }));
  expect(problem).toMatchObject({ status: 409, code: 'name_taken', field: 'deviceName' });
  expect(problem.detail).toContain('reception 2');
  expect((await pairOverHttp(server.address, { code, deviceName: 'reception 2', role: 'desk' })).status).toBe(200);
});

test('a screen’s code makes no desk', async () => {
  const server = await runServer();
  const { code } = server.issueCode('display');
  expect(await refusal(await pairOverHttp(server.address, { code, deviceName: 'Desk 1', role: 'desk' }))).toMatchObject({
    code: 'code_for_other_role',
    field: 'code',
  });
  expect((await pairOverHttp(server.address, { code, deviceName: 'Screen', role: 'display' })).status).toBe(200);
});

test('the PC that the server runs on is admitted without a code, under a free name', async () => {
  const server = await runServer();
  const first = await server.admitLocal('Front desk', 'desk');
  const second = await server.admitLocal('Front desk', 'desk');
  expect([first, second].map((answer) => answer.ok && [answer.admission.deviceName, answer.admission.letter])).toEqual([
    ['Front desk', 'A'],
    ['Front desk 2', 'B'],
  ]);
});

test('a page of another origin cannot pair, with or without a code', async () => {
  const server = await runServer();
  const answer = await fetch(`${server.address}/api/pair`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://evil.example' },
    body: JSON.stringify({ code: server.issueCode('desk').code, deviceName: 'Desk 1', role: 'desk' }),
  });
  expect(await refusal(answer)).toMatchObject({ status: 403, code: 'origin_not_allowed' });
});

test('trying again and again from one address is slowed down', async () => {
  const server = await runServer();
  let last = 0;
  for (let tries = 0; tries < 21; tries += 1)
    ({ status: last } = await pairOverHttp(server.address, { code: 'AAAA-AAAA', deviceName: 'Guesser', role: 'desk' }));
  expect(last).toBe(429);
});

test.each([
  ['no token', () => ({})],
  ['a wrong token', ({ deviceId }: { deviceId: string }) => ({ deviceId, token: 'x'.repeat(43) })],
  ['another device’s id', ({ token }: { token: string }) => ({ deviceId: '01a20a41-4bf3-7d96-91a2-a4692038c0b7', token })],
  ['absurd credentials', () => ({ deviceId: { $ne: null }, token: ['x'] })],
])('S18: %s: the socket is refused and is sent nothing', async (_name, credentials) => {
  const server = await runServer();
  const socket = openSocket(server.address, credentials(await paired(server, 'Desk 1')));
  const heard: string[] = [];
  socket.onAny((name: string) => heard.push(name));
  const error = await next<Error & { data: unknown }>(socket, 'connect_error');
  expect(error.data).toEqual({ code: 'unauthenticated', text: expect.stringContaining('not paired') });
  expect(heard).toEqual([]);
});

test.each(['desk', 'display'] as const)('S18: a revoked %s is cut off at once and not let in again', async (role) => {
  const server = await runServer();
  const credentials = await paired(server, 'Leaving', role);
  const socket = role === 'desk' ? (await rawDesk(server, credentials)).socket : openSocket(server.address, credentials);
  if (role === 'display') await next(socket, 'monitor');
  const fatal = next(socket, 'fatal');
  const gone = next(socket, 'disconnect');
  const device = server.host.state.row('devices', credentials.deviceId);
  if (!device) throw new Error('the device was not stored');
  await server.host.command({ type: 'revokeDevice', args: { deviceId: device.id } }, 'manager');
  expect(await fatal).toMatchObject({ code: 'revoked' });
  await gone;
  const error = await next<Error & { data: { code: string } }>(openSocket(server.address, credentials), 'connect_error');
  expect(error.data.code).toBe('revoked');
});

test('a desk asks for a code over its socket; the role is checked', async () => {
  const server = await runServer();
  const { socket } = await rawDesk(server, await paired(server, 'Desk 1'));
  const answer = (await socket.emitWithAck('pairingCode', { role: 'desk' })) as {
    ok: true;
    data: { code: string; expiresAt: number; addresses: string[] };
  };
  expect(answer).toEqual({ ok: true, data: { code: expect.any(String), expiresAt: expect.any(Number), addresses: expect.any(Array) } });
  const [address] = answer.data.addresses;
  const admitted = await pairOverHttp(address ?? '', { code: answer.data.code, deviceName: 'Desk 2', role: 'desk' });
  expect(admitted.status).toBe(200);
  const second = await rawDesk({ address: address ?? '' }, (await admitted.json()) as Awaited<ReturnType<typeof paired>>);
  expect(second.seq()).toBe(server.host.head);
  expect(await socket.emitWithAck('pairingCode', { role: 'admin' })).toMatchObject({
    ok: false,
    error: { code: 'invalid', field: 'role' },
  });
});
