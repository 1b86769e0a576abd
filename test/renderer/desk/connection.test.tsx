// @vitest-environment happy-dom
import './screenEnvironment';
import type { Instant } from '@shared/domain/time';
import { translator } from '@shared/i18n/translate';
import type { ConnectionView } from '@shared/views/desk';
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { connectionText } from '@/desk/connectionText';
import { openDesk, outside, TEN } from './deskOnCore';

const at = (minutes: number) => (TEN + minutes * 60_000) as Instant;
const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, '');

it.each<[ConnectionView, string, string]>([
  [{ state: 'online', pending: 0, lastSync: at(2) }, 'Online · all sent', 'متصل · أُرسل كل شيء'],
  [{ state: 'online', pending: 3, lastSync: at(2) }, 'Sending 3', 'يُرسل 3'],
  [{ state: 'connecting', pending: 0, lastSync: null }, 'Connecting…', 'جارٍ الاتصال…'],
  [{ state: 'connecting', pending: 2, lastSync: null }, 'Connecting… · 2 changes waiting', 'جارٍ الاتصال… · تغييران ينتظران'],
  [
    { state: 'offline', pending: 12, lastSync: at(2), since: at(2) },
    'Offline · 12 changes waiting · last sync 10:02',
    'غير متصل · 12 تغييرًا تنتظر · آخر مزامنة 10:02',
  ],
  [{ state: 'offline', pending: 1, lastSync: null, since: null }, 'Offline · 1 change waiting', 'غير متصل · تغيير واحد ينتظر'],
  [
    { state: 'offline', pending: 0, lastSync: at(2), since: at(2) },
    'Offline · nothing waiting · last sync 10:02',
    'غير متصل · لا شيء ينتظر · آخر مزامنة 10:02',
  ],
  [{ state: 'needs_help', pending: 4, lastSync: at(2), code: 'revoked', text: 'x' }, 'Needs help', 'يحتاج إلى مساعدة'],
])('says honestly %o', (connection, english, arabic) => {
  expect(plain(connectionText(connection, 'UTC', 'en', translator('en')))).toBe(english);
  expect(plain(connectionText(connection, 'UTC', 'ar', translator('ar')))).toBe(arabic);
});

it('the pill opens the changes that wait, which can be exported', async () => {
  const { bridge, user } = await openDesk(['Ana Sol', 'Bo Lind'], (opened) => {
    opened.alter = (view) => ({
      ...view,
      connection: { state: 'offline', pending: view.waitingChanges.length, lastSync: TEN, since: TEN },
    });
  });
  expect(screen.getByText(/No server since/).textContent).toContain('10:00');
  await user.click(screen.getByRole('button', { name: /Offline · 2 changes waiting · last sync 10:00/ }));
  const dialog = await screen.findByRole('dialog', { name: 'Changes that wait for the server' });
  expect(
    within(dialog)
      .getAllByRole('listitem')
      .map((item) => item.textContent),
  ).toEqual([expect.stringContaining('Ana Sol'), expect.stringContaining('Bo Lind')]);
  await user.click(within(dialog).getByRole('button', { name: 'Export as a file' }));
  expect(bridge.asked.at(-1)?.name).toBe('exportOutbox');
});

it('an entry that is not sent yet says so in its row', async () => {
  const { bridge } = await openDesk(['Ana Sol']);
  await outside(() => bridge.publish());
  expect(within(screen.getByRole('row', { name: /Ana Sol/ })).getByText('not sent yet')).toBeTruthy();
});

it.each([
  ['newer_version', 'The data was written by a newer version of Anteroom. Install that version or a later one.'],
  ['read_only', 'The data folder is read-only. Give this program the right to write there, then start it again.'],
  [
    'disk_full',
    'The disk is full, so nothing more can be recorded here. Free some space, then try again; nothing recorded so far is lost.',
  ],
  ['corrupt', 'The data file cannot be read. Keep it as it is and restore the last backup.'],
])('the problem %s is a sentence with the fix, and a way to try again', async (code, sentence) => {
  const { bridge } = await openDesk();
  await outside(() => bridge.tell({ type: 'problem', problem: { code, message: 'in English' } }));
  expect(screen.getByRole('alert').textContent).toBe(sentence);
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
});

it('a desk that is not paired asks for the code, and says under the field what is wrong with it', async () => {
  const { bridge, user } = await openDesk();
  await outside(() => bridge.tell({ type: 'problem', problem: { code: 'not_paired', message: 'x' } }));
  await user.type(screen.getByRole('textbox', { name: 'Address of the server' }), '192.168.1.20:7420');
  await user.type(screen.getByRole('textbox', { name: 'Code' }), 'nope');
  await user.click(screen.getByRole('button', { name: 'Join' }));
  expect(screen.getByText('A code has eight letters and digits, such as K7PM-3XWD.')).toBeTruthy();
  expect(bridge.asked.some(({ name }) => name === 'joinClinic')).toBe(false);
  await user.clear(screen.getByRole('textbox', { name: 'Code' }));
  await user.type(screen.getByRole('textbox', { name: 'Code' }), 'K7PM-3XWD');
  await user.click(screen.getByRole('button', { name: 'Join' }));
  expect(await screen.findByText(/This code is not right/)).toBeTruthy();
  expect(screen.getByRole('textbox', { name: 'Code' }).getAttribute('aria-invalid')).toBe('true');
});
