import type { Command } from '../domain/commands';
import type { RowChange } from '../domain/rows';
import type { SiteState, StateLayer } from '../domain/state';
import { type Decision, decide } from '../engine/decide';
import { layerOver } from '../engine/rows';
import { applyChange } from './confirmedRows';
import type { createDayFinder } from './dayFinder';
import { pendingOf, type ReplicaFacts } from './replicaFacts';

/** What people see: the confirmed rows with the pending commands replayed above them (S2). */
export interface Prediction {
  /** The overlay, made again when asked after `changed`: once per catch-up, however many rows it brought. */
  visible(): SiteState;
  /** The overlay with the commands above it that are not on disk yet: what the next command is decided on. */
  draft(): SiteState;
  /** What this desk's engine makes of a command on a state; an engine that throws refuses it. */
  decide(state: SiteState, command: Command): Decision;
  /** Adds a decision to the draft. */
  addToDraft(changes: readonly RowChange[]): void;
  clearDraft(): void;
  /** A command whose decision stands is on disk now. */
  accept(changes: readonly RowChange[]): void;
  /** Confirmed rows or pending commands are others now. */
  changed(): void;
}

export function createPrediction(facts: ReplicaFacts, dayOf: ReturnType<typeof createDayFinder>): Prediction {
  let overlay: StateLayer | null = null;
  let above: StateLayer | null = null;

  function decideOn(state: SiteState, command: Command): Decision {
    const context = {
      at: command.at,
      day: dayOf(state.site(), command.at),
      replicaId: facts.identity.replicaId,
      device: { id: facts.identity.deviceId, name: facts.identity.deviceName, letter: facts.identity.letter },
      referee: false,
      age: 0,
    };
    try {
      return decide(state, command, context);
    } catch (error) {
      return {
        status: 'rejected',
        code: 'engine_error',
        detail: { text: error instanceof Error ? error.message : String(error) },
        changes: [],
      };
    }
  }

  function visible(): StateLayer {
    if (overlay) return overlay;
    overlay = layerOver(facts.confirmed);
    for (const command of pendingOf(facts)) for (const change of decideOn(overlay, command).changes) applyChange(overlay, change);
    return overlay;
  }

  const draft = (): StateLayer => {
    above ??= layerOver(visible());
    return above;
  };

  return {
    visible,
    draft,
    decide: decideOn,
    addToDraft(changes) {
      for (const change of changes) applyChange(draft(), change);
    },
    clearDraft() {
      above = null;
    },
    accept(changes) {
      if (overlay) for (const change of changes) applyChange(overlay, change);
    },
    changed() {
      overlay = null;
      above = null;
    },
  };
}
