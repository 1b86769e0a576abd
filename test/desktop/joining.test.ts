import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FailureError } from '../../src-main/ipc/gate';
import { joinServer, serverAddress } from '../../src-main/system/joining';

const paired = {
  siteId: '0190a000-0000-7000-8000-000000000002',
  siteName: 'North clinic',
  deviceId: '0190a000-0000-7000-8000-000000000001',
  deviceName: 'Desk 2',
  letter: 'B',
  token: 'a'.repeat(43),
};

const listening = async (answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> => {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const failureOf = (run: Promise<unknown>) =>
  run.then(
    () => {
      throw new Error('joined');
    },
    (error: unknown) => {
      expect(error).toBeInstanceOf(FailureError);
      return (error as FailureError).failure;
    },
  );

describe('the address that a person types', () => {
  it.each([
    ['192.168.1.20:7420', 'http://192.168.1.20:7420'],
    [' http://desk-1:7420/ ', 'http://desk-1:7420'],
    ['http://127.0.0.1:7420/desk#pair=ABCD-EFGH', 'http://127.0.0.1:7420'],
    ['https://queue.example.org', 'https://queue.example.org'],
    ['[::1]:7420', 'http://[::1]:7420'],
  ])('%s is the server %s', (typed, origin) => {
    expect(serverAddress(typed)).toBe(origin);
  });

  it.each(['', '   ', 'ftp://desk-1', 'http://', 'desk one:7420', '192.168.1.20:99999', 'javascript:alert(1)', `${'x'.repeat(500)}:port`])(
    '"%s" is refused on its field',
    (typed) => {
      expect(() => serverAddress(typed)).toThrow(FailureError);
    },
  );
});

describe('joining a clinic', () => {
  it('makes this PC the device that the server admitted', async () => {
    let asked: unknown;
    const address = await listening((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        asked = { method: request.method, url: request.url, body: JSON.parse(body) };
        response.setHeader('content-type', 'application/json').end(JSON.stringify(paired));
      });
    });
    expect(await joinServer(address, ' ABCD-EFGH ', 'Desk 2')).toEqual({ ...paired, address: `http://${address}`, embedded: false });
    expect(asked).toEqual({ method: 'POST', url: '/api/pair', body: { code: 'ABCD-EFGH', deviceName: 'Desk 2', role: 'desk' } });
  });

  it("tells the server's own refusal with its field", async () => {
    const address = await listening((_request, response) => {
      response.statusCode = 403;
      response.end(
        JSON.stringify({
          type: 'about:blank',
          title: 'Forbidden',
          status: 403,
          code: 'wrong_code',
          detail: 'This code was used.',
          field: 'code',
        }),
      );
    });
    expect(await failureOf(joinServer(address, 'ABCD-EFGH', 'Desk 2'))).toEqual({
      code: 'wrong_code',
      message: 'This code was used.',
      field: 'code',
    });
  });

  it.each([
    ['another web server', 200, '<html></html>'],
    ['an answer of another shape', 200, '{"ok":true}'],
    ['an error without words', 500, ''],
  ])('says that %s is no server of ours', async (_case, status, body) => {
    const address = await listening((_request, response) => {
      response.statusCode = status;
      response.end(body);
    });
    expect(await failureOf(joinServer(address, 'ABCD-EFGH', 'Desk 2'))).toMatchObject({ code: 'not_a_server', field: 'address' });
  });

  it('does not follow a redirect with the code', async () => {
    const address = await listening((_request, response) => {
      response.writeHead(307, { location: 'http://127.0.0.1:9/api/pair' }).end();
    });
    expect(await failureOf(joinServer(address, 'ABCD-EFGH', 'Desk 2'))).toMatchObject({ code: 'unreachable' });
  });

  it('says what to check when nobody answers', async () => {
    const free = await new Promise<number>((resolve) => {
      const probe = createServer().listen(0, '127.0.0.1', () => {
        const found = (probe.address() as AddressInfo).port;
        probe.close(() => resolve(found));
      });
    });
    expect(await failureOf(joinServer(`127.0.0.1:${free}`, 'ABCD-EFGH', 'Desk 2'))).toMatchObject({
      code: 'unreachable',
      field: 'address',
    });
  });
});
