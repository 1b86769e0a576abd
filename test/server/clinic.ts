import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { machineClock, type ServerClock, type ServerConfig } from '../../server/config';
import { type RunningServer, startServer } from '../../server/startServer';

/** A folder that goes when the test is over. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'anteroom-server-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

export const configFor = (dataDir: string, over: Partial<ServerConfig> = {}): ServerConfig => ({
  dataDir,
  port: 0,
  demo: false,
  lan: false,
  staticDir: join(dataDir, 'no-screens'),
  siteName: 'Harbour Street Clinic',
  zone: 'Europe/Lisbon',
  ...over,
});

/** A server on a free port and real files, closed when the test is over. */
export const runServer = async (over: Partial<ServerConfig> = {}, clock: ServerClock = machineClock): Promise<RunningServer> => {
  const server = await startServer(configFor(over.dataDir ?? temporaryFolder(), over), clock);
  onTestFinished(() => server.close());
  return server;
};
