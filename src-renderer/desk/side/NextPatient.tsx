import { timeText } from '@shared/i18n/format';
import type { EntryView, QueueView } from '@shared/views/desk';
import { useEffect, useRef } from 'react';
import { Icon } from '@/ui/icons';
import { Menu, MenuChoice } from '@/ui/Menu';
import { useLocale, useNameText, useWords } from '@/ui/useWords';
import { Num, Ticket, Words } from '@/ui/Words';
import { useView } from '../deskFeed';
import { useDeskState, useHeld } from '../deskState';
import { useSteady } from '../holdStill';
import { PriorityChip } from '../PriorityChip';
import { roomsFor, roomToCallTo } from '../rooms';
import { useSettings } from '../settings';
import { useEntryActions } from '../useEntryActions';
import { reasonText } from '../work/ReasonLine';

/** To which room this desk calls the patients of this queue. */
const RoomChoice = ({ queue }: { queue: QueueView }) => {
  const t = useWords();
  const nameText = useNameText();
  const view = useView();
  const chosen = useSettings((state) => state.rooms[queue.id]);
  const chooseRoom = useSettings((state) => state.chooseRoom);
  const menuOpened = useDeskState((state) => state.menuOpened);
  const room = roomToCallTo(view, queue.id, chosen);
  if (!room) return null;
  return (
    <Menu
      onOpenChange={menuOpened}
      trigger={
        <button type="button" className="next-to" title={t('desk:call_to_label')}>
          <span className="sr">{t('desk:call_to_label')} </span>
          <Icon name="arrow" size="sm" />
          {room.state === 'free' ? nameText(room.name) : `${nameText(room.name)} · ${t(`desk:room_${room.state}`)}`}
          <Icon name="chevron" size="sm" />
        </button>
      }
    >
      <MenuChoice
        label={t('desk:call_to_label')}
        value={room.id}
        onChange={(id) => chooseRoom(queue.id, id)}
        options={roomsFor(view, queue.id).map(({ id, name, state }) => ({
          value: id,
          label: nameText(name),
          icon: 'door',
          end: t(`desk:room_${state}`),
        }))}
      />
    </Menu>
  );
};

const Nobody = ({ queue }: { queue: QueueView }) => {
  const t = useWords();
  const locale = useLocale();
  const { expected, site } = useView();
  const next = expected.find(({ queueId }) => queueId === queue.id);
  return (
    <>
      <p className="next-none">{t('desk:empty_waiting')}</p>
      <p className="next-why">
        {next ? (
          <Words>{t('desk:next_expected', { name: next.patient.name, time: timeText(next.at, site.zone, locale) })}</Words>
        ) : (
          t('desk:none_expected')
        )}
      </p>
    </>
  );
};

const NextEntry = ({ entry, queue }: { entry: EntryView; queue: QueueView }) => {
  const t = useWords();
  const locale = useLocale();
  const view = useView();
  const { callNext, doIt } = useEntryActions();
  const setup = useDeskState((state) => state.openDialog);
  const hasRoom = roomsFor(view, queue.id).length > 0;
  const arrived = timeText(entry.arrivedAt, view.site.zone, locale);
  const why = reasonText(entry.reasons, t, locale, view.site.zone);
  return (
    <>
      <div className="next-body">
        <Ticket>{entry.ticket}</Ticket>
        <div className="next-who">
          <p className="next-name">
            <bdi>{entry.patient.name}</bdi>
          </p>
          <p className="next-meta">
            <PriorityChip priority={entry.priority} scale={queue.priorities} />
            <span className="next-arrived" title={t('desk:arrived', { time: arrived })}>
              <Icon name="clock" size="sm" />
              <Num>{arrived}</Num>
            </span>
          </p>
        </div>
      </div>
      <p className="next-why" title={why.replaceAll('\u2060', '')}>
        <Words>{why}</Words>
      </p>
      {hasRoom ? (
        <div className="next-actions">
          <button type="button" className="btn btn-primary btn-lg" data-call-next onClick={() => callNext(entry, queue)}>
            <span>
              {t('verb:call')} <Num>{entry.ticket}</Num>
            </span>
            <kbd>F2</kbd>
          </button>
          <button type="button" className="btn btn-lg" onClick={() => doIt('skip', entry)}>
            {t('verb:skip')}
          </button>
          <button type="button" className="btn btn-lg" onClick={() => doIt('hold', entry)}>
            {t('verb:hold')}
          </button>
        </div>
      ) : (
        <div className="next-actions">
          <p className="text-note">{t('desk:no_room')}</p>
          <button type="button" className="btn" onClick={() => setup({ kind: 'setup' })}>
            {t('desk:setup')}
          </button>
        </div>
      )}
      {entry.notes && (
        <p className="next-why next-note">
          <bdi>{entry.notes}</bdi>
        </p>
      )}
    </>
  );
};

/** Who is next, and the one thing to do. It names its ticket and does not change under a pressed pointer. */
export const NextPatient = ({ queue }: { queue: QueueView }) => {
  const t = useWords();
  const held = useHeld();
  const { notices } = useView();
  const entry = useSteady(queue.waiting[0], held, queue.id);
  const card = useRef<HTMLElement>(null);
  // lost the race: the new button gets the focus
  const lost = notices.find(({ code, source }) => source === 'outcome' && code === 'next_was_taken')?.id;
  useEffect(() => {
    if (lost) card.current?.querySelector<HTMLElement>('[data-call-next]')?.focus();
  }, [lost]);
  return (
    <section className="card next" aria-label={t('desk:next_patient')} ref={card}>
      <div className="side-label">
        <h2>{t('desk:next_patient')}</h2>
        <RoomChoice queue={queue} />
      </div>
      {entry ? <NextEntry entry={entry} queue={queue} /> : <Nobody queue={queue} />}
    </section>
  );
};
