import { COMMAND_TYPES, type CommandArgs, FACTS, type Intent } from '@shared/domain/commands';
import type { EntryId } from '@shared/domain/ids';
import { type EntryStatus, isOpen, STATUSES } from '@shared/domain/status';
import { ENTRY_VERBS, type EntryVerb, ruleFor, TRANSITIONS } from '@shared/domain/transitions';
import { describe, expect, it } from 'vitest';
import { Clinic, decideOn, minutesAfter, QUEUE_A, QUEUE_B, ROOM_1, ROOM_2 } from './clinic';

/** Leads an entry to a status by real commands; the two before check-in, which no command reaches yet, are written. */
function entryIn(clinic: Clinic, status: EntryStatus): EntryId {
  const { id } = clinic.add();
  const at = minutesAfter(5);
  const reason = '';
  const call = () => clinic.must('call', { ...clinic.seen(id), servicePointId: ROOM_1 }, { at });
  const start = () => clinic.must('startService', { entryId: id, servicePointId: ROOM_1 }, { at });
  const routes: Record<EntryStatus, () => unknown> = {
    scheduled: () => clinic.rows.put('entries', { ...clinic.entry(id), status }),
    checked_in: () => clinic.rows.put('entries', { ...clinic.entry(id), status }),
    waiting: () => undefined,
    called: call,
    in_service: start,
    completed: () => {
      start();
      clinic.must('complete', { entryId: id }, { at });
    },
    on_hold: () => clinic.must('hold', { ...clinic.seen(id), reason }),
    awaiting_recall: () => {
      call();
      clinic.must('skip', { ...clinic.seen(id), reason });
    },
    transferred: () => {
      const { entryId: newEntryId, ticket, link } = clinic.arrival({ queueId: QUEUE_B });
      return clinic.must('transfer', { ...clinic.seen(id), toQueueId: QUEUE_B, newEntryId, ticket, link, priority: 'routine', reason });
    },
    no_show: () => clinic.must('markNoShow', { entryId: id }),
    left_without_being_seen: () => clinic.must('markLeft', { entryId: id }),
    cancelled: () => clinic.must('cancel', { ...clinic.seen(id), reason }),
    entered_in_error: () => clinic.must('remove', { ...clinic.seen(id), reason }),
  };
  routes[status]();
  expect(clinic.entry(id).status).toBe(status);
  return id;
}

function argsFor(clinic: Clinic, verb: Exclude<EntryVerb, 'addToQueue'>, id: EntryId): Intent {
  const seen = clinic.seen(id);
  const reason = 'because';
  const entry = clinic.entry(id);
  const { entryId: newEntryId, ticket, link } = clinic.arrival({ queueId: QUEUE_B });
  const args: { readonly [V in Exclude<EntryVerb, 'addToQueue'>]: CommandArgs<V> } = {
    callNext: { ...seen, queueId: QUEUE_A, servicePointId: ROOM_2 },
    call: { ...seen, servicePointId: ROOM_2 },
    recall: { entryId: id },
    takeOver: { ...seen, servicePointId: ROOM_2 },
    letGo: { entryId: id },
    startService: { entryId: id, servicePointId: entry.servicePointId ?? ROOM_2 },
    complete: { entryId: id },
    markNoShow: { entryId: id },
    markLeft: { entryId: id },
    skip: { ...seen, reason },
    hold: { ...seen, reason },
    resume: seen,
    returnToQueue: { ...seen, reason },
    transfer: { ...seen, toQueueId: QUEUE_B, newEntryId, ticket, link, priority: 'routine', reason },
    setPriority: { ...seen, priority: 'urgent', reason },
    correct: {
      ...seen,
      patient: { id: entry.patientId, name: 'Someone', mrn: null, birthDate: null, phone: null, hideName: false },
      notes: 'n',
      appointmentAt: null,
    },
    cancel: { ...seen, reason },
    remove: { ...seen, reason },
    undo: { entryId: id, transitionId: entry.transitionId },
  };
  return { type: verb, args: args[verb] } as Intent;
}

const verbs = ENTRY_VERBS.filter((verb): verb is Exclude<EntryVerb, 'addToQueue'> => verb !== 'addToQueue');
const cases = verbs.flatMap((verb) => STATUSES.map((status) => [verb, status] as const));

describe('the transition table', () => {
  it('names every verb about an entry, and none twice for one status', () => {
    const aboutEntries = COMMAND_TYPES.filter((type) => /^(configure|setProvider|book|join|revoke|lease|answer)/.exec(type) === null);
    expect([...ENTRY_VERBS].sort()).toEqual([...aboutEntries].sort());
    const keys = TRANSITIONS.flatMap(({ verb, from }) => from.map((status) => `${verb} ${status}`));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('calls the same verbs facts as the commands do, and has a rule of every fact for every status (invariant 12)', () => {
    for (const rule of TRANSITIONS) expect(`${rule.verb} ${rule.kind}`).toBe(`${rule.verb} ${FACTS.has(rule.verb) ? 'fact' : 'request'}`);
    for (const verb of verbs) {
      if (FACTS.has(verb)) expect(STATUSES.filter((status) => !ruleFor(verb, status))).toEqual([]);
    }
  });

  it('lets only facts adapt, and only without a change of status', () => {
    for (const rule of TRANSITIONS) if (rule.adapts) expect([rule.kind, rule.to]).toEqual(['fact', 'same']);
  });

  it.each(cases)('%s of an entry that is %s does what the table says', (verb, status) => {
    const clinic = new Clinic();
    const id = entryIn(clinic, status);
    const before = clinic.entry(id);
    const rule = ruleFor(verb, status);
    const decision = decideOn(clinic.rows, argsFor(clinic, verb, id), { at: minutesAfter(10) });
    const row = decision.changes.find((change) => change.table === 'entries' && change.id === id)?.row;
    const after = row && 'status' in row ? row : before;
    if (!rule) {
      expect([decision.status, decision.changes]).toEqual(['rejected', []]);
      // live call next is given another patient where there is one; here there is none
      expect(verb === 'callNext' || ['wrong_status', 'already_ended', 'already_called', 'served_elsewhere'].includes(decision.code)).toBe(
        true,
      );
      return;
    }
    if (verb === 'undo') {
      const initial = status === 'waiting' || status === 'scheduled' || status === 'checked_in';
      expect(decision.status).toBe('applied');
      expect(after.status === 'entered_in_error').toBe(initial);
      return;
    }
    const to = rule.to === 'same' || rule.to === 'before' ? status : rule.to;
    expect(decision.status).not.toBe('rejected');
    expect(after).toMatchObject({ status: to });
    expect(isOpen(to as EntryStatus)).toBe((after as typeof before).endedAt === null);
  });
});
