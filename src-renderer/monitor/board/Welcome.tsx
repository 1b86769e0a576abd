import { SecondWords, useWords } from '../languages';

/** Before the first call of the day. */
export const Welcome = () => {
  const t = useWords();
  return (
    <main className="m-now m-welcome" data-state="latest">
      <p className="m-label">
        <span>{t('monitor:welcome')}</span>
        <SecondWords message="monitor:welcome" />
      </p>
      <p className="m-hint">
        <span>{t('monitor:welcome_hint')}</span>
        <SecondWords message="monitor:welcome_hint" />
      </p>
    </main>
  );
};
