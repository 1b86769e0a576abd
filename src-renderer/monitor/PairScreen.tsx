import { type FormEvent, useId, useState } from 'react';
import type { PairingRefusal } from './bridge/identity';
import { failureWords } from './failureWords';
import { useWords } from './languages';

interface PairScreenProps {
  readonly initialCode: string;
  /** Why the screen must be paired (again), or why the last try failed. */
  readonly refusal: PairingRefusal | null;
  readonly busy: boolean;
  readonly onPair: (code: string, name: string) => void;
}

const CODE_LENGTH = 8;

/** Makes this browser a screen of the clinic, with the code that a desk shows. */
export const PairScreen = ({ initialCode, refusal, busy, onPair }: PairScreenProps) => {
  const t = useWords();
  const id = useId();
  const [code, setCode] = useState(initialCode);
  const [name, setName] = useState(t('monitor:pair_name_default'));
  const [missing, setMissing] = useState<'code' | 'name' | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = code.replace(/[^0-9A-Za-z]/g, '').length !== CODE_LENGTH ? 'code' : name.trim() ? null : 'name';
    setMissing(wrong);
    if (!wrong) onPair(code.trim(), name.trim());
  };
  const error =
    missing === 'code'
      ? t('monitor:pair_code_missing')
      : missing === 'name'
        ? t('monitor:pair_name_missing')
        : refusal && failureWords(refusal, t);
  return (
    <main className="m-pair">
      <form noValidate onSubmit={submit}>
        <h1>{t('monitor:pair_title')}</h1>
        <p>{t('monitor:pair_hint')}</p>
        <label htmlFor={`${id}-code`}>{t('monitor:pair_code')}</label>
        <input
          aria-describedby={error ? `${id}-error` : undefined}
          aria-invalid={missing === 'code' || refusal !== null}
          autoCapitalize="characters"
          autoComplete="off"
          className="num"
          dir="ltr"
          id={`${id}-code`}
          maxLength={20}
          onChange={(event) => setCode(event.target.value.toUpperCase())}
          spellCheck={false}
          value={code}
        />
        <label htmlFor={`${id}-name`}>{t('monitor:pair_name')}</label>
        <input
          aria-invalid={missing === 'name'}
          autoComplete="off"
          id={`${id}-name`}
          maxLength={60}
          onChange={(event) => setName(event.target.value)}
          value={name}
        />
        {error && (
          <p className="m-error" id={`${id}-error`} role="alert">
            {error}
          </p>
        )}
        <button disabled={busy} type="submit">
          {t(busy ? 'monitor:pairing' : 'monitor:pair_button')}
        </button>
      </form>
    </main>
  );
};
