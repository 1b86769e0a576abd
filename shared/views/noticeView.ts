import type { EntryId } from '../domain/ids';
import { type OutcomeDetail, outcomeDetail } from '../domain/outcome';
import type { QueueEntry } from '../domain/rows';
import type { SiteState } from '../domain/state';
import type { ClientStatus } from '../sync/clientEvents';
import type { EntryView, NoticeView } from './desk';

/** The entry of an id, or the one that stands for it since two were merged. */
export const entryOrItsAlias = (state: SiteState, id: string): QueueEntry | undefined => {
  const alias = state.row('aliases', id);
  return state.row('entries', alias?.entryId ?? id);
};

/**
 * What this desk must know, latest first: outcomes of its own commands that were not carried out as asked (S7), and rows
 * addressed to it because of what others did.
 */
export const noticeViews = (state: SiteState, status: ClientStatus, viewOf: (entry: QueueEntry) => EntryView): NoticeView[] => {
  const entryNow = (id: EntryId | string | null | undefined): EntryView | null => {
    const entry = id ? entryOrItsAlias(state, id) : undefined;
    return entry ? viewOf(entry) : null;
  };
  const notices: NoticeView[] = status.outcomes.map((own) => ({
    id: String(own.n),
    source: 'outcome',
    code: own.code,
    commandType: own.type,
    detail: own.detail,
    at: own.at,
    entry: entryNow(own.detail.entryId),
  }));
  for (const notice of state.rows('notices')) {
    if (notice.deviceId !== status.identity.deviceId || notice.answeredAt !== null) continue;
    const detail: OutcomeDetail = outcomeDetail.safeParse(notice.detail).data ?? {};
    notices.push({
      id: notice.id,
      source: 'row',
      code: notice.code,
      commandType: null,
      detail,
      at: notice.at,
      entry: entryNow(notice.entryId),
    });
  }
  return notices.sort((a, b) => b.at - a.at);
};
