import type { Instant } from '@shared/domain/time';
import type { MonitorBridge, MonitorEvent, MonitorPortRequest } from '@shared/views/monitorBridge';
import { contextBridge } from 'electron';
import { openPortLink } from './portLink';

const listeners = new Set<(event: MonitorEvent) => void>();
/** What a late listener must know: the last view or problem, and whether the source is live. */
let shown: MonitorEvent | undefined;
let source: MonitorEvent | undefined;
let heard: Instant | null = null;

const tell = (event: MonitorEvent): void => {
  if (event.type === 'view' || event.type === 'problem') shown = event;
  if (event.type === 'source') source = event;
  if (event.type === 'tick') heard = event.now;
  if (event.type === 'view') heard = event.view.now;
  for (const listener of listeners) listener(event);
};

const post = openPortLink({
  frame: (frame) => tell(frame as MonitorEvent),
  lost: () => tell({ type: 'source', live: false, since: heard }),
  // the new source says itself whether it is live
  opened: () => undefined,
});

const bridge: MonitorBridge = {
  platform: 'electron',
  subscribe: (listener) => {
    listeners.add(listener);
    if (shown) listener(shown);
    if (source) listener(source);
    return () => {
      listeners.delete(listener);
    };
  },
  missed: (from, to) => {
    post({ name: 'missed', from, to } satisfies MonitorPortRequest);
  },
};

contextBridge.exposeInMainWorld('anteroomMonitor', bridge);
