import { ErrorText } from '@/ui/Field';
import { Icon } from '@/ui/icons';
import { useWords } from '@/ui/useWords';

/** The end of a configuration row: save, and what came of it. */
export const SaveRow = ({ dirty, saved, refusal }: { dirty: boolean; saved: boolean; refusal: string | null }) => {
  const t = useWords();
  return (
    <div className="setup-save">
      <button type="submit" className="btn" disabled={!dirty}>
        {t('common:save')}
      </button>
      {saved && (
        <span className="text-note" role="status">
          <Icon name="check" size="sm" /> {t('common:saved')}
        </span>
      )}
      {refusal && <ErrorText>{refusal}</ErrorText>}
    </div>
  );
};
