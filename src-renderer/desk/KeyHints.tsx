import { Icon } from '@/ui/icons';
import { useWords } from '@/ui/useWords';
import { useDeskState } from './deskState';
import { KEYS } from './keyNames';
import { useSettings } from './settings';

/** The keys that are used all day, in the order of the work. */
const SHOWN = ['call_next', 'add', 'choose', 'call_chosen', 'hold', 'transfer', 'undo'] as const;

/** A reminder of the keys, and whether the desk makes sounds. */
export const KeyHints = () => {
  const t = useWords();
  const { sound, change } = useSettings();
  const openDialog = useDeskState((state) => state.openDialog);
  return (
    <footer className="hints">
      {SHOWN.map((shown) => (
        <span key={shown}>
          {KEYS.find(({ does }) => does === shown)?.keys.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
          {t(`desk:key_${shown}`)}
        </span>
      ))}
      <button type="button" className="hint-button" onClick={() => openDialog({ kind: 'keys' })}>
        <kbd>?</kbd>
        {t('desk:key_all')}
      </button>
      <button type="button" className="hint-button hints-end" aria-pressed={sound} onClick={() => change({ sound: !sound })}>
        <Icon name={sound ? 'sound' : 'silent'} size="sm" />
        {t(sound ? 'desk:sound_on' : 'desk:sound_off')}
      </button>
    </footer>
  );
};
