import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { buildServer, type Spawned, spawnServer } from './builtServer';
import { temporaryFolder } from './clinic';
import { addition, next, pairOverHttp, rawDesk } from './rawDesk';

let program = '';
beforeAll(async () => {
  program = await buildServer();
}, 120_000);
afterAll(() => rmSync(dirname(program), { recursive: true, force: true }));

const LINK = /(http:\/\/127\.0\.0\.1:\d+)\/desk#pair=([A-Z2-9-]{9})/;

/** What a program that must not start says: one sentence, exit code 1. */
const failure = async (server: Spawned): Promise<string> => {
  expect(await server.ended).toEqual({ code: 1, signal: null });
  expect(server.output.out).toBe('');
  expect(server.output.error.trimEnd().split('\n')).toHaveLength(1);
  expect(server.output.error).not.toMatch(/\n\s*at |Error:/);
  return server.output.error.trimEnd();
};

const pairedBy = async (server: Spawned, deviceName: string) => {
  const [, address = '', code = ''] = await server.printed(LINK);
  const answer = await pairOverHttp(address, { code, deviceName, role: 'desk' });
  return { address, credentials: (await answer.json()) as { deviceId: string; token: string; letter: string } };
};

test('it prints its address, a pairing link for desk and monitor, and its data file; Ctrl-C ends it with 0', async () => {
  const data = join(temporaryFolder(), 'new', 'folder');
  const server = spawnServer(program, ['--data', data, '--port', '0', '--name', 'Harbour Street Clinic']);
  const { address } = await pairedBy(server, 'Desk 1');
  await server.printed(/Ctrl-C/);
  expect(server.output.out).toContain(`“Harbour Street Clinic” at ${address}`);
  expect(server.output.out).toMatch(/\/monitor#pair=[A-Z2-9]{4}-[A-Z2-9]{4}\n/);
  expect(server.output.out).toContain(join(data, 'site.db'));
  server.child.kill('SIGINT');
  expect(await server.ended).toEqual({ code: 0, signal: null });
  expect(server.output.error).toBe('');
  await expect(fetch(`${address}/health`)).rejects.toThrow();
  // all of it is in the one file, readable by its owner alone
  expect(existsSync(join(data, 'site.db-wal'))).toBe(false);
  if (process.platform !== 'win32') expect(statSync(join(data, 'site.db')).mode & 0o077).toBe(0);
});

test('it stops gracefully with desks connected: they are told, and what they were answered stays', async () => {
  const data = temporaryFolder();
  const server = spawnServer(program, ['--data', data, '--port', '0']);
  const { address, credentials } = await pairedBy(server, 'Desk 1');
  const desk = await rawDesk({ address }, credentials);
  const gone = next(desk.socket, 'disconnect');
  server.child.kill('SIGTERM');
  await gone;
  expect(await server.ended).toEqual({ code: 0, signal: null });
});

test('S4: killed in mid-use, it starts with everything that it had answered, and the desk is still paired', async () => {
  const data = temporaryFolder();
  const first = spawnServer(program, ['--data', data, '--port', '0']);
  const { address, credentials } = await pairedBy(first, 'Desk 1');
  const desk = await rawDesk({ address }, credentials);
  const queueId = [...desk.rows].find(([key]) => key.startsWith('queues '))?.[0].slice('queues '.length);
  const clinic = { host: { state: { rows: () => [{ id: queueId }] } } } as never;
  const answered: number[] = [];
  let number = 0;
  const killed = (async () => {
    for (;;) {
      number += 1;
      const mine = number;
      const answer = await Promise.race([
        desk.push(addition(clinic, desk.letter, mine, `Patient ${mine}`)),
        next(desk.socket, 'disconnect'),
      ]);
      if (typeof answer === 'string') return;
      expect(answer).toMatchObject({ ok: true });
      answered.push(mine);
      if (mine === 25) first.child.kill('SIGKILL');
    }
  })();
  await killed;
  expect((await first.ended).signal).toBe('SIGKILL');
  const second = spawnServer(program, ['--data', data, '--port', '0']);
  const [, again = ''] = await second.printed(LINK);
  const { rows } = await rawDesk({ address: again }, credentials);
  const names = [...rows].filter(([key]) => key.startsWith('patients ')).map(([, row]) => (row as { name: string }).name);
  for (const mine of answered) expect(names.filter((name) => name === `Patient ${mine}`)).toHaveLength(1);
  expect(answered.length).toBeGreaterThanOrEqual(25);
});

test('a port in use is named, with the flag', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as { port: number };
  const said = await failure(spawnServer(program, ['--data', temporaryFolder(), '--port', String(port)]));
  expect(said).toContain(`Port ${port} is already in use`);
  expect(said).toContain('--port');
});

