import { useDeskState } from './deskState';
import { ChangesDialog } from './dialogs/ChangesDialog';
import { CorrectDialog } from './dialogs/CorrectDialog';
import { JoinDialog } from './dialogs/JoinDialog';
import { KeysDialog } from './dialogs/KeysDialog';
import { PairingDialog } from './dialogs/PairingDialog';
import { ReasonDialog } from './dialogs/ReasonDialog';
import { TransferDialog } from './dialogs/TransferDialog';
import { SetupDialog } from './setup/SetupDialog';
import { Finder } from './titlebar/Finder';

/** What is open above the desk. */
export const Dialogs = () => {
  const dialog = useDeskState((state) => state.dialog);
  const onClose = useDeskState((state) => state.closeDialog);
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'finder':
      return <Finder onClose={onClose} />;
    case 'changes':
      return <ChangesDialog onClose={onClose} />;
    case 'pairing':
      return <PairingDialog onClose={onClose} />;
    case 'join':
      return <JoinDialog onClose={onClose} />;
    case 'setup':
      return <SetupDialog onClose={onClose} />;
    case 'keys':
      return <KeysDialog onClose={onClose} />;
    case 'transfer':
      return <TransferDialog entry={dialog.entry} onClose={onClose} />;
    case 'correct':
      return <CorrectDialog entry={dialog.entry} onClose={onClose} />;
    case 'reason':
      return <ReasonDialog entry={dialog.entry} action={dialog.action} onClose={onClose} />;
  }
};
