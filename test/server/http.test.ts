import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runServer, temporaryFolder } from './clinic';

/** A request as it stands: fetch would tidy the path and refuse the Host header. */
const raw = (
  address: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    request({ hostname, port, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => (body += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    })
      .on('error', reject)
      .end();
  });

/** Screens as the build leaves them, with a secret beside their folder. */
const builtScreens = (): string => {
  const folder = temporaryFolder();
  const staticDir = join(folder, 'renderer');
  mkdirSync(join(staticDir, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'the secret');
  writeFileSync(join(staticDir, '.env'), 'the secret');
  writeFileSync(join(staticDir, 'desk.html'), '<!doctype html><title>desk</title>');
  writeFileSync(join(staticDir, 'monitor.html'), '<!doctype html><title>monitor</title>');
  writeFileSync(join(staticDir, 'assets', 'desk-abc123.js'), 'export {};');
  return staticDir;
};

test('health tells numbers and nothing of the clinic', async () => {
  const server = await runServer();
  const answer = await fetch(`${server.address}/health`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    status: 'ok',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    uptimeSeconds: expect.any(Number),
    head: server.host.head,
    desks: 0,
    displays: 0,
    database: 'ok',
  });
});

test('desk, monitor and assets are served; pages are asked for again, assets kept', async () => {
  const server = await runServer({ staticDir: builtScreens() });
  const desk = await fetch(`${server.address}/desk`);
  expect([desk.status, desk.headers.get('cache-control'), await desk.text()]).toEqual([
    200,
    'no-cache',
    '<!doctype html><title>desk</title>',
  ]);
  expect(await (await fetch(`${server.address}/monitor`)).text()).toContain('monitor');
  const asset = await fetch(`${server.address}/assets/desk-abc123.js`);
  expect([asset.status, asset.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
  const root = await fetch(server.address, { redirect: 'manual' });
  expect([root.status, root.headers.get('location')]).toEqual([302, '/desk']);
});

test('without built screens the pages say so in words', async () => {
  const server = await runServer();
  const answer = await fetch(`${server.address}/desk`);
  expect([answer.status, await answer.json()]).toEqual([
    503,
    expect.objectContaining({ code: 'not_built', detail: expect.stringContaining('npm run build') }),
  ]);
});

test.each([
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/..%5c..%5csecret.txt',
  '//etc/passwd',
  '/.env',
  '/assets/%00',
  '/%',
])('no path leaves the screens’ folder: %s', async (path) => {
  const server = await runServer({ staticDir: builtScreens() });
  const answer = await raw(server.address, path);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.body).not.toContain('secret');
  expect(answer.body).not.toContain('root:');
});

test.each(['/desk', '/health', '/t/unknown', '/t/ticket.js', '/nothing', '/api/pair', '/assets/desk-abc123.js'])(
  '%s carries the strict policy',
  async (path) => {
    const server = await runServer({ staticDir: builtScreens() });
    const { headers } = await fetch(`${server.address}${path}`);
    const policy = headers.get('content-security-policy')?.split(';') ?? [];
    for (const directive of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "img-src 'self' data:",
      "frame-ancestors 'none'",
    ]) {
      expect(policy).toContain(directive);
    }
    expect(policy.join()).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  },
);

test.each(['evil.example', 'evil.example:7420', '127.0.0.1.evil.example', 'localhost@evil.example', 'local host', '[::1', '192.0.2.77'])(
  'a name that is not this machine’s is refused (DNS rebinding): “%s”',
  async (host) => {
    const server = await runServer();
    for (const path of ['/health', '/desk', '/sync/?EIO=4&transport=polling']) {
      const answer = await raw(server.address, path, { host });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.body).not.toContain('"sid"');
      expect(answer.body).not.toContain('database');
    }
  },
);

test.each(['localhost', 'LOCALHOST:1', '127.0.0.1', '127.8.8.8:80', '[::1]:80'])(
  'this machine’s own name is answered: %s',
  async (host) => {
    const server = await runServer();
    expect((await raw(server.address, '/health', { host })).status).toBe(200);
  },
);

test('errors are problems in JSON, never a stack', async () => {
  const server = await runServer();
  const json = { 'content-type': 'application/json' };
  const cases: [RequestInit & { path: string }, number, string][] = [
    [{ path: '/nothing' }, 404, 'not_found'],
    [{ path: '/api/pair', method: 'POST', headers: json, body: '{' }, 400, 'bad_request'],
    [{ path: '/api/pair', method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' }, 415, 'not_json'],
    [{ path: '/api/pair', method: 'POST', headers: json, body: JSON.stringify({ code: 'x'.repeat(70_000) }) }, 413, 'too_large'],
    [{ path: '/api/pair', method: 'DELETE' }, 404, 'not_found'],
    [{ path: `/t/${'x'.repeat(300)}/state` }, 414, 'bad_request'],
    [{ path: '/desk/%' }, 400, 'bad_request'],
  ];
  for (const [{ path, ...init }, status, code] of cases) {
    const answer = await fetch(`${server.address}${path}`, init);
    const body = await answer.text();
    expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, status, 'application/problem+json; charset=utf-8']);
    expect(JSON.parse(body)).toMatchObject({ type: 'about:blank', status, code, title: expect.any(String), detail: expect.any(String) });
    expect(body).not.toMatch(/\n\s*at |\\n\s*at |node_modules|\.ts|\.cjs/);
  }
});
