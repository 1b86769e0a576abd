import { type CommandType, FACTS } from '../domain/commands';
import type { Outcome } from '../domain/outcome';
import type { DecisionContext, SiteState } from '../domain/state';
import type { DecidableCommand, Decision } from './decision';
import { addToQueue, bookAppointment } from './decisions/arrivals';
import { call, callNext, letGo, recall, takeOver } from './decisions/calling';
import type { Case, Handler } from './decisions/case';
import {
  configurePool,
  configureProvider,
  configureQueue,
  configureServicePoint,
  configureSite,
  setProviderStatus,
} from './decisions/configuration';
import { joinDevice, leaseTickets, revokeDevice } from './decisions/devices';
import { cancel, markLeft, markNoShow, remove } from './decisions/ending';
import { answerNotice } from './decisions/notices';
import { complete, startService } from './decisions/service';
import { undo } from './decisions/undoing';
import { correct, hold, resume, returnToQueue, setPriority, skip, transfer } from './decisions/waiting';
import { layerOver } from './rows';

export type { DecidableCommand, Decision } from './decision';

const HANDLERS: { readonly [T in CommandType]: Handler<T> } = {
  configureSite,
  configurePool,
  configureQueue,
  configureServicePoint,
  configureProvider,
  setProviderStatus,
  bookAppointment,
  joinDevice,
  revokeDevice,
  leaseTickets,
  addToQueue,
  callNext,
  call,
  recall,
  startService,
  complete,
  markNoShow,
  markLeft,
  skip,
  hold,
  resume,
  returnToQueue,
  transfer,
  setPriority,
  correct,
  cancel,
  remove,
  takeOver,
  letGo,
  undo,
  answerNotice,
};

/** Rights are checked when a command is executed (S18): a revoked machine's requests are refused, its facts are kept for a supervisor. */
function rightsOf(state: SiteState, command: DecidableCommand, context: DecisionContext): Outcome | undefined {
  if (!context.referee || !state.row('devices', context.device.id)?.revokedAt) return undefined;
  const detail = { byDevice: context.device.name };
  return FACTS.has(command.type) ? { status: 'held', code: 'device_revoked', detail } : { status: 'rejected', code: 'not_allowed', detail };
}

/**
 * What becomes of a command on this state: its outcome and the rows to change, which the caller applies. The same on every
 * machine for the same input, and it never throws on what the schemas let pass. Refused and held commands change nothing.
 */
export function decide(state: SiteState, command: DecidableCommand, context: DecisionContext): Decision {
  const barred = rightsOf(state, command, context);
  if (barred) return { ...barred, changes: [] };
  const draft = layerOver(state);
  const at: Case = { draft, context, commandId: command.id, actor: command.actor, live: command.live, steps: 0 };
  // each handler takes the arguments of its own type, which the compiler cannot follow through the lookup
  const handler = HANDLERS[command.type] as (at: Case, args: DecidableCommand['args']) => Outcome;
  const outcome = handler(at, command.args);
  const refused = outcome.status === 'rejected' || outcome.status === 'held';
  return { ...outcome, changes: refused ? [] : draft.changes() };
}
