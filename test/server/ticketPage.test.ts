import { gzipSync } from 'node:zlib';
import type { Intent } from '@shared/domain/commands';
import { expect, test } from 'vitest';
import type { TicketUpdate } from '../../server/http/ticket/page';
import type { RunningServer } from '../../server/startServer';
import { runServer } from './clinic';
import { addition, paired, type RawDesk, rawDesk } from './rawDesk';

/** A clinic in which one patient waits, with a name that would break a page that forgets to escape. */
const clinicWithPatient = async () => {
  const server = await runServer({ siteName: 'Harbour <b>Street</b> & Sons' });
  const desk = await rawDesk(server, await paired(server, 'Desk 1'));
  const added = addition(server, desk.letter, 14, 'Leonor "<script>" Figueiredo');
  await desk.push(added);
  return { server, desk, added, page: `${server.address}/t/${added.args.link}` };
};

const step = (
  server: RunningServer,
  desk: RawDesk,
  entryId: string,
  make: (entry: { id: never; version: number }, room: never) => Intent,
) => {
  const entry = [...server.host.state.rows('entries')].find(({ id }) => id === entryId);
  const [room] = server.host.state.rows('servicePoints');
  return desk.push(make(entry as never, room?.id as never));
};

const updateOf = async (page: string, language = 'en') => (await (await fetch(`${page}/state?lang=${language}`)).json()) as TicketUpdate;

test('the page tells ticket, queue and place, and has no name, number or id of the patient in it', async () => {
  const { added, page, server } = await clinicWithPatient();
  const answer = await fetch(page);
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
    200,
    'text/html; charset=utf-8',
    'no-store',
  ]);
  const text = await answer.text();
  expect(text).toContain('A-A14');
  expect(text).toContain('General consultation');
  expect(text).toContain('You are next');
  expect(text).toContain('Harbour &lt;b&gt;Street&lt;/b&gt; &amp; Sons');
  const said = text + JSON.stringify(await updateOf(page));
  const { patient, notes, entryId, visitId } = added.args;
  for (const secret of ['Leonor', 'Figueiredo', patient.phone ?? '', notes, entryId, visitId, patient.id])
    expect(said).not.toContain(secret);
  expect([...server.host.state.rows('patients')][0]?.name).toContain('Leonor');
});

test('page, style and script together weigh at most 40 KB, and nothing in the page is inline', async () => {
  const { page, server } = await clinicWithPatient();
  const parts = await Promise.all(
    [page, `${server.address}/t/ticket.css`, `${server.address}/t/ticket.js`].map(async (address) => (await fetch(address)).text()),
  );
  expect(parts.reduce((sum, part) => sum + gzipSync(part).length, 0)).toBeLessThanOrEqual(40 * 1024);
  expect(parts.map((part) => part.length > 1_000)).toEqual([true, true, true]);
  expect(parts[0]).not.toMatch(/ style=|<style| on[a-z]+=|<script(?![^>]* src=)/);
  expect(() => new Function(parts[2] ?? '')).not.toThrow();
});

test('the language is the switch’s, else the browser’s, and Arabic runs from right to left', async () => {
  const { page } = await clinicWithPatient();
  const withHeader = async (header: string, query = '') =>
    (await fetch(`${page}${query}`, { headers: { 'accept-language': header } })).text();
  expect(await withHeader('ar-EG,ar;q=0.9,en;q=0.5')).toContain('<html lang="ar" dir="rtl">');
  expect(await withHeader('de-DE,en;q=0.5')).toContain('<html lang="en" dir="ltr">');
  expect(await withHeader('fr')).toContain('<html lang="en" dir="ltr">');
  const arabic = await withHeader('en', '?lang=ar');
  expect(arabic).toContain('<html lang="ar" dir="rtl">');
  expect(arabic).toContain('الاستشارة العامة');
  expect(arabic).toContain('<a href="?lang=en" lang="en" dir="ltr">English</a>');
  expect(await withHeader('en', '?lang=<script>')).toContain('<html lang="en"');
});

test('it follows the patient’s way: waiting, called with the room, in service, ended; each change has a key', async () => {
  const { server, desk, added, page } = await clinicWithPatient();
  const { entryId } = added.args;
  const waiting = await updateOf(page);
  expect(waiting).toMatchObject({ state: 'waiting', title: 'Ticket A-A14', stale: expect.stringMatching(/^Last known .?\d\d:\d\d/) });
  await step(server, desk, entryId, (entry, servicePointId) => ({
    type: 'call',
    args: { entryId: entry.id, version: entry.version, servicePointId },
  }));
  const called = await updateOf(page);
  expect(called.state).toBe('called');
  expect(called.main).toContain('You are called');
  expect(called.main).toContain('Room 1');
  await step(server, desk, entryId, (entry, servicePointId) => ({ type: 'startService', args: { entryId: entry.id, servicePointId } }));
  const served = await updateOf(page);
  await step(server, desk, entryId, (entry) => ({ type: 'complete', args: { entryId: entry.id } }));
  const ended = await updateOf(page, 'ar');
  expect([served.state, ended.state]).toEqual(['in_service', 'ended']);
  expect(ended.main).toContain('شكرًا لزيارتكم');
  expect(new Set([waiting, called, served, ended].map(({ key }) => key)).size).toBe(4);
});

test('an entry on hold keeps its page', async () => {
  const { server, desk, added, page } = await clinicWithPatient();
  await step(server, desk, added.args.entryId, (entry) => ({
    type: 'hold',
    args: { entryId: entry.id, version: entry.version, reason: 'blood test' },
  }));
  const update = await updateOf(page);
  expect(update).toMatchObject({ state: 'on_hold' });
  expect(update.main).toContain('Your place is kept');
  expect(update.main).not.toContain('blood test');
});

test.each(['/t/AAAAAAAAAAAAAAAAAAAAAA', '/t/%3Cscript%3E'])('an address that no ticket has is a page in words: %s', async (path) => {
  const { server } = await clinicWithPatient();
  const answer = await fetch(`${server.address}${path}`, { headers: { 'accept-language': 'ar' } });
  const text = await answer.text();
  expect(answer.status).toBe(404);
  expect(text).not.toContain('<script>');
  expect(text).toContain('هذه التذكرة غير معروفة');
});
