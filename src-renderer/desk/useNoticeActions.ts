import type { NoticeView } from '@shared/views/desk';
import { useMemo } from 'react';
import { useWords } from '@/ui/useWords';
import { useDesk } from './deskFeed';
import { useDeskState } from './deskState';
import { answerNoticeIntent, factIntent, takeOverIntent } from './intents';
import { roomToCallTo } from './rooms';
import { useSettings } from './settings';
import { useCommands } from './useCommands';

export interface NoticeAction {
  readonly label: string;
  readonly act: () => void;
}

/** Conflicts over a patient that two desks called or served. */
const CONFLICTS: ReadonlySet<string> = new Set(['already_called', 'served_elsewhere', 'both_started']);

/** The answers to a notice, the recommended one first. An answer also takes the notice away. */
export const useNoticeActions = (): ((notice: NoticeView) => readonly NoticeAction[]) => {
  const t = useWords();
  const { bridge, feed } = useDesk();
  const { send } = useCommands();
  return useMemo(() => {
    const answer = async (notice: NoticeView): Promise<void> => {
      if (notice.source === 'row') {
        await send(answerNoticeIntent(notice.id), { silent: true });
        return;
      }
      const answered = await bridge.request('dismissOutcome', { n: Number(notice.id) });
      if (!answered.ok) useDeskState.getState().refuse(answered.error, null);
    };
    return (notice) => {
      const { entry } = notice;
      const dismiss: NoticeAction = { label: t('desk:notice_ok'), act: () => void answer(notice) };
      if (!entry) return [dismiss];
      const told = { ticket: entry.ticket };
      const show: NoticeAction = { label: t('desk:notice_show'), act: () => useDeskState.getState().showEntry(entry) };
      if (!CONFLICTS.has(notice.code)) return [dismiss, show];
      const letGo: NoticeAction = {
        label: t('verb:letGo'),
        act: () => void send(factIntent('letGo', entry), told).then((done) => (done.ok ? answer(notice) : undefined)),
      };
      if (entry.status !== 'called') return [letGo, dismiss];
      const takeOver: NoticeAction = {
        label: t('verb:takeOver'),
        act: () => {
          const { view } = feed.state();
          const room = view && roomToCallTo(view, entry.queueId, useSettings.getState().rooms[entry.queueId]);
          if (room) void send(takeOverIntent(entry, room.id), told).then((done) => (done.ok ? answer(notice) : undefined));
        },
      };
      return [letGo, takeOver];
    };
  }, [bridge, feed, send, t]);
};
