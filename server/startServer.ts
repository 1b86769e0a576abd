import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Device } from '@shared/domain/rows';
import type { LogReader } from '@shared/sync/serverEvents';
import { createServerSync } from '@shared/sync/serverSync';
import { uuidv7 } from 'uuidv7';
import { version } from '../package.json';
import { machineClock, type ServerClock, type ServerConfig } from './config';
import { prepareDataFolder } from './data/dataFolder';
import { lockData } from './data/dataLock';
import { readSettings, writeSettings } from './data/settings';
import { createHttpServer } from './http/httpServer';
import { createNetworkListeners } from './listeners';
import { createOpenConnections } from './openConnections';
import { createTimedQuery, type Logger, openLog, type TimedQuery } from './operations/log';
import type { PairingCode } from './pairing/codes';
import { createPairing, type PairAnswer } from './pairing/pairing';
import { dataProblem, portProblem } from './problems';
import { type FirstStartResult, firstStart } from './site/firstStart';
import { type OpenSite, openSite } from './site/openSite';
import { createSiteHost, type SiteHost } from './site/siteHost';
import { createSyncSockets, type PairingCodeAnswer } from './sockets/sockets';

/** The core's clock, slow readers and heartbeats are looked at twice a second; network addresses every 15 s. */
const TICK = 500;
const ADDRESS_CHECK = 15_000;

export interface RunningServer {
  /** The port that it listens on, also where 0 was asked for. */
  readonly port: number;
  /** This PC's own address. */
  readonly address: string;
  /** Addresses that other machines reach it at; empty until the network was opened. */
  networkAddresses(): string[];
  readonly siteName: string;
  readonly file: string;
  readonly started: FirstStartResult;
  /** For commands of the site itself: revocation, timers. */
  readonly host: SiteHost;
  /** Desks that are connected now. */
  deskCount(): number;
  issueCode(role: Device['role']): PairingCode;
  admitLocal(deviceName: string, role: Device['role']): Promise<PairAnswer>;
  /** Calls back with the number of connected desks whenever it changes: how many depend on this PC. */
  onDesks(listener: (count: number) => void): void;
  /** Stops listening, closes every socket, writes what was accepted, closes the database. */
  close(): Promise<void>;
}

/**
 * Starts the sync server of one clinic on its data folder.
 *
 * @throws ServerProblem with a sentence that names the fix; nothing is left open then.
 */
export const startServer = async (config: ServerConfig, clock: ServerClock = machineClock): Promise<RunningServer> => {
  const opened = openData(config, clock);
  try {
    return await serve(config, clock, opened);
  } catch (error) {
    opened.close();
    throw error;
  }
};

interface OpenedData {
  readonly site: OpenSite;
  readonly log: Logger;
  readonly timed: TimedQuery;
  close(): void;
}

/** Everything of the data folder, or nothing: what was opened before a failure is closed again. */
const openData = ({ dataDir }: ServerConfig, clock: ServerClock): OpenedData => {
  const opened: (() => void)[] = [];
  const close = () => {
    for (const shut of opened.splice(0).reverse()) shut();
  };
  try {
    prepareDataFolder(dataDir);
    const lock = lockData(dataDir);
    opened.push(() => lock.release());
    const log = openLog(dataDir);
    const timed = createTimedQuery(log, clock);
    const site = openSite(dataDir, log, timed);
    opened.push(() => site.close());
    return { site, log, timed, close };
  } catch (error) {
    close();
    throw dataProblem(error, dataDir);
  }
};

/** The log's look-ups, each timed under its name. */
const timedReader = (log: LogReader, timed: TimedQuery): LogReader => ({
  byNumber: (replicaId, n) => timed('log by number', () => log.byNumber(replicaId, n)),
  byCommandId: (commandId) => timed('log by command', () => log.byCommandId(commandId)),
  chainAt: (seq) => timed('log chain', () => log.chainAt(seq)),
  unseenOutcomes: (replicaId) => timed('log unseen outcomes', () => log.unseenOutcomes(replicaId)),
});

