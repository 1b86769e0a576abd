import { useEffect } from 'react';
import { Icon } from '@/ui/icons';
import { useNameText, useWords } from '@/ui/useWords';
import { Dialogs } from './Dialogs';
import { useView } from './deskFeed';
import { useDeskState, useHeld } from './deskState';
import { usePressWatch, useSteady } from './holdStill';
import { KeyHints } from './KeyHints';
import { QueueRail } from './rail/QueueRail';
import { AddPatientSheet } from './sheet/AddPatientSheet';
import { SideColumn } from './side/SideColumn';
import { Titlebar } from './titlebar/Titlebar';
import { useDeskKeys } from './useDeskKeys';
import { WorkArea } from './work/WorkArea';

/** A clinic without queues: the one thing to do is to set it up. */
const NoQueues = () => {
  const t = useWords();
  const openDialog = useDeskState((state) => state.openDialog);
  return (
    <main className="work" data-region="work">
      <div className="empty">
        <Icon name="setup" />
        <b>{t('desk:no_queues')}</b>
        <p>{t('desk:no_queues_note')}</p>
        <button type="button" className="btn btn-primary" onClick={() => openDialog({ kind: 'setup' })}>
          {t('desk:setup')}
        </button>
      </div>
    </main>
  );
};

/** Says who is next whenever that changes, for those who do not see it move. */
const useSaidNext = (ticket: string | undefined, queueId: string | undefined): void => {
  const t = useWords();
  const announce = useDeskState((state) => state.announce);
  useEffect(() => {
    if (queueId) announce(ticket ? t('desk:next_is', { ticket }) : t('desk:empty_waiting'));
  }, [announce, queueId, t, ticket]);
};

/** The desk: title bar, queues, the chosen queue, and beside it the next patient and rooms or the add-patient sheet. */
export const DeskScreen = () => {
  const view = useView();
  const nameText = useNameText();
  const chosenId = useDeskState((state) => state.queueId);
  const sheet = useDeskState((state) => state.sheet);
  const announcement = useDeskState((state) => state.announcement);
  const held = useHeld();
  const order = view.groups.flatMap(({ queueIds }) => queueIds);
  const queue = view.queues.find(({ id }) => id === chosenId) ?? view.queues.find(({ id }) => id === order[0]);
  const next = useSteady(queue?.waiting[0], held, queue?.id ?? '');
  usePressWatch();
  useDeskKeys(queue, next);
  useSaidNext(queue?.waiting[0]?.ticket, queue?.id);
  const title = nameText(view.site.name);
  useEffect(() => {
    document.title = `${title} · Anteroom`;
  }, [title]);
  return (
    <div className="desk">
      <Titlebar />
      <div className={sheet && queue ? 'desk-main has-sheet' : 'desk-main'}>
        <QueueRail current={queue?.id ?? null} />
        {queue ? <WorkArea queue={queue} /> : <NoQueues />}
        {sheet && queue ? (
          <AddPatientSheet key={`${queue.id} ${sheet.expected?.appointmentId ?? ''}`} queue={queue} expected={sheet.expected} />
        ) : (
          <SideColumn queue={queue} />
        )}
      </div>
      <KeyHints />
      <Dialogs />
      <div className="sr" role="status" aria-live="polite">
        {announcement}
      </div>
    </div>
  );
};
