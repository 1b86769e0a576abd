import { Toast } from '@base-ui/react/toast';
import type { CommandType } from '@shared/domain/commands';

/** What the last step was, and whose: its Undo is offered while the view says that it is still the last. */
export interface StepTold {
  readonly entryId: string | null;
  readonly verb: CommandType;
}

/** How long a toast stays, in milliseconds; the CSS line `time-left` runs as long. */
const STAYS = 8_000;
/** One at a time: a new step takes the place of the former. */
const ID = 'step';

export const toastManager = Toast.createToastManager<StepTold>();

export const deskToasts = {
  tell: ({ text, ...data }: StepTold & { readonly text: string }): void => {
    toastManager.add({ id: ID, title: text, timeout: STAYS, data });
  },
  clear: (): void => toastManager.close(ID),
};