const serve = async (
  config: ServerConfig,
  clock: ServerClock,
  { site, log, timed, close: closeData }: OpenedData,
): Promise<RunningServer> => {
  const startedAt = clock.mono();
  const { store } = site;
  const reader = timedReader(store.log, timed);
  const core = createServerSync(site.loaded, reader, { newId: uuidv7, newSalt: () => randomBytes(16).toString('base64url') });
  const host = createSiteHost({ core, store, clock, log, timed });
  const started = await firstStart(host, config);
  const siteName = host.state.site()?.name ?? config.siteName;
  let settings = readSettings(config.dataDir);

  const pairing = createPairing({ host, store, timed });
  const desksListeners: ((count: number) => void)[] = [];
  const sockets = createSyncSockets({
    host,
    pairing,
    pairingCode: (role) => pairingCode(role),
    desksChanged: (count) => {
      for (const listener of desksListeners) listener(count);
    },
    log,
    mono: () => clock.mono(),
  });
  const publicUrl = () => host.state.site()?.publicUrl ?? null;
  const databaseOk = () => {
    try {
      return host.databaseOk && (host.head === 0 || reader.chainAt(host.head) !== undefined);
    } catch {
      return false;
    }
  };
  const app = await createHttpServer({
    health: { version, uptime: () => clock.mono() - startedAt, head: () => host.head, counts: () => sockets.counts(), databaseOk },
    pair: { pairing },
    screens: { staticDir: config.staticDir },
    ticket: { state: () => host.state, now: () => host.now(), head: () => host.head },
    publicUrl,
    log,
  });
  const connections = createOpenConnections();
  connections.track(app.server);
  sockets.attach(app.server);
  app.addHook('preClose', async () => sockets.close());

  try {
    await app.listen({ port: config.port, host: '127.0.0.1' });
  } catch (error) {
    await app.close();
    throw portProblem(error, config.port);
  }
  const { port } = app.server.address() as AddressInfo;
  const network = createNetworkListeners(
    port,
    {
      request: (request, response) => (sockets.handles(request) ? sockets.request(request, response) : app.routing(request, response)),
      upgrade: (request, socket, head) => (sockets.handles(request) ? sockets.upgrade(request, socket, head) : void socket.destroy()),
    },
    log,
    (server) => connections.track(server),
  );
  let lan = config.lan || settings.lan;
  if (lan) await network.refresh();

  /** Another machine is about to join: the server opens to the network, and stays open from the next start on. */
  const pairingCode = async (role: Device['role']): Promise<PairingCodeAnswer> => {
    lan = true;
    await network.refresh();
    rememberNetwork();
    const { code, expiresAt } = pairing.issueCode(role);
    const addresses = network.addresses();
    return { code, expiresAt, addresses: addresses.length > 0 ? addresses : [`http://127.0.0.1:${port}`] };
  };

  const rememberNetwork = (): void => {
    if (settings.lan) return;
    settings = { ...settings, lan: true };
    try {
      writeSettings(config.dataDir, settings);
    } catch (error) {
      // it is open now and asked for again at the next pairing
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'settings not written');
    }
  };

  const ticks = setInterval(() => {
    host.feed({ type: 'tick' });
    sockets.tick();
  }, TICK);
  const addressChecks = setInterval(() => {
    if (lan) void network.refresh();
  }, ADDRESS_CHECK);
  log.info({ port, version, epoch: host.epoch, head: host.head, started }, 'server started');

  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    clearInterval(ticks);
    clearInterval(addressChecks);
    await connections.closed(Promise.all([app.close(), network.close()]));
    host.flush();
    log.info({ head: host.head }, 'server stopped');
    closeData();
  };

  return {
    port,
    address: `http://127.0.0.1:${port}`,
    networkAddresses: () => network.addresses(),
    siteName,
    file: site.file,
    started,
    host,
    deskCount: () => sockets.counts().desks,
    issueCode: (role) => pairing.issueCode(role),
    admitLocal: (deviceName, role) => pairing.admitLocal(deviceName, role),
    onDesks: (listener) => void desksListeners.push(listener),
    close: () => (closing ??= close()),
  };
};
