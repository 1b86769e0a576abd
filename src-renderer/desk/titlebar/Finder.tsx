import { Dialog } from '@base-ui/react/dialog';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { Icon, type IconName } from '@/ui/icons';
import { useNameText, useWords } from '@/ui/useWords';
import { Ticket } from '@/ui/Words';
import { useView } from '../deskFeed';
import { useDeskState } from '../deskState';
import { useDeskCommands } from '../useDeskCommands';
import { findEntries, folded } from './findings';

interface Finding {
  readonly key: string;
  readonly icon: IconName;
  readonly label: string;
  readonly ticket: string | null;
  readonly end: string;
  readonly act: () => void;
}

/** Finds entries in all queues and leads to them, queues, and the desk's commands. */
export const Finder = ({ onClose }: { onClose: () => void }) => {
  const t = useWords();
  const id = useId();
  const nameText = useNameText();
  const view = useView();
  const { showEntry, chooseQueue } = useDeskState();
  const commands = useDeskCommands();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);

  const wanted = folded(text.trim());
  const entries: Finding[] = findEntries(view, text, 8).map((entry) => ({
    key: entry.id,
    icon: 'person',
    label: entry.patient.name,
    ticket: entry.ticket,
    end: [
      nameText(view.queues.find(({ id: queueId }) => queueId === entry.queueId)?.name ?? { name: '', translations: {} }),
      t(`status:${entry.status}`),
    ]
      .filter(Boolean)
      .join(' · '),
    act: () => showEntry(entry),
  }));
  const queues: Finding[] = view.queues
    .filter(({ name }) => wanted !== '' && folded(`${name.name} ${nameText(name)}`).includes(wanted))
    .map(({ id: queueId, name }) => ({
      key: queueId,
      icon: 'order',
      label: nameText(name),
      ticket: null,
      end: t('desk:a_queue'),
      act: () => chooseQueue(queueId),
    }));
  const deskCommands: Finding[] = commands
    .filter(({ label }) => folded(label).includes(wanted))
    .map(({ key, icon, label, shortcut, act }) => ({ key, icon, label, ticket: null, end: shortcut ?? '', act }));
  const findings = [...entries, ...queues, ...deskCommands];
  const chosen = Math.min(active, findings.length - 1);

  const take = (finding: Finding | undefined) => {
    if (!finding) return;
    onClose();
    finding.act();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setActive(Math.min(findings.length - 1, chosen + 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(0, chosen - 1));
    else if (event.key === 'Enter') take(findings[chosen]);
    else return;
    event.preventDefault();
    requestAnimationFrame(() => list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }));
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Viewport className="dialog-layer">
          <Dialog.Popup className="dialog finder-dialog" aria-label={t('desk:finder')}>
            <div className="finder-input">
              <Icon name="search" />
              <input
                role="combobox"
                aria-label={t('desk:finder')}
                aria-expanded
                aria-controls={`${id}-list`}
                aria-activedescendant={findings.length > 0 ? `${id}-${chosen}` : undefined}
                placeholder={t('desk:finder')}
                autoComplete="off"
                spellCheck={false}
                value={text}
                onChange={(event) => {
                  setText(event.target.value);
                  setActive(0);
                }}
                onKeyDown={onKeyDown}
              />
              <kbd>Esc</kbd>
            </div>
            <div className="finder-list" role="listbox" id={`${id}-list`} aria-label={t('desk:found')} ref={list}>
              {findings.map((finding, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above has the keys
                <div
                  key={finding.key}
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={index === chosen}
                  className="finder-option"
                  tabIndex={-1}
                  onClick={() => take(finding)}
                >
                  <Icon name={finding.icon} />
                  {finding.ticket && <Ticket>{finding.ticket}</Ticket>}
                  <bdi>{finding.label}</bdi>
                  <span className="finder-end">{finding.end}</span>
                </div>
              ))}
              {findings.length === 0 && <p className="empty">{t('desk:found_nothing')}</p>}
            </div>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
