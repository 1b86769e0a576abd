import type { EntryId, TransitionId } from '../../domain/ids';
import type { Outcome } from '../../domain/outcome';
import { type Patient, patientRow, type QueueEntry, type Transition } from '../../domain/rows';
import { type EntryStatus, isOpen, isOwned } from '../../domain/status';
import { derivedId } from '../derivedIds';
import { APPLIED, type Case, detailOf, entryOf, type Handler, rejected } from './case';
import { occupants, twinOf } from './requests';
import { fieldsBefore, followAppointment, writeTransition } from './step';

/** What the entry was before its last step; one that was only just created becomes an error of entry. */
function restored(entry: QueueEntry, last: Transition): QueueEntry {
  const { patient: _patient, ...fields } = last.before;
  const version = entry.version + 1;
  if (last.previousId === null) return { ...entry, status: 'entered_in_error', version };
  return { ...entry, ...fields, transitionId: last.previousId, version };
}

/** The entry that a transfer had opened, while nothing was done there yet. */
function openedBy(at: Case, last: Transition): QueueEntry | undefined {
  const opening = at.draft.row('transitions', derivedId(`${last.commandId}:transition:1`));
  const opened = opening && at.draft.row('entries', opening.entryId);
  return opened?.transitionId === opening?.id ? opened : undefined;
}

/** Shows on the screens what was on them before the undone step. */
function restoreCalls(at: Case, entry: QueueEntry, undone: Transition): void {
  const standing = [...at.draft.callsOf(entry.id)]
    .filter((call) => call.standing !== 'lost')
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const shown =
    entry.status === 'called'
      ? standing.filter((call) => call.id !== undone.commandId && call.deviceId === entry.ownerDeviceId).at(-1)
      : undefined;
  for (const call of standing) {
    const is = call === shown ? 'open' : 'closed';
    if (call.standing !== is) at.draft.put('calls', { ...call, standing: is });
  }
}

/** Writes the reversing row, which gives the time back and counts in no metric, and the entry as it was. */
function reverse(at: Case, entry: QueueEntry, last: Transition, next: QueueEntry): void {
  const row = writeTransition(
    at,
    { verb: 'undo' },
    {
      entryId: entry.id,
      from: entry.status,
      to: next.status as EntryStatus,
      before: fieldsBefore(entry, next),
      previousId: entry.transitionId,
      undoes: last.id,
    },
  );
  at.draft.put('transitions', { ...last, undoneBy: row.id });
  const standing = last.previousId === null ? { ...next, endedAt: at.context.at, transitionId: row.id } : next;
  at.draft.put('entries', standing);
  restoreCalls(at, standing, last);
  followAppointment(at, standing);
}

/** Why the entry cannot be again what it was. */
function obstacle(at: Case, next: QueueEntry): Outcome | undefined {
  const twin = isOpen(next.status) ? twinOf(at, next) : undefined;
  if (twin) return rejected('already_waiting', detailOf(at, twin));
  const point = isOwned(next.status) && next.servicePointId ? at.draft.row('servicePoints', next.servicePointId) : undefined;
  const there = point ? occupants(at, point.id, next.id) : [];
  const [first] = there;
  if (point && first && there.length >= point.capacity)
    return rejected('service_point_busy', { ...detailOf(at, first), limit: point.capacity });
  return undefined;
}

function lastStep(at: Case, entryId: EntryId, transitionId: TransitionId): { entry: QueueEntry; last: Transition } | Outcome {
  const entry = entryOf(at, entryId);
  if (!entry) return rejected('unknown_entry', { entryId });
  const last = at.draft.row('transitions', transitionId);
  if (!last || last.entryId !== entry.id || entry.transitionId !== last.id) return rejected('later_step', detailOf(at, entry));
  // what a transfer opened goes with the transfer, and an error of entry is not undone by undoing
  const opened = last.previousId === null && last.verb !== 'addToQueue';
  return last.verb === 'undo' || opened ? rejected('not_undoable', detailOf(at, entry)) : { entry, last };
}

export const undo: Handler<'undo'> = (at, args) => {
  const found = lastStep(at, args.entryId, args.transitionId);
  if ('code' in found) return found;
  const { entry, last } = found;
  const next = restored(entry, last);
  const stop = obstacle(at, next);
  if (stop) return stop;
  const opened = last.verb === 'transfer' ? openedBy(at, last) : undefined;
  if (last.verb === 'transfer' && !opened) return rejected('later_step', detailOf(at, entry));
  reverse(at, entry, last, next);
  if (opened) {
    const opening = at.draft.row('transitions', opened.transitionId);
    if (opening) reverse(at, opened, opening, { ...opened, status: 'entered_in_error', version: opened.version + 1 });
  }
  const patient = patientRow.safeParse(last.before.patient);
  if (patient.success) restorePatient(at, patient.data);
  return APPLIED;
};

function restorePatient(at: Case, before: Patient): void {
  const version = at.draft.row('patients', before.id)?.version ?? before.version;
  at.draft.put('patients', { ...before, version: version + 1 });
}