test('two servers never share a data folder; the second says whose it is', async () => {
  const data = temporaryFolder();
  const first = spawnServer(program, ['--data', data, '--port', '0']);
  await first.printed(LINK);
  expect(await failure(spawnServer(program, ['--data', data, '--port', '0']))).toContain(`already uses the data folder ${data}`);
  first.child.kill('SIGKILL');
  await first.ended;
  // no lock is left behind by a crash
  await spawnServer(program, ['--data', data, '--port', '0']).printed(LINK);
});

test('a data folder that is a file, and one that cannot be made, are named', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(await failure(spawnServer(program, ['--data', file, '--port', '0']))).toBe(
    `${file} is not a folder. Choose another data folder with --data.`,
  );
  const below = await failure(spawnServer(program, ['--data', join(file, 'below'), '--port', '0']));
  expect(below).toContain('--data');
});

test('a database of a newer version is refused with both versions, and left as it was', async () => {
  const data = temporaryFolder();
  const database = new Database(join(data, 'site.db'));
  database.exec('CREATE TABLE future (id)');
  database.pragma('user_version = 9000');
  database.close();
  const before = readFileSync(join(data, 'site.db'));
  const said = await failure(spawnServer(program, ['--data', data, '--port', '0']));
  expect(said).toContain('newer version of Anteroom (9000, this one knows');
  expect(said).toContain('install the newer version');
  expect(readFileSync(join(data, 'site.db')).equals(before)).toBe(true);
});

test('a damaged database is named and kept', async () => {
  const data = temporaryFolder();
  writeFileSync(join(data, 'site.db'), 'this was never a database, '.repeat(400));
  expect(await failure(spawnServer(program, ['--data', data, '--port', '0']))).toMatch(/is damaged\. Put back a backup/);
  expect(readFileSync(join(data, 'site.db'), 'utf8')).toContain('this was never a database');
});

test.each([
  [['--port', 'abc'], {}, '--port takes a whole number from 0 to 65535, such as 7420; it was “abc”.'],
  [['--port', '70000'], {}, '--port takes a whole number from 0 to 65535, such as 7420; it was “70000”.'],
  [['--zone', 'Mars/Base'], {}, '--zone takes a time zone such as Europe/Lisbon; it was “Mars/Base”.'],
  [['--name', ' '], {}, '--name takes a name of 1 to 120 characters; it was “ ”.'],
  [[], { ANTEROOM_PORT: 'x' }, 'ANTEROOM_PORT takes a whole number from 0 to 65535, such as 7420; it was “x”.'],
  [['--prot', '1'], {}, /^Unknown option '--prot'\. Use --data, --port/],
  [['--data'], {}, /--data.*argument missing\. Use --data/],
])('a wrong argument names the flag and what it takes: %j %j', async (args, environment, sentence) => {
  const said = await failure(spawnServer(program, args, environment));
  if (typeof sentence === 'string') expect(said).toBe(sentence);
  else expect(said).toMatch(sentence);
});

test('--help tells every flag', async () => {
  const server = spawnServer(program, ['--help']);
  expect((await server.ended).code).toBe(0);
  for (const flag of ['--data', '--port', '--name', '--zone', '--demo', '--lan']) expect(server.output.out).toContain(flag);
});
