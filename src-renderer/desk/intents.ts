import type { Intent } from '@shared/domain/commands';
import type { AppointmentId, EntryId, NoticeId, PatientId, QueueId, ServicePointId, TransitionId, VisitId } from '@shared/domain/ids';
import type { Instant } from '@shared/domain/time';
import type { EntryView, EstimateView, QueueView } from '@shared/views/desk';
import { uuidv7 } from 'uuidv7';

/** Commands as the desk makes them. Each names the entry and the version that the person saw, so that a list that moved meanwhile changes nothing. */

/** What the commands need of an entry. */
export type SeenEntry = Pick<EntryView, 'id' | 'version'>;
const seen = (entry: SeenEntry) => ({ entryId: entry.id as EntryId, version: entry.version });
const of = (entry: Pick<EntryView, 'id'>) => ({ entryId: entry.id as EntryId });

/** The opaque part of a ticket's address: 128 random bits as 22 characters of base64url. */
export const newLink = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
};

export const callNextIntent = (entry: SeenEntry, queueId: string, roomId: string): Intent => ({
  type: 'callNext',
  args: { ...seen(entry), queueId: queueId as QueueId, servicePointId: roomId as ServicePointId },
});
export const callIntent = (entry: SeenEntry, roomId: string): Intent => ({
  type: 'call',
  args: { ...seen(entry), servicePointId: roomId as ServicePointId },
});
export const takeOverIntent = (entry: SeenEntry, roomId: string): Intent => ({
  type: 'takeOver',
  args: { ...seen(entry), servicePointId: roomId as ServicePointId },
});
export const startIntent = (entry: SeenEntry, roomId: string): Intent => ({
  type: 'startService',
  args: { ...of(entry), servicePointId: roomId as ServicePointId },
});

/** The facts that name only the entry. */
export const factIntent = (type: 'recall' | 'complete' | 'markNoShow' | 'markLeft' | 'letGo', entry: SeenEntry): Intent => ({
  type,
  args: of(entry),
});
export const resumeIntent = (entry: SeenEntry): Intent => ({ type: 'resume', args: seen(entry) });
/** The requests that may say why. */
export const requestIntent = (type: 'skip' | 'hold' | 'returnToQueue' | 'cancel' | 'remove', entry: SeenEntry, reason = ''): Intent => ({
  type,
  args: { ...seen(entry), reason },
});
export const priorityIntent = (entry: SeenEntry, priority: string): Intent => ({
  type: 'setPriority',
  args: { ...seen(entry), priority, reason: '' },
});
export const undoIntent = (entryId: string, transitionId: string): Intent => ({
  type: 'undo',
  args: { entryId: entryId as EntryId, transitionId: transitionId as TransitionId },
});
export const answerNoticeIntent = (noticeId: string): Intent => ({ type: 'answerNotice', args: { noticeId: noticeId as NoticeId } });

/** A transfer opens the turn in the other queue with a ticket of this desk's numbers there. */
export const transferIntent = (entry: SeenEntry, to: QueueView, priority: string, reason: string): Intent => ({
  type: 'transfer',
  args: {
    ...seen(entry),
    toQueueId: to.id as QueueId,
    newEntryId: uuidv7() as EntryId,
    ticket: { letter: to.nextTicket.letter, number: to.nextTicket.number },
    link: newLink(),
    priority,
    reason,
  },
});

/** What a person typed or chose about a patient. */
export interface PatientInput {
  readonly name: string;
  readonly mrn: string | null;
  readonly birthDate: string | null;
  readonly phone: string | null;
  readonly hideName: boolean;
}

export const correctIntent = (entry: EntryView, patient: PatientInput, notes: string, appointmentAt: Instant | null): Intent => ({
  type: 'correct',
  args: { ...seen(entry), patient: { id: entry.patient.id as PatientId, ...patient }, notes, appointmentAt },
});

/** What was said at the desk, kept for scoring it later; nothing when no minutes were said. */
const toldEstimate = (estimate: EstimateView) =>
  estimate.kind === 'range' ? { p50: estimate.about, p90: estimate.under, rough: estimate.rough } : null;

export interface AddInput {
  readonly queue: QueueView;
  readonly patient: PatientInput;
  /** The known patient, or null for a new one. */
  readonly patientId: string | null;
  readonly priority: string;
  readonly appointmentId: string | null;
  readonly appointmentAt: Instant | null;
  readonly notes: string;
}

/** Adds a patient with the ticket that was shown. */
export const addIntent = ({ queue, patient, patientId, priority, appointmentId, appointmentAt, notes }: AddInput): Intent => ({
  type: 'addToQueue',
  args: {
    entryId: uuidv7() as EntryId,
    visitId: uuidv7() as VisitId,
    patient: { id: (patientId ?? uuidv7()) as PatientId, ...patient },
    queueId: queue.id as QueueId,
    priority,
    appointmentId: appointmentId as AppointmentId | null,
    appointmentAt,
    notes,
    meetingLink: null,
    link: newLink(),
    ticket: { letter: queue.nextTicket.letter, number: queue.nextTicket.number },
    estimate: toldEstimate(queue.nextEstimate),
  },
});
