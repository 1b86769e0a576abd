import type { Patient, Queue, QueueEntry } from '../domain/rows';
import type { SiteState } from '../domain/state';
import { type Instant, MINUTE, type Minutes } from '../domain/time';
import type { RankedEntry } from '../engine/rank';
import type { EntryView, EstimateView } from './desk';

/** Minutes of waiting after which a desk is alerted (product.md, alerts). */
const LATE_AFTER: Minutes = 60;

/** What every entry of a desk view is made with. */
export interface EntryViewContext {
  readonly state: SiteState;
  readonly now: Instant;
  /** Entries that commands in the outbox touch. */
  readonly unsent: ReadonlySet<string>;
  /** Entries whose live call next awaits its outcome. */
  readonly unconfirmed: ReadonlySet<string>;
}

/** Its place among the waiting, and what may be said of the time until its turn. */
interface Place {
  readonly ranked: RankedEntry;
  readonly estimate: EstimateView;
}

const stillWaits = (entry: QueueEntry): boolean =>
  entry.status === 'waiting' || entry.status === 'checked_in' || entry.status === 'on_hold' || entry.status === 'awaiting_recall';

/** Minutes waited until now, or until the entry's turn came or ended. */
export const waitedMinutes = (entry: QueueEntry, now: Instant): Minutes => {
  const until = stillWaits(entry) ? now : (entry.calledAt ?? entry.startedAt ?? entry.endedAt ?? now);
  return Math.max(0, (until - entry.waitingSince) / MINUTE);
};

export const patientView = (id: string, patient: Patient | undefined): EntryView['patient'] => ({
  id,
  name: patient?.name ?? '',
  mrn: patient?.mrn ?? null,
  birthDate: patient?.birthDate ?? null,
  phone: patient?.phone ?? null,
  hideName: patient?.hideName ?? false,
});

/** An entry as desks show it; `place` for those who wait. */
export const entryView = (context: EntryViewContext, queue: Queue | undefined, entry: QueueEntry, place: Place | null): EntryView => {
  const waited = waitedMinutes(entry, context.now);
  const level = queue?.priorities.find(({ key }) => key === entry.priority);
  return {
    id: entry.id,
    version: entry.version,
    queueId: entry.queueId,
    position: place?.ranked.position ?? null,
    ticket: entry.ticket,
    link: entry.link,
    patient: patientView(entry.patientId, context.state.row('patients', entry.patientId)),
    notes: entry.notes,
    meetingLink: entry.meetingLink,
    priority: entry.priority,
    emergency: level?.emergency ?? false,
    status: entry.status,
    arrivedAt: entry.arrivedAt,
    waitingSince: entry.waitingSince,
    appointmentAt: entry.appointmentAt,
    waited,
    late: stillWaits(entry) && waited > LATE_AFTER,
    estimate: place?.estimate ?? { kind: 'place' },
    reasons: place?.ranked.reasons ?? [],
    parts: place?.ranked.parts ?? null,
    unsent: context.unsent.has(entry.id),
    unconfirmed: context.unconfirmed.has(entry.id),
    calledAt: entry.calledAt,
    startedAt: entry.startedAt,
    endedAt: entry.endedAt,
    servicePointId: entry.servicePointId,
    ownerDevice: entry.ownerDeviceId === null ? null : (context.state.row('devices', entry.ownerDeviceId)?.name ?? null),
    calls: entry.calls,
    transitionId: entry.transitionId,
    flag: entry.flag,
  };
};
