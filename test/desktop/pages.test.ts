import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayOpenOutside } from '../../src-main/system/lockdown';
import { answerPage, ORIGIN, pageFile } from '../../src-main/system/pages';
import { temporaryFolder } from './temporary';

const root = join(sep, 'opt', 'anteroom', 'renderer');

describe('addresses of the application scheme', () => {
  it('lead to files of the pages', () => {
    expect(pageFile(root, 'GET', `${ORIGIN}/desk.html`)).toEqual({ file: join(root, 'desk.html'), type: 'text/html; charset=utf-8' });
    expect(pageFile(root, 'GET', `${ORIGIN}/assets/a.woff2?v=1#x`)).toMatchObject({ file: join(root, 'assets', 'a.woff2') });
  });

  it.each([
    ['another method', 'POST', `${ORIGIN}/desk.html`, 405],
    ['another host', 'GET', 'app://other/desk.html', 403],
    ['another scheme', 'GET', 'file:///etc/passwd', 403],
    ['a climbing path', 'GET', `${ORIGIN}/..%2f..%2f..%2fetc%2fhosts.json`, 403],
    ['a backslash', 'GET', `${ORIGIN}/..%5c..%5cdesk.html`, 400],
    ['a zero byte', 'GET', `${ORIGIN}/desk.html%00.png`, 400],
    ['a broken escape', 'GET', `${ORIGIN}/%E0%A4.html`, 400],
    ['a kind of file that pages have none of', 'GET', `${ORIGIN}/replica.db`, 404],
    ['the folder itself', 'GET', `${ORIGIN}/`, 403],
  ])('refuse %s', (_case, method, address, status) => {
    expect(pageFile(root, method, address)).toEqual({ status });
  });

  it('never lead outside the folder, however they are written', () => {
    const piece = fc.constantFrom('..', '.', '%2e%2e', '%2E.', '%2f', '/', '//', 'assets', 'x.html', '\\', '%5c', '~', 'C:');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const answer = pageFile(root, 'GET', `${ORIGIN}/${pieces.join('')}`);
        if ('file' in answer) expect(answer.file.startsWith(root + sep)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('are answered with the policy that lets nothing else in', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'desk.html'), '<!doctype html>');
    const read = async (file: string) => new Uint8Array(readFileSync(file));
    const page = await answerPage(folder, { method: 'GET', url: `${ORIGIN}/desk.html` }, read);
    expect(page.status).toBe(200);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await answerPage(folder, { method: 'GET', url: `${ORIGIN}/monitor.html` }, read)).status).toBe(404);
    expect((await answerPage(folder, { method: 'PUT', url: `${ORIGIN}/desk.html` }, read)).status).toBe(405);
  });
});

describe('links that lead outside', () => {
  it('open for https addresses on the list', () => {
    expect(mayOpenOutside('https://github.com/anteroom/anteroom')).toBe(true);
  });

  it.each([
    'http://github.com/',
    'https://github.com.example.org/',
    'https://github.com@example.org/',
    'https://user:pass@github.com/',
    'https://github.com:8443/',
    'https://example.org/?https://github.com',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'app://anteroom/desk.html',
    'smb://github.com/share',
    'not an address',
  ])('stay closed for %s', (address) => {
    expect(mayOpenOutside(address)).toBe(false);
  });
});
