import type { Command, Intent } from '../domain/commands';
import * as ids from '../domain/ids';
import type { Decision } from '../engine/decide';
import type { DeskOutput } from '../views/deskBridge';
import type { Envelope, Failure } from '../views/envelope';
import type { ClientEffect, Clocks } from './clientEvents';
import type { CommitFailure, CommitLine } from './commitLine';
import type { Prediction } from './prediction';
import { refusalSentence, STORE_SENTENCES } from './refusals';
import type { ReplicaFacts } from './replicaFacts';
import type { SiteClock } from './siteClock';

/** A command that a person gave and that is not on disk yet. */
interface Waiting {
  readonly token: number;
  readonly command: Command;
  readonly decision: Decision;
}

/** Takes what people ask for: decided at once, on disk before the screen changes (S4), `n` gapless whatever fails. */
export interface Dispatching {
  dispatch(given: { readonly token: number; readonly intent: Intent; readonly actor: string }, live: boolean, clocks: Clocks): void;
  /** Decides again what is not on disk yet: the rows below, the numbers or the replica are others now. */
  decideAgain(): void;
}

export interface DispatchServices {
  readonly facts: ReplicaFacts;
  readonly line: CommitLine;
  readonly prediction: Prediction;
  readonly clock: SiteClock;
  newId(): string;
  emit(effect: ClientEffect): void;
  /** Commands that are on disk now. */
  recorded(commands: readonly Command[], clocks: Clocks): void;
}

export function createDispatching({ facts, line, prediction, clock, newId, emit, recorded }: DispatchServices): Dispatching {
  let waiting: Waiting[] = [];
  /** Those of `waiting` whose commit is under way, from the front. */
  let writing: readonly Waiting[] = [];

  const answer = (token: number, envelope: Envelope<DeskOutput<'dispatch'>>): void => emit({ type: 'answer', token, envelope });
  const refuse = (token: number, error: Failure): void => answer(token, { ok: false, error });

  function dispatch(given: Parameters<Dispatching['dispatch']>[0], live: boolean, clocks: Clocks): void {
    if (!facts.confirmed.site()) {
      refuse(given.token, {
        code: 'not_ready',
        message: 'This desk has not yet received the clinic from the server: connect it once, then try again.',
      });
      return;
    }
    const stamp = {
      n: facts.lastN + waiting.length + 1,
      id: ids.commandId.parse(newId()),
      v: 1,
      baseSeq: facts.cursor?.seq ?? 0,
      at: clock.now(clocks),
      atErr: clock.error(),
      actor: given.actor,
      live,
    } as const;
    if (consider(given.token, { ...given.intent, ...stamp })) write();
  }

  /** Decides a command on everything before it; refused ones are answered and leave no trace. */
  function consider(token: number, command: Command): boolean {
    const decision = prediction.decide(prediction.draft(), command);
    if (decision.status === 'rejected') {
      const { field } = decision.detail;
      refuse(token, {
        code: decision.code,
        message: refusalSentence(decision.code),
        ...(field === undefined ? {} : { field }),
        detail: decision.detail,
      });
      return false;
    }
    prediction.addToDraft(decision.changes);
    waiting.push({ token, command, decision });
    return true;
  }

  function write(): void {
    if (writing.length === 0 && !line.has('dispatch'))
      line.add({ kind: 'dispatch', data: takeAll, committed: onCommitted, failed: onFailed });
  }

  function takeAll() {
    writing = [...waiting];
    return writing.length === 0 ? null : { outboxAdd: writing.map((each) => each.command) };
  }

  function onCommitted(clocks: Clocks): void {
    const written = writing;
    writing = [];
    waiting = waiting.slice(written.length);
    const commands = written.map((each) => each.command);
    facts.kept.push(...commands);
    facts.lastN += commands.length;
    for (const each of written) prediction.accept(each.decision.changes);
    if (waiting.length === 0) prediction.clearDraft();
    else write();
    for (const each of written) answer(each.token, { ok: true, data: outputOf(each) });
    emit({ type: 'changed' });
    recorded(commands, clocks);
  }

  function onFailed(code: CommitFailure): void {
    const lost = writing;
    writing = [];
    waiting = waiting.slice(lost.length);
    for (const each of lost) refuse(each.token, { code, message: STORE_SENTENCES[code] });
    decideAgain();
  }

  function decideAgain(): void {
    prediction.clearDraft();
    const again = waiting;
    waiting = [];
    for (const { token, command } of again) consider(token, { ...command, n: facts.lastN + waiting.length + 1 });
    if (waiting.length > 0) write();
  }

  function outputOf({ command, decision }: Waiting): DeskOutput<'dispatch'> {
    const { args } = command;
    const named = 'entryId' in args ? args.entryId : null;
    const entryId = 'newEntryId' in args ? args.newEntryId : (decision.detail.entryId ?? named);
    const ticket = (entryId && prediction.visible().row('entries', entryId)?.ticket) ?? decision.detail.ticket ?? null;
    return { n: command.n, commandId: command.id, code: decision.code, entryId, ticket };
  }

  return { dispatch, decideAgain };
}
