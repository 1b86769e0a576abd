import { heartbeat } from '@shared/sync/messages';
import { monitorCall, monitorView } from '@shared/views/monitor';
import type { MonitorBridge, MonitorEvent } from '@shared/views/monitorBridge';
import { io } from 'socket.io-client';
import { z } from 'zod';
import type { DisplayIdentity } from './identity';

const missedCalls = z.object({ calls: z.array(monitorCall) });
const refusal = z.object({ code: z.enum(['unauthenticated', 'revoked']) });

/** What the server says when this screen has no place in the clinic (any more). */
export type Refusal = z.infer<typeof refusal>['code'];

/**
 * A screen in a browser: Socket.IO to the server that served the page, WebSocket first, polling where that is blocked (S16).
 * A message that does not fit its schema is left aside: the screen keeps what it has until one fits.
 */
export const createSocketBridge = (identity: DisplayIdentity, onRefused: (code: Refusal) => void): MonitorBridge => {
  const listeners = new Set<(event: MonitorEvent) => void>();
  const tell = (event: MonitorEvent) => {
    for (const listener of listeners) listener(event);
  };
  const socket = io({
    path: '/sync',
    transports: ['websocket', 'polling'],
    auth: { deviceId: identity.deviceId, token: identity.token },
    reconnectionDelay: 300,
    reconnectionDelayMax: 1_000,
    autoConnect: false,
  });
  socket.on('monitor', (body: unknown) => {
    const view = monitorView.safeParse(body);
    if (view.success) tell({ type: 'view', view: view.data });
  });
  socket.on('heartbeat', (body: unknown) => {
    const beat = heartbeat.safeParse(body);
    if (beat.success) tell({ type: 'tick', now: beat.data.wall });
  });
  socket.on('monitorMissed', (body: unknown) => {
    const missed = missedCalls.safeParse(body);
    if (missed.success) tell({ type: 'missed', calls: missed.data.calls });
  });
  const refuse = (body: unknown) => {
    const refused = refusal.safeParse(body);
    if (!refused.success) return;
    socket.disconnect();
    onRefused(refused.data.code);
  };
  socket.on('fatal', refuse);
  socket.on('connect_error', (error: Error & { data?: unknown }) => {
    refuse(error.data);
    // a refusal by the handshake ends the library's own attempts; anything else is tried again
    if (!socket.active && !refusal.safeParse(error.data).success) setTimeout(() => socket.connect(), 1_000);
  });
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') socket.connect();
  });

  return {
    platform: 'browser',
    subscribe(listener) {
      listeners.add(listener);
      socket.connect();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) socket.disconnect();
      };
    },
    missed(from, to) {
      if (socket.connected) socket.emit('monitorMissed', { from, to });
    },
  };
};
