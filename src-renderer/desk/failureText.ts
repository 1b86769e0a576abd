import type { OutcomeDetail } from '@shared/domain/outcome';
import type { Locale } from '@shared/domain/rows';
import type { MessageKey } from '@shared/i18n/catalogue';
import { timeText } from '@shared/i18n/format';
import { isMessageKey, type Translate } from '@shared/i18n/translate';
import type { Failure } from '@shared/views/envelope';

/** The values that an outcome's sentences name; what is not known gets its `some.` words. */
const outcomeValues = (
  detail: OutcomeDetail,
  ticket: string | null,
  zone: string,
  locale: Locale,
  t: Translate,
): Record<string, string | number> => {
  const status = detail.status && `status:${detail.status}`;
  const known: Partial<
    Record<'ticket' | 'byDevice' | 'time' | 'servicePoint' | 'queue' | 'insteadTicket' | 'status' | 'field' | 'limit', string | number>
  > = {
    ...(ticket !== null && { ticket }),
    ...(detail.ticket && { ticket: detail.ticket }),
    ...(detail.byDevice && { byDevice: detail.byDevice }),
    ...(detail.at !== undefined && { time: timeText(detail.at, zone, locale) }),
    ...(detail.servicePoint && { servicePoint: detail.servicePoint }),
    ...(detail.queue && { queue: detail.queue }),
    ...(detail.insteadTicket && { insteadTicket: detail.insteadTicket }),
    ...(status && { status: isMessageKey(status) ? t(status) : (detail.status ?? '') }),
    ...(detail.field && { field: detail.field }),
    ...(detail.limit !== undefined && { limit: detail.limit }),
  };
  return {
    ticket: t('outcome:some.ticket'),
    byDevice: t('outcome:some.byDevice'),
    time: t('outcome:some.time'),
    servicePoint: t('outcome:some.servicePoint'),
    queue: t('outcome:some.queue'),
    insteadTicket: t('outcome:some.insteadTicket'),
    status: t('outcome:some.status'),
    field: t('outcome:some.field'),
    limit: t('outcome:some.limit'),
    ...known,
  };
};

export interface Told {
  /** What happened. */
  readonly title: string;
  /** The one next step; empty when the title says it. */
  readonly next: string;
}

/** What an outcome or notice says, by its code; a code that this version does not know says so in the words it came with. */
export const outcomeText = (
  code: string,
  detail: OutcomeDetail,
  ticket: string | null,
  zone: string,
  locale: Locale,
  t: Translate,
): Told => {
  const title = `outcome:${code}`;
  const next = `outcome:${code}.next`;
  if (!isMessageKey(title)) return { title: detail.text ?? t('error:unknown'), next: '' };
  const values = outcomeValues(detail, ticket, zone, locale, t);
  return { title: t(title, values), next: isMessageKey(next) ? t(next, values) : '' };
};

/** Codes of the store and of requests, and the sentences that say the same. */
const SAME: Readonly<Record<string, MessageKey>> = {
  failed: 'error:store_failed',
  offline: 'error:needs_server',
  no_answer: 'error:timed_out',
  not_synced: 'desk:problem_not_synced',
  insecure_page: 'desk:problem_insecure_page',
  no_room: 'desk:no_room',
};

/** What a failure says: the sentence of its code in the person's language, else the English one that it came with. */
export const failureText = (failure: Failure, ticket: string | null, zone: string, locale: Locale, t: Translate): Told => {
  const same = SAME[failure.code];
  if (same) return { title: t(same), next: '' };
  const error = `error:${failure.code}`;
  if (isMessageKey(error)) return { title: t(error), next: '' };
  if (isMessageKey(`outcome:${failure.code}`))
    return outcomeText(failure.code, (failure.detail ?? {}) as OutcomeDetail, ticket, zone, locale, t);
  return { title: failure.message, next: '' };
};
