import type { Locale } from '@shared/domain/rows';
import type { Instant } from '@shared/domain/time';
import { dateText } from '@shared/i18n/format';
import type { DeskOutput } from '@shared/views/deskBridge';
import { type KeyboardEvent, type RefObject, useEffect, useId, useState } from 'react';
import { Icon } from '@/ui/icons';
import { useLocale, useWords } from '@/ui/useWords';
import { Num } from '@/ui/Words';
import { useDesk } from '../deskFeed';

export type Found = DeskOutput<'searchPatients'>[number];

/** `14 Mar 1986`: a birth date has no zone. */
const birthDateText = (date: string, locale: Locale): string => dateText(Date.parse(`${date}T00:00Z`) as Instant, 'UTC', locale);

/** Marks what was searched for inside a name. */
const Marked = ({ text, part }: { text: string; part: string }) => {
  const at = part === '' ? -1 : text.toLocaleLowerCase().indexOf(part.toLocaleLowerCase());
  if (at < 0) return <>{text}</>;
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + part.length)}</mark>
      {text.slice(at + part.length)}
    </>
  );
};

/** The patients that match what was typed; the search is local, so every letter asks. */
const useMatches = (text: string): readonly Found[] => {
  const { bridge } = useDesk();
  const [matches, setMatches] = useState<readonly Found[]>([]);
  useEffect(() => {
    let current = true;
    if (text.trim().length < 2) {
      setMatches([]);
      return;
    }
    void bridge.request('searchPatients', { text: text.trim() }).then((answer) => {
      if (current && answer.ok) setMatches(answer.data.slice(0, 5));
    });
    return () => {
      current = false;
    };
  }, [bridge, text]);
  return matches;
};

interface PatientSearchProps {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Chose a known patient. */
  readonly onKnown: (found: Found) => void;
  /** Chose "New patient": what was typed is the name. */
  readonly onNew: () => void;
  /** Chose someone who waits already: leads to that row instead of to a second ticket. */
  readonly onWaiting: (found: Found) => void;
}

/** One field that finds known patients or starts a new one; arrows choose, Enter takes, Alt N is new. */
export const PatientSearch = ({ input, text, onText, onKnown, onNew, onWaiting }: PatientSearchProps) => {
  const t = useWords();
  const locale = useLocale();
  const id = useId();
  const matches = useMatches(text);
  const [active, setActive] = useState<number | null>(null);
  const open = text.trim() !== '';
  const last = matches.length;
  // with matches nothing is chosen until an arrow says so, so that Enter cannot take the wrong person
  const chosen = active === null || active > last ? (matches.length === 0 ? last : null) : active;

  const take = (index: number) => {
    const found = matches[index];
    if (!found) onNew();
    else if (found.waiting) onWaiting(found);
    else onKnown(found);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !open) return;
    if (event.key === 'ArrowDown') setActive(chosen === null ? 0 : Math.min(last, chosen + 1));
    else if (event.key === 'ArrowUp') setActive(chosen === null ? last : Math.max(0, chosen - 1));
    else if (event.key === 'Enter' && chosen !== null) take(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <div className="search-box">
      <div className="search">
        <Icon name="search" />
        <input
          ref={input}
          className="input"
          role="combobox"
          aria-label={t('desk:search_label')}
          aria-expanded={open}
          aria-controls={`${id}-found`}
          aria-activedescendant={open && chosen !== null ? `${id}-${chosen}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          maxLength={120}
          placeholder={t('desk:search_label')}
          value={text}
          onChange={(event) => {
            setActive(null);
            onText(event.target.value);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {open && (
        <div className="found" role="listbox" id={`${id}-found`} aria-label={t('desk:found')}>
          {matches.map((found, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above has the keys
            <div
              key={found.id}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              className={index === chosen ? 'is-on' : undefined}
              onClick={() => take(index)}
            >
              <span>
                <b>
                  <Marked text={found.name} part={text.trim()} />
                </b>
                <br />
                <small>
                  {[found.birthDate && birthDateText(found.birthDate, locale), found.mrn && t('desk:file_number', { mrn: found.mrn })]
                    .filter(Boolean)
                    .join(' · ')}
                </small>
              </span>
              {found.waiting ? (
                <span className="chip">
                  <Icon name="clock" />
                  {t('desk:waiting_as', { ticket: found.waiting.ticket })}
                </span>
              ) : (
                <span className="found-end">{found.phone && <Num>{found.phone}</Num>}</span>
              )}
            </div>
          ))}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above has the keys */}
          <div
            id={`${id}-${last}`}
            role="option"
            tabIndex={-1}
            aria-selected={last === chosen}
            className={last === chosen ? 'is-on' : undefined}
            onClick={() => take(last)}
          >
            <span>
              <b>{t('desk:new_patient')}</b> {t('desk:quoted', { text: text.trim() })}
            </span>
            <kbd>Alt N</kbd>
          </div>
        </div>
      )}
    </div>
  );
};
