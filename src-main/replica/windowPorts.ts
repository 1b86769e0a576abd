import type { DeskEvent, DeskPortFrame } from '@shared/views/deskBridge';
import type { MonitorEvent } from '@shared/views/monitorBridge';
import type { WindowKind } from '../ipc/channels';
import type { Audience } from './publisher';

/** What is used of the utility process's end of a window's port. */
export interface WindowPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** The windows that are connected to this replica, by kind; a window that connects again replaces its old port. */
export class WindowPorts implements Audience {
  readonly #ports: Readonly<Record<WindowKind, Map<number, WindowPort>>> = { desk: new Map(), monitor: new Map() };

  get watching(): { desks: boolean; monitors: boolean } {
    return { desks: this.#ports.desk.size > 0, monitors: this.#ports.monitor.size > 0 };
  }

  add(kind: WindowKind, windowId: number, port: WindowPort, received: (data: unknown) => void): void {
    const ports = this.#ports[kind];
    ports.get(windowId)?.close();
    ports.set(windowId, port);
    port.on('message', ({ data }) => received(data));
    port.on('close', () => {
      if (ports.get(windowId) === port) ports.delete(windowId);
    });
    port.start();
  }

  desk(event: DeskEvent): void {
    for (const port of this.#ports.desk.values()) port.postMessage(event satisfies DeskPortFrame);
  }

  monitor(event: MonitorEvent): void {
    for (const port of this.#ports.monitor.values()) port.postMessage(event);
  }
}
