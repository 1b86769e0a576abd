import { LOCALES } from '@shared/domain/rows';
import { languages } from '@shared/i18n/language';
import type { Failure } from '@shared/views/envelope';
import { useState } from 'react';
import { ErrorText } from '@/ui/Field';
import { Icon } from '@/ui/icons';
import { Segmented } from '@/ui/Segmented';
import { useLocale, useWords } from '@/ui/useWords';
import { useDesk } from './deskFeed';
import { failureText } from './failureText';
import { PairForm } from './PairForm';
import { saveFile } from './saveFile';
import { useSettings } from './settings';

/** Problems that a code from another desk solves. */
const NEEDS_PAIRING: ReadonlySet<string> = new Set(['not_paired', 'unauthenticated', 'revoked']);
/** Problems in which no replica is open from which changes could be exported. */
const NOTHING_TO_EXPORT: ReadonlySet<string> = new Set([
  'not_paired',
  'view_only',
  'unsupported_browser',
  'insecure_page',
  'newer_version',
  'corrupt',
  'not_synced',
]);

/** Nothing can be shown: why, what to do about it, and the way on. Nothing recorded is touched. */
export const ProblemScreen = ({ problem }: { problem: Failure }) => {
  const t = useWords();
  const locale = useLocale();
  const { bridge } = useDesk();
  const change = useSettings((state) => state.change);
  const [refusal, setRefusal] = useState<string | null>(null);
  const pairing = NEEDS_PAIRING.has(problem.code) || problem.detail?.['pairing'] === true;
  const { title } = failureText(problem, null, 'UTC', locale, t);
  const exportChanges = async () => {
    const answer = await bridge.request('exportOutbox', {});
    if (answer.ok) saveFile(answer.data.fileName, answer.data.text);
    else setRefusal(failureText(answer.error, null, 'UTC', locale, t).title);
  };
  return (
    <main className="page">
      <div className="card page-card">
        <Icon name={pairing ? 'link' : 'warning'} size="page" />
        <h1>{t(pairing ? 'desk:pair_title' : 'desk:problem_title')}</h1>
        <p role="alert">{title}</p>
        {pairing ? (
          <PairForm />
        ) : (
          <div className="page-actions">
            <button type="button" className="btn btn-primary" onClick={() => location.reload()}>
              {t('desk:retry')}
            </button>
            {!NOTHING_TO_EXPORT.has(problem.code) && (
              <button type="button" className="btn" onClick={() => void exportChanges()}>
                {t('desk:export')}
              </button>
            )}
          </div>
        )}
        {refusal && <ErrorText>{refusal}</ErrorText>}
        <Segmented
          hideLabel
          label={t('desk:language')}
          value={locale}
          onChange={(language) => change({ language })}
          segments={LOCALES.map((value) => ({ value, label: languages[value].name }))}
        />
      </div>
    </main>
  );
};
