import type { Intent } from '@shared/domain/commands';
import type { DeskPortFrame } from '@shared/views/deskBridge';
import { toReplica } from '../../src-main/ipc/replicaMessages';
import { Replica } from '../../src-main/replica/replica';

/** The replica's process without Electron: told to open by its parent, then a desk window that dispatches what it is sent. */
const tell = (message: object) => process.send?.(message);
const replica = new Replica({ tell: () => undefined, report: () => undefined });
let receive: (frame: { data: unknown }) => void = () => undefined;
let lastId = 0;

process.on('message', (message: { type: string } | Intent) => {
  if (message.type !== 'open') {
    lastId += 1;
    receive({ data: { id: lastId, name: 'dispatch', input: message } });
    return;
  }
  const open = toReplica.parse(message);
  if (open.type !== 'open') return;
  replica.open(open);
  replica.addWindow('desk', 1, {
    postMessage: (frame) => {
      const { type, ...rest } = frame as DeskPortFrame;
      if (type === 'answer' && 'envelope' in rest) tell(rest.envelope.ok ? { ok: true, ...(rest.envelope.data as object) } : rest.envelope);
    },
    on: (event: 'message' | 'close', listener: (message: { data: unknown }) => void) => {
      if (event === 'message') receive = listener;
    },
    start: () => undefined,
    close: () => undefined,
  });
  tell({ ready: true });
});
