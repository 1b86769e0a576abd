import type { CommandType, Intent } from '@shared/domain/commands';
import { isMessageKey } from '@shared/i18n/translate';
import type { DeskOutput } from '@shared/views/deskBridge';
import type { Envelope, Failure } from '@shared/views/envelope';
import { useMemo } from 'react';
import { useWords } from '@/ui/useWords';
import { useDesk } from './deskFeed';
import { useDeskState } from './deskState';
import { deskToasts } from './toasts';

export type Dispatched = Envelope<DeskOutput<'dispatch'>>;

export interface SendOptions {
  /** The ticket that the sentences name. */
  readonly ticket?: string;
  /** Whether the caller shows a refusal itself (under a field); otherwise it becomes a notice. */
  readonly inline?: boolean;
  /** No toast: what happened is told in another way. */
  readonly silent?: boolean;
}

/** Commands about a person's turn get a toast with Undo; the rest is confirmed where it was changed. */
const TOLD: ReadonlySet<CommandType> = new Set([
  'addToQueue',
  'callNext',
  'call',
  'recall',
  'startService',
  'complete',
  'markNoShow',
  'markLeft',
  'skip',
  'hold',
  'resume',
  'returnToQueue',
  'transfer',
  'setPriority',
  'correct',
  'cancel',
  'remove',
  'takeOver',
  'letGo',
  'undo',
]);

const lost = (error: unknown): Failure => ({ code: 'timed_out', message: error instanceof Error ? error.message : 'No answer came.' });

/** Sends commands: holds the list still meanwhile, tells what was done with its Undo, and turns a refusal into a notice. */
export const useCommands = () => {
  const { bridge } = useDesk();
  const t = useWords();
  return useMemo(() => {
    const send = async (intent: Intent, { ticket, inline = false, silent = false }: SendOptions = {}): Promise<Dispatched> => {
      const { commandStarted, commandEnded, refuse } = useDeskState.getState();
      commandStarted();
      const answer: Dispatched = await bridge
        .request('dispatch', intent)
        .catch((error: unknown) => ({ ok: false as const, error: lost(error) }));
      commandEnded();
      if (!answer.ok) {
        if (!inline) refuse(answer.error, ticket ?? null);
        return answer;
      }
      const key = `verb:${intent.type}.done`;
      if (!silent && TOLD.has(intent.type) && isMessageKey(key)) {
        const named = answer.data.ticket ?? ticket ?? '';
        deskToasts.tell({
          text: t(key, { ticket: named }),
          entryId: intent.type === 'undo' ? null : answer.data.entryId,
          verb: intent.type,
        });
      }
      return answer;
    };
    return { send };
  }, [bridge, t]);
};
