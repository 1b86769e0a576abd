import type { Instant } from '@shared/domain/time';
import type { DeskView } from '@shared/views/desk';
import type { DeskBridge } from '@shared/views/deskBridge';
import type { Failure } from '@shared/views/envelope';
import { createContext, use, useSyncExternalStore } from 'react';

interface FeedState {
  readonly view: DeskView | null;
  readonly problem: Failure | null;
}

/** The latest of what the bridge told, for components to subscribe to. */
export interface DeskFeed {
  readonly state: () => FeedState;
  readonly now: () => Instant;
  readonly onState: (listener: () => void) => () => void;
  readonly onNow: (listener: () => void) => () => void;
  readonly close: () => void;
}

/** Listens to a bridge. The site's clock is kept apart from the view, so that a tick renders only what counts time. */
export const createDeskFeed = (bridge: DeskBridge): DeskFeed => {
  let state: FeedState = { view: null, problem: null };
  let now = 0 as Instant;
  const stateListeners = new Set<() => void>();
  const nowListeners = new Set<() => void>();
  const close = bridge.subscribe((event) => {
    if (event.type === 'tick') now = event.now;
    else if (event.type === 'view') {
      state = { view: event.view, problem: null };
      now = event.view.now;
    } else state = { view: state.view, problem: event.problem };
    for (const listener of event.type === 'tick' ? nowListeners : [...stateListeners, ...nowListeners]) listener();
  });
  const subscribeTo = (listeners: Set<() => void>) => (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return { state: () => state, now: () => now, onState: subscribeTo(stateListeners), onNow: subscribeTo(nowListeners), close };
};

export interface DeskConnection {
  readonly bridge: DeskBridge;
  readonly feed: DeskFeed;
}

export const DeskContext = createContext<DeskConnection | null>(null);

/** The bridge and its feed. Throws outside a desk. */
export const useDesk = (): DeskConnection => {
  const desk = use(DeskContext);
  if (!desk) throw new Error('useDesk belongs inside DeskContext');
  return desk;
};

export const useFeedState = (): FeedState => {
  const { feed } = useDesk();
  return useSyncExternalStore(feed.onState, feed.state);
};

/** The view that is shown. Throws before the first one came: only what is inside the desk proper may ask. */
export const useView = (): DeskView => {
  const { view } = useFeedState();
  if (!view) throw new Error('useView belongs where a view has come');
  return view;
};

/** The site's clock, once a second. */
export const useNow = (): Instant => {
  const { feed } = useDesk();
  return useSyncExternalStore(feed.onNow, feed.now);
};
