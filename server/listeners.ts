import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { networkAddresses } from './http/ownNames';
import type { Logger } from './operations/log';

export interface RequestHandlers {
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** The server on this machine's network addresses, beside loopback: opened when somebody is about to join. */
export interface NetworkListeners {
  /** Listens on every address of the machine that it has now and does not listen on yet; leaves those that are gone. */
  refresh(): Promise<void>;
  /** Base addresses that answer, such as `http://192.168.1.20:7420`. */
  addresses(): string[];
  close(): Promise<void>;
}

const listen = (server: Server, address: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      server.off('error', reject);
      resolve();
    });
  });

const shut = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** `opened` is told every listener that is made. */
export const createNetworkListeners = (
  port: number,
  handlers: RequestHandlers,
  log: Logger,
  opened: (server: Server) => void,
  addressesNow = networkAddresses,
): NetworkListeners => {
  const servers = new Map<string, Server>();
  let closed = false;

  const refresh = async (): Promise<void> => {
    if (closed) return;
    const wanted = new Set(addressesNow());
    for (const [address, server] of servers) {
      if (wanted.has(address)) continue;
      servers.delete(address);
      await shut(server);
    }
    for (const address of wanted) {
      if (servers.has(address)) continue;
      const server = createServer((request, response) => handlers.request(request, response));
      server.on('upgrade', (request, socket, head) => handlers.upgrade(request, socket, head));
      opened(server);
      servers.set(address, server);
      try {
        await listen(server, address, port);
        log.info({ address, port }, 'listening');
      } catch (error) {
        // another program may hold the port on one address alone: the others still serve
        servers.delete(address);
        log.warn({ address, port, reason: error instanceof Error ? error.message : String(error) }, 'cannot listen');
      }
    }
  };

  return {
    refresh,
    addresses: () => [...servers].filter(([, server]) => server.listening).map(([address]) => `http://${address}:${port}`),
    async close() {
      closed = true;
      await Promise.all([...servers.values()].map(shut));
      servers.clear();
    },
  };
};
