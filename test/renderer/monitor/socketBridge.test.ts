// @vitest-environment happy-dom

import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MonitorEvent } from '@shared/views/monitorBridge';
import { Server } from 'socket.io';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeInAddress, forgetIdentity, keepIdentity, keptIdentity, pairScreen } from '@/monitor/bridge/identity';
import { createSocketBridge } from '@/monitor/bridge/socketBridge';
import { monitorCallAt } from './simulatedAudio';

const IDENTITY = { deviceId: 'd1', deviceName: 'Hall', token: 'secret' };
const NOW = Date.UTC(2026, 10, 24, 10, 42);
const VIEW = {
  now: NOW,
  site: { name: 'Clinic', translations: {} },
  zone: 'UTC',
  languages: ['en'],
  ticker: [],
  calls: [],
  open: [],
  queues: [],
  lastNumber: 0,
  source: 'run',
};

let http: HttpServer;
let io: Server;
let admits = true;
const stops: (() => void)[] = [];

beforeEach(async () => {
  admits = true;
  http = createServer();
  io = new Server(http, { path: '/sync', cors: { origin: '*' } });
  io.use((socket, next) => {
    const { token } = socket.handshake.auth as { token?: unknown };
    if (admits && token === IDENTITY.token) next();
    else next(Object.assign(new Error('refused'), { data: { code: 'revoked', text: 'This screen was removed.' } }));
  });
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve);
  });
  window.location.href = `http://127.0.0.1:${(http.address() as AddressInfo).port}/monitor`;
});

afterEach(async () => {
  for (const stop of stops.splice(0)) stop();
  await io.close();
});

/** Opens a bridge and gives the events as they come. */
const open = () => {
  const events: MonitorEvent[] = [];
  const waiting: { wanted: (event: MonitorEvent) => boolean; resolve: (event: MonitorEvent) => void }[] = [];
  let refused: (code: string) => void = () => undefined;
  const refusal = new Promise<string>((resolve) => {
    refused = resolve;
  });
  const bridge = createSocketBridge(IDENTITY, (code) => refused(code));
  stops.push(
    bridge.subscribe((event) => {
      events.push(event);
      for (const { wanted, resolve } of waiting) if (wanted(event)) resolve(event);
    }),
  );
  const next = (type: MonitorEvent['type']) =>
    new Promise<MonitorEvent>((resolve) => void waiting.push({ wanted: (event) => event.type === type, resolve }));
  return { bridge, events, next, refusal };
};

describe('a screen in a browser', () => {
  it('gets views, ticks and the calls that it missed over its socket', async () => {
    io.on('connection', (socket) => {
      socket.emit('monitor', { ...VIEW, patients: ['a leak does not pass'] });
      socket.emit('heartbeat', { wall: NOW, head: 3 });
      socket.emit('monitor', VIEW);
      socket.on('monitorMissed', ({ from, to }: { from: number; to: number }) =>
        socket.emit('monitorMissed', { calls: [monitorCallAt(from, NOW), monitorCallAt(to, NOW)] }),
      );
    });
    const { bridge, events, next } = open();
    await next('view');
    expect(events).toEqual([
      { type: 'tick', now: NOW },
      { type: 'view', view: VIEW },
    ]);
    const missed = next('missed');
    bridge.missed(4, 5);
    expect(await missed).toMatchObject({ type: 'missed', calls: [{ number: 4 }, { number: 5 }] });
  });

  it('connects again by itself when the server drops it', async () => {
    let connections = 0;
    io.on('connection', (socket) => {
      connections += 1;
      if (connections === 1) socket.disconnect(true);
      else socket.emit('monitor', VIEW);
    });
    await open().next('view');
    expect(connections).toBe(2);
  });

  it('S18: a screen that was removed is told so and asks no more', async () => {
    admits = false;
    expect(await open().refusal).toBe('revoked');
  });
});

describe('the identity of a screen', () => {
  const answer = (status: number, body: unknown) => async () => new Response(JSON.stringify(body), { status });

  it('comes from pairing with the code, and is kept', async () => {
    const asked: unknown[] = [];
    const paired = await pairScreen(
      async (input, init) => {
        asked.push(input, JSON.parse(String(init?.body)));
        return new Response(JSON.stringify({ ...IDENTITY, letter: '', siteId: 's', siteName: 'Clinic' }), { status: 200 });
      },
      'K7PM-2XQD',
      'Hall',
    );
    expect(asked).toEqual(['/api/pair', { code: 'K7PM-2XQD', deviceName: 'Hall', role: 'display' }]);
    expect(paired).toEqual({ ok: true, identity: IDENTITY });
    keepIdentity(localStorage, IDENTITY);
    expect(keptIdentity(localStorage)).toEqual(IDENTITY);
    forgetIdentity(localStorage);
    expect(keptIdentity(localStorage)).toBeNull();
  });

  it('says why the clinic refused, and what to do without a server', async () => {
    expect(
      await pairScreen(
        answer(403, { type: 'about:blank', title: 'x', status: 403, code: 'code_expired', detail: 'Too late.', field: 'code' }),
        'K',
        'H',
      ),
    ).toEqual({
      ok: false,
      refusal: { code: 'code_expired', message: 'Too late.', field: 'code' },
    });
    const dead = async () => {
      throw new TypeError('fetch failed');
    };
    expect(await pairScreen(dead, 'K', 'H')).toMatchObject({ ok: false, refusal: { code: 'server_unreachable' } });
    expect(await pairScreen(answer(200, { token: 5 }), 'K', 'H')).toMatchObject({ ok: false, refusal: { code: 'server_unreachable' } });
  });

  it('takes the code from the address', () => {
    expect([codeInAddress('#pair=K7PM-2XQD'), codeInAddress(''), codeInAddress('#other')]).toEqual(['K7PM-2XQD', '', '']);
  });
});
