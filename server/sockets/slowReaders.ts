import type { Socket } from 'socket.io';

/** S13: unsent bytes of a socket that stops reading; a whole snapshot passes this only on a link that is not moving. */
const MOST_STALLED = 4 * 1024 * 1024;
/** Unsent bytes that no socket may hold, moving or not. */
const MOST = 64 * 1024 * 1024;

/** A field of an object that its library keeps to itself. */
const field = (of: unknown, name: string): unknown => (typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined);

/** Bytes that wait for a socket to read: packets not yet given to the transport, and what a WebSocket holds of those that were. */
export const unsentBytes = ({ conn }: Pick<Socket, 'conn'>): number => {
  const held = field(field(conn.transport, 'socket'), 'bufferedAmount');
  let bytes = typeof held === 'number' ? held : 0;
  const packets = field(conn, 'writeBuffer');
  for (const packet of Array.isArray(packets) ? packets : []) {
    const data = field(packet, 'data');
    if (typeof data === 'string' || Buffer.isBuffer(data)) bytes += data.length;
  }
  return bytes;
};

/** Cuts a socket off at once: a polite close would wait until everything is read. */
export const cutOff = ({ conn }: Pick<Socket, 'conn'>): void => {
  const socket = field(conn.transport, 'socket');
  const terminate = field(socket, 'terminate');
  if (typeof terminate === 'function') terminate.call(socket);
  else conn.close(true);
};

/** Finds slow readers: asked regularly, says whether a socket holds too much and has not read since the last time. */
export const createSlowReaderCheck = (): ((id: string, bytes: number) => boolean) & { forget(id: string): void } => {
  const last = new Map<string, number>();
  const isSlow = (id: string, bytes: number): boolean => {
    const before = last.get(id);
    last.set(id, bytes);
    return bytes > MOST || (bytes > MOST_STALLED && before !== undefined && bytes >= before);
  };
  return Object.assign(isSlow, { forget: (id: string) => void last.delete(id) });
};
