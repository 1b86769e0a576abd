import type { Failure } from '@shared/views/envelope';
import { ipcRenderer } from 'electron';
import { PORT_CHANNEL, WINDOW_CHANNEL } from '../ipc/channels';

/** What a preload does with its port; each new port replaces the one before. */
export interface PortListener {
  readonly frame: (frame: unknown) => void;
  /** The replica behind the port ended; main sends a new port when it runs again. */
  readonly lost: () => void;
  readonly opened: () => void;
}

/**
 * Keeps the window's port to the replica: asks main for one, takes each new one that main sends (a replica that was
 * started again has a new port), and tells when the other end is gone. Returns how to send; false when no port is open.
 */
export const openPortLink = (listener: PortListener): ((message: unknown) => boolean) => {
  let port: MessagePort | undefined;
  ipcRenderer.on(PORT_CHANNEL, (event) => {
    const next = event.ports[0];
    if (!next) return;
    port?.close();
    port = next;
    next.onmessage = (message) => {
      if (port === next) listener.frame(message.data);
    };
    // Electron's own addition to MessagePort: the other end was closed or its process ended
    next.addEventListener('close', () => {
      if (port !== next) return;
      port = undefined;
      listener.lost();
    });
    next.start();
    listener.opened();
  });
  // a window's first, empty document runs the preload too, and would take the port away from the page that follows it
  if (location.protocol !== 'about:') void ipcRenderer.invoke(WINDOW_CHANNEL, { name: 'connect', input: {} });
  return (message) => {
    if (!port) return false;
    port.postMessage(message);
    return true;
  };
};

/** For requests that were under way when the replica ended: it is not known whether they were recorded. */
export const RESTARTED: Failure = {
  code: 'replica_restarted',
  message: 'This was interrupted. Look whether it was done before you do it again.',
};
