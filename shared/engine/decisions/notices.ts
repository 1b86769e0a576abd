import { APPLIED, type Handler, rejected } from './case';

/** Somebody read a notice; reading it twice changes nothing. */
export const answerNotice: Handler<'answerNotice'> = (at, { noticeId }) => {
  const notice = at.draft.row('notices', noticeId);
  if (!notice) return rejected('unknown_row', { field: 'noticeId' });
  if (notice.answeredAt === null) at.draft.put('notices', { ...notice, answeredAt: at.context.at });
  return APPLIED;
};
