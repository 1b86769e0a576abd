import { useWords } from '@/ui/useWords';

const ROWS = ['a', 'b', 'c', 'd', 'e'];

/** Five grey rows, and those only after 300 ms: usually the desk is there before. */
export const Loading = () => {
  const t = useWords();
  return (
    <main className="work loading" aria-busy="true" aria-label={t('desk:loading')}>
      {ROWS.map((row) => (
        <div key={row} className="grey-row" />
      ))}
    </main>
  );
};
