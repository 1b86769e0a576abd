import { createServer } from 'node:http';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { createNetworkListeners } from '../../server/listeners';
import { createSlowReaderCheck } from '../../server/sockets/slowReaders';
import { runServer } from './clinic';
import { addition, next, openSocket, paired, rawDesk } from './rawDesk';

/** A free port, and whether loopback addresses beside 127.0.0.1 stand in for network cards. */
const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
};

const says = async (address: string): Promise<string> => (await fetch(address)).text();

test('the server follows the machine’s network addresses as they come and go', async () => {
  const port = await freePort();
  let addresses = ['127.0.0.2', '127.0.0.3'];
  const listeners = createNetworkListeners(
    port,
    { request: (_request, response) => response.end('here'), upgrade: (_request, socket) => socket.destroy() },
    pino({ level: 'silent' }),
    () => undefined,
    () => addresses,
  );
  onTestFinished(() => listeners.close());
  expect(listeners.addresses()).toEqual([]);
  await listeners.refresh();
  expect(listeners.addresses()).toEqual([`http://127.0.0.2:${port}`, `http://127.0.0.3:${port}`]);
  expect(await says(`http://127.0.0.3:${port}`)).toBe('here');
  addresses = ['127.0.0.3', '127.0.0.4'];
  await listeners.refresh();
  expect(listeners.addresses()).toEqual([`http://127.0.0.3:${port}`, `http://127.0.0.4:${port}`]);
  await expect(says(`http://127.0.0.2:${port}`)).rejects.toThrow();
  await listeners.close();
  await expect(says(`http://127.0.0.4:${port}`)).rejects.toThrow();
  await listeners.refresh();
  expect(listeners.addresses()).toEqual([]);
});

test('an address whose port is taken is left out; the others serve', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.2', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as { port: number };
  const listeners = createNetworkListeners(
    port,
    { request: (_request, response) => response.end('here'), upgrade: (_request, socket) => socket.destroy() },
    pino({ level: 'silent' }),
    () => undefined,
    () => ['127.0.0.2', '127.0.0.3'],
  );
  onTestFinished(() => listeners.close());
  await listeners.refresh();
  expect(listeners.addresses()).toEqual([`http://127.0.0.3:${port}`]);
});

const MB = 1024 * 1024;

test('S13: a reader is slow when megabytes wait and none of them leave', () => {
  const isSlow = createSlowReaderCheck();
  expect([isSlow('a', 10 * MB), isSlow('a', 8 * MB), isSlow('a', 8 * MB)]).toEqual([false, false, true]);
  expect([isSlow('b', 3 * MB), isSlow('b', 3 * MB)]).toEqual([false, false]);
  expect(isSlow('c', 65 * MB)).toBe(true);
  isSlow.forget('a');
  expect(isSlow('a', 8 * MB)).toBe(false);
});

test('S13: a desk that stops reading is dropped, and its memory with it', async () => {
  const server = await runServer();
  const desk = await rawDesk(server, await paired(server, 'Desk 1'));
  for (let batch = 0; batch < 2; batch += 1) {
    await desk.push(...Array.from({ length: 100 }, (_, index) => addition(server, desk.letter, 1 + batch * 100 + index, 'Ana Lima')));
  }
  const counts: number[] = [];
  const dropped = new Promise<void>((resolve) =>
    server.onDesks((count) => {
      counts.push(count);
      if (count === 0) resolve();
    }),
  );
  const { engine } = desk.socket.io as unknown as { engine: { transport: { ws: { pause(): void } } } };
  engine.transport.ws.pause();
  for (let pull = 0; pull < 100; pull += 1) desk.socket.emit('pull', { fromSeq: 0 });
  await dropped;
  expect(counts).toEqual([0]);
});

test('a server stops though a desk does not read its goodbye', async () => {
  const server = await runServer();
  const desk = await rawDesk(server, await paired(server, 'Desk 1'));
  const { engine } = desk.socket.io as unknown as { engine: { transport: { ws: { pause(): void } } } };
  engine.transport.ws.pause();
  await server.close();
  await expect(fetch(server.address)).rejects.toThrow();
});

test('health counts desks once each, and screens', async () => {
  const server = await runServer();
  const credentials = await paired(server, 'Desk 1');
  await rawDesk(server, credentials);
  await next(openSocket(server.address, credentials), 'connect');
  await next(openSocket(server.address, await paired(server, 'Screen', 'display')), 'monitor');
  expect(await (await fetch(`${server.address}/health`)).json()).toMatchObject({ desks: 1, displays: 1 });
});
