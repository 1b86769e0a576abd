import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { runEmbedded, type ToMain } from '../../server/embedded';
import { configFor, temporaryFolder } from './clinic';
import { next, openSocket } from './rawDesk';

/** The desktop's main process at the other end of the utility process's port. */
const mainProcess = () => {
  const toServer = new EventEmitter();
  const fromServer = new EventEmitter();
  let exitCode: number | null = null;
  runEmbedded(
    {
      on: (event, listener) => toServer.on(event, listener),
      postMessage: (message) => void (fromServer.emit('message', message), fromServer.emit(message.type, message)),
    },
    (code) => (exitCode = code),
  );
  const told = async (event = 'message'): Promise<ToMain> => ((await once(fromServer, event)) as [ToMain])[0];
  const ask = (data: unknown, event = 'message'): Promise<ToMain> => {
    const answered = told(event);
    toServer.emit('message', { data });
    return answered;
  };
  onTestFinished(async () => {
    if (exitCode === null) await ask({ type: 'stop' }, 'stopped');
  });
  return { ask, told, exitCode: () => exitCode };
};

test('started, it admits the PC’s own desk without a code, and stops when asked', async () => {
  const main = mainProcess();
  const ready = await main.ask({ type: 'start', config: configFor(temporaryFolder()) });
  expect(ready).toEqual({
    type: 'ready',
    port: expect.any(Number),
    addresses: [expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/)],
    siteName: 'Harbour Street Clinic',
  });
  const admitted = await main.ask({ type: 'admit', deviceName: 'Front desk', role: 'desk' });
  expect(admitted).toMatchObject({ type: 'admitted', deviceName: 'Front desk', letter: 'A', siteName: 'Harbour Street Clinic' });
  if (ready.type !== 'ready' || admitted.type !== 'admitted') throw new Error('not started');
  const counted = main.told();
  await next(openSocket(ready.addresses[0] ?? '', { deviceId: admitted.deviceId, token: admitted.token }), 'connect');
  expect(await counted).toEqual({ type: 'desks', count: 1 });
  const left = main.told();
  expect(await main.ask({ type: 'stop' }, 'stopped')).toEqual({ type: 'stopped' });
  expect(await left).toEqual({ type: 'desks', count: 0 });
  expect(main.exitCode()).toBe(0);
});

test('a port in use is a problem with a code, and another start may follow', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as { port: number };
  const main = mainProcess();
  const config = configFor(temporaryFolder());
  expect(await main.ask({ type: 'start', config: { ...config, port } })).toEqual({
    type: 'problem',
    failure: { code: 'port_in_use', message: expect.stringContaining(`Port ${port} is already in use`) },
  });
  expect(await main.ask({ type: 'start', config })).toMatchObject({ type: 'ready' });
  expect(await main.ask({ type: 'start', config })).toMatchObject({ type: 'problem', failure: { code: 'already_started' } });
});

test.each([
  [{ type: 'start', config: { port: -1 } }, /^config\./],
  [{ type: 'admit', deviceName: '', role: 'desk' }, /^deviceName$/],
  [{ type: 'format the disk' }, /^type$/],
  [null, /^$/],
])('a message that is not understood names its field: %j', async (message, field) => {
  const main = mainProcess();
  expect(await main.ask(message)).toEqual({
    type: 'problem',
    failure: { code: 'invalid', message: expect.any(String), field: expect.stringMatching(field) },
  });
});

test('a question before the start is answered, not dropped', async () => {
  expect(await mainProcess().ask({ type: 'admit', deviceName: 'Desk', role: 'desk' })).toMatchObject({
    type: 'problem',
    failure: { code: 'not_started' },
  });
});
