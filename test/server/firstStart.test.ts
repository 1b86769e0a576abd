import { expect, test } from 'vitest';
import { startServer } from '../../server/startServer';
import { configFor, runServer, temporaryFolder } from './clinic';

test('an empty folder becomes a clinic with one queue and two rooms, in both languages, and nobody in it', async () => {
  const server = await runServer({ siteName: 'My clinic', zone: 'Asia/Dubai' });
  expect(server.started).toBe('founded');
  expect(server.host.state.site()).toMatchObject({ name: 'My clinic', zone: 'Asia/Dubai', languages: ['en', 'ar'], version: 1 });
  const named = (table: 'queues' | 'servicePoints') =>
    [...server.host.state.rows(table)].map(({ name, translations }) => [name, translations.ar]);
  expect(named('queues')).toEqual([['General consultation', 'الاستشارة العامة']]);
  expect(named('servicePoints')).toEqual([
    ['Room 1', 'غرفة 1'],
    ['Room 2', 'غرفة 2'],
  ]);
  for (const table of ['patients', 'entries', 'providers', 'appointments'] as const) expect([...server.host.state.rows(table)]).toEqual([]);
  // each of them is a command of the log
  expect(server.host.head).toBe(4);
});

test('the demonstration fills an empty folder with a morning under way, and leaves a clinic that is there alone', async () => {
  const dataDir = temporaryFolder();
  const first = await startServer(configFor(dataDir, { demo: true }));
  expect(first.started).toBe('demo_loaded');
  const statuses = new Set([...first.host.state.rows('entries')].map(({ status }) => status));
  for (const status of ['waiting', 'called', 'in_service', 'completed'] as const) expect(statuses).toContain(status);
  const { head } = first.host;
  await first.close();
  const second = await runServer({ dataDir, demo: true });
  expect([second.started, second.host.head]).toEqual(['demo_refused', head]);
});
