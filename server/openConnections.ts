import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Milliseconds that a connection has to read its goodbye when the server stops. */
const GOODBYE = 500;

/** The TCP connections of a server's listeners, WebSockets included, which an http server forgets once they are upgraded. */
export interface OpenConnections {
  track(server: Server): void;
  /** Waits for listeners to close, and cuts off whoever does not read its goodbye: a half-open phone must not keep a server alive. */
  closed(listeners: Promise<unknown>): Promise<void>;
}

export const createOpenConnections = (): OpenConnections => {
  const open = new Set<Socket>();
  return {
    track(server) {
      server.on('connection', (socket) => {
        open.add(socket);
        socket.once('close', () => open.delete(socket));
      });
    },
    async closed(listeners) {
      const cut = setTimeout(() => {
        for (const socket of open) socket.destroy();
      }, GOODBYE);
      await listeners;
      clearTimeout(cut);
    },
  };
};
