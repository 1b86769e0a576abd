import { Dialog } from '@/ui/Dialog';
import { useWords } from '@/ui/useWords';
import { KEYS } from '../keyNames';

/** Every key of the desk. */
export const KeysDialog = ({ onClose }: { onClose: () => void }) => {
  const t = useWords();
  return (
    <Dialog title={t('desk:keys_title')} onClose={onClose}>
      <dl className="keys">
        {KEYS.map(({ keys, does }) => (
          <div key={does}>
            <dt>{t(`desk:key_${does}`)}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-note">{t('desk:keys_note')}</p>
    </Dialog>
  );
};
