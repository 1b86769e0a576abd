import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseProblem } from '@shared/database/driver';
import { createSiteStore } from '@shared/database/siteStore';
import { expect, onTestFinished, test, vi } from 'vitest';
import { dataProblem, portProblem } from '../../server/problems';
import { startServer } from '../../server/startServer';
import { configFor, runServer, temporaryFolder } from './clinic';
import { addition, paired, rawDesk } from './rawDesk';

/** Runs as a user whom permissions bind; they do not bind an administrator. */
const unprivileged = async <T>(run: () => Promise<T>): Promise<T> => {
  if (process.geteuid?.() !== 0) return run();
  process.seteuid?.(65_534);
  try {
    return await run();
  } finally {
    process.seteuid?.(0);
  }
};

const readOnlyFolder = (): string => {
  const folder = join(temporaryFolder(), 'read-only');
  mkdirSync(folder);
  chmodSync(dirname(folder), 0o755);
  chmodSync(folder, 0o555);
  onTestFinished(() => chmodSync(folder, 0o755));
  return folder;
};

test('a read-only data folder is refused by name, with the fix', async () => {
  const folder = readOnlyFolder();
  await expect(unprivileged(() => startServer(configFor(folder)))).rejects.toMatchObject({
    code: 'data_not_writable',
    message: `The data folder ${folder} cannot be written to. Allow this user to write there, or choose another one with --data.`,
  });
});

test('a data folder that cannot be made in a read-only one is refused the same way', async () => {
  const folder = join(readOnlyFolder(), 'new');
  await expect(unprivileged(() => startServer(configFor(folder)))).rejects.toMatchObject({ code: 'data_not_writable' });
});

test('every failure of disk, database and port has a sentence that names the fix', () => {
  const system = (code: string) => Object.assign(new Error(`${code}: some system text`), { code });
  const sentences = [
    dataProblem(system('ENOSPC'), '/data'),
    dataProblem(system('EROFS'), '/data'),
    dataProblem(system('SQLITE_FULL'), '/data'),
    dataProblem(system('SQLITE_CORRUPT'), '/data'),
    dataProblem(new DatabaseProblem('read_only', 'x'), '/data'),
    dataProblem(new DatabaseProblem('busy', 'x'), '/data'),
    portProblem(system('EADDRINUSE'), 7420),
    portProblem(system('EACCES'), 80),
  ];
  expect(sentences.map(({ code }) => code)).toEqual([
    'disk_full',
    'data_not_writable',
    'disk_full',
    'database_corrupt',
    'data_not_writable',
    'data_in_use',
    'port_in_use',
    'port_not_allowed',
  ]);
  for (const { message } of sentences) expect(message).toMatch(/(\/data|Port \d+).*(--data|--port|Free some space|backup)/s);
});

test('settings that cannot be read are refused, naming file and field', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'settings.json'), '{"lan": "yes"}');
  await expect(startServer(configFor(folder))).rejects.toMatchObject({
    code: 'settings_invalid',
    message: expect.stringMatching(/settings\.json.*"lan"/),
  });
});

test('the network stays open after the first pairing code of a desk, over restarts', async () => {
  const dataDir = temporaryFolder();
  const server = await startServer(configFor(dataDir));
  expect(server.networkAddresses()).toEqual([]);
  const desk = await rawDesk(server, await paired(server, 'Desk 1'));
  await desk.socket.emitWithAck('pairingCode', { role: 'display' });
  const addresses = server.networkAddresses().map((address) => new URL(address).hostname);
  await server.close();
  const again = await runServer({ dataDir });
  expect(again.networkAddresses().map((address) => new URL(address).hostname)).toEqual(addresses);
});

test('a full disk: the push is refused for now, health says so, nothing is half there, and it goes through later', async () => {
  const dataDir = temporaryFolder();
  const server = await runServer({ dataDir });
  const desk = await rawDesk(server, await paired(server, 'Desk 1'));
  const database = await import('better-sqlite3');
  const run = vi.spyOn(database.default.prototype, 'exec').mockImplementation(() => {
    throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  });
  onTestFinished(() => run.mockRestore());
  const { head } = server.host;
  const added = addition(server, desk.letter, 1, 'Ana Lima');
  const push = {
    replicaId: desk.replicaId,
    commands: [
      { ...added, n: 1, id: '01a20a41-4bf3-7d96-91a2-a4692038c0b7', v: 1, baseSeq: 0, at: Date.now(), atErr: 0, actor: '', live: true },
    ],
  };
  expect(await desk.socket.emitWithAck('push', push)).toMatchObject({ ok: false, code: 'store_failed' });
  const health = await fetch(`${server.address}/health`);
  expect([health.status, await health.json()]).toEqual([503, expect.objectContaining({ status: 'failing', database: 'failing', head })]);
  expect([...server.host.state.rows('entries')]).toEqual([]);
  run.mockRestore();
  expect(await desk.socket.emitWithAck('push', push)).toEqual({ ok: true, appliedN: 1 });
  expect((await fetch(`${server.address}/health`)).status).toBe(200);
});

test('the log file has ids and codes, and neither names nor tickets’ addresses; only its owner reads it', async () => {
  const dataDir = temporaryFolder();
  const server = await startServer(configFor(dataDir));
  const credentials = await paired(server, 'Desk 1');
  const desk = await rawDesk(server, credentials);
  const added = addition(server, desk.letter, 1, 'Leonor Figueiredo');
  await desk.push(added);
  await desk.socket.emitWithAck('push', { replicaId: desk.replicaId, commands: [{ ...added, n: 'Leonor Figueiredo' }] });
  await fetch(`${server.address}/t/${added.args.link}`);
  await server.close();
  const file = join(dataDir, 'logs', 'server.log');
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(credentials.deviceId);
  expect(text).toContain('server stopped');
  for (const secret of ['Leonor', 'Figueiredo', added.args.link, credentials.token, added.args.notes]) expect(text).not.toContain(secret);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
});

test('tokens are kept as hashes alone', async () => {
  const dataDir = temporaryFolder();
  const server = await startServer(configFor(dataDir));
  const { token, deviceId } = await paired(server, 'Desk 1');
  await server.close();
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(join(dataDir, 'site.db'), { readonly: true });
  expect(createSiteStore(database).deviceSecret(deviceId)).toMatch(/^[0-9a-f]{64}$/);
  database.close();
  expect(readFileSync(join(dataDir, 'site.db')).includes(token)).toBe(false);
});
