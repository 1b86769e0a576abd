import type { EntryView, QueueView } from '@shared/views/desk';
import { useMemo } from 'react';
import { useWords } from '@/ui/useWords';
import { useDesk } from './deskFeed';
import { useDeskState } from './deskState';
import { type EntryAction, offers } from './entryActions';
import {
  callIntent,
  callNextIntent,
  factIntent,
  priorityIntent,
  requestIntent,
  resumeIntent,
  startIntent,
  takeOverIntent,
  undoIntent,
} from './intents';
import { roomToCallTo } from './rooms';
import { useSettings } from './settings';
import { useCommands } from './useCommands';

/** Carries out what a person pressed about an entry, by button, menu or key alike. */
export const useEntryActions = () => {
  const { feed } = useDesk();
  const { send } = useCommands();
  const t = useWords();
  return useMemo(() => {
    /** Where this desk calls the entry's queue to. Without a room nothing can be called: says so and where to make one. */
    const withRoom = (entry: EntryView, act: (room: string) => void): void => {
      const { view } = feed.state();
      const room = view && roomToCallTo(view, entry.queueId, useSettings.getState().rooms[entry.queueId])?.id;
      if (room) act(room);
      else useDeskState.getState().refuse({ code: 'no_room', message: t('desk:no_room') }, entry.ticket);
    };
    const doIt = (action: EntryAction, entry: EntryView): void => {
      if (!offers(entry, action)) return;
      const { openDialog } = useDeskState.getState();
      const told = { ticket: entry.ticket };
      switch (action) {
        case 'call':
          withRoom(entry, (room) => void send(callIntent(entry, room), told));
          break;
        case 'takeOver':
          withRoom(entry, (room) => void send(takeOverIntent(entry, room), told));
          break;
        case 'startService':
          if (entry.servicePointId) void send(startIntent(entry, entry.servicePointId), told);
          else withRoom(entry, (room) => void send(startIntent(entry, room), told));
          break;
        case 'recall':
        case 'complete':
        case 'markNoShow':
        case 'markLeft':
          void send(factIntent(action, entry), told);
          break;
        case 'hold':
        case 'skip':
        case 'returnToQueue':
          void send(requestIntent(action, entry), told);
          break;
        case 'resume':
          void send(resumeIntent(entry), told);
          break;
        case 'undo':
          void send(undoIntent(entry.id, entry.transitionId), told);
          break;
        case 'transfer':
        case 'correct':
          openDialog({ kind: action, entry });
          break;
        case 'cancel':
        case 'remove':
          openDialog({ kind: 'reason', action, entry });
          break;
        case 'setPriority':
          // needs a level: see setPriority below
          break;
      }
    };
    return {
      doIt,
      setPriority: (entry: EntryView, priority: string): void => {
        if (offers(entry, 'setPriority') && priority !== entry.priority)
          void send(priorityIntent(entry, priority), { ticket: entry.ticket });
      },
      callNext: (entry: EntryView, queue: QueueView): void => {
        withRoom(entry, (room) => void send(callNextIntent(entry, queue.id, room), { ticket: entry.ticket }));
      },
      undoLast: (): void => {
        const undoable = feed.state().view?.undoable;
        if (undoable) void send(undoIntent(undoable.entryId, undoable.transitionId), { ticket: undoable.ticket });
      },
    };
  }, [feed, send, t]);
};
