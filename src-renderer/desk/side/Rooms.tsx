import type { ProviderId, ServicePointId } from '@shared/domain/ids';
import { MINUTE } from '@shared/domain/time';
import { timeText } from '@shared/i18n/format';
import type { EntryView, RoomView } from '@shared/views/desk';
import { Icon, type IconName } from '@/ui/icons';
import { Menu, MenuChoice } from '@/ui/Menu';
import { useLocale, useNameText, useWords } from '@/ui/useWords';
import { Num, Ticket, Words } from '@/ui/Words';
import { useNow, useView } from '../deskFeed';
import { useDeskState } from '../deskState';
import { isOwnedHere, roomToCallTo, servesQueue } from '../rooms';
import { useSettings } from '../settings';
import { useCommands } from '../useCommands';
import { useEntryActions } from '../useEntryActions';
import { EntryMenu } from '../work/EntryMenu';

const LOOKS: Readonly<Record<RoomView['state'], { icon: IconName; chip: string }>> = {
  free: { icon: 'door', chip: 'chip chip-line' },
  called: { icon: 'call', chip: 'chip chip-brand' },
  in_service: { icon: 'person', chip: 'chip chip-good' },
  away: { icon: 'away', chip: 'chip' },
};

const minutesAndSeconds = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** How long the room has been in its state; called rooms count seconds, services are compared with the usual length. */
const RoomTime = ({ room }: { room: RoomView }) => {
  const t = useWords();
  const locale = useLocale();
  const view = useView();
  const now = useNow();
  const { zone } = view.site;
  const [entry] = room.entries;
  if (room.state === 'away') {
    const backAt = room.provider?.backAt ?? null;
    return backAt === null ? null : (
      <span className="room-time">
        <Words>{t('desk:back_at', { time: timeText(backAt, zone, locale) })}</Words>
      </span>
    );
  }
  if (room.state === 'called' && entry) {
    if (!isOwnedHere(view, entry) && entry.ownerDevice && entry.calledAt !== null) {
      return (
        <span className="room-time">
          <Words>{t('desk:called_by', { desk: entry.ownerDevice, time: timeText(entry.calledAt, zone, locale) })}</Words>
        </span>
      );
    }
    return <span className="room-time">{entry.calledAt !== null && <Num>{minutesAndSeconds(now - entry.calledAt)}</Num>}</span>;
  }
  if (room.state === 'in_service' && room.since !== null) {
    const minutes = Math.max(0, Math.floor((now - room.since) / MINUTE));
    const over = room.usual > 0 && minutes > room.usual * 1.5;
    return (
      <span className={over ? 'room-time is-over' : 'room-time'}>
        {over && <Icon name="clock" />}
        <Words>{t('desk:served_for', { minutes, usual: Math.round(room.usual) })}</Words>
      </span>
    );
  }
  return room.since === null ? null : (
    <span className="room-time">
      <Words>{t('desk:since', { time: timeText(room.since, zone, locale) })}</Words>
    </span>
  );
};

/** Whether the provider is at work, changed where it is shown. */
const ProviderChoice = ({ room }: { room: RoomView }) => {
  const t = useWords();
  const nameText = useNameText();
  const { send } = useCommands();
  const menuOpened = useDeskState((state) => state.menuOpened);
  const { provider } = room;
  if (!provider) return <span>{t('desk:nobody_here')}</span>;
  return (
    <Menu
      onOpenChange={menuOpened}
      align="start"
      trigger={
        <button type="button" className="room-provider" title={t(`desk:provider_${provider.status}`)}>
          {nameText(provider.name)}
        </button>
      }
    >
      <MenuChoice
        label={nameText(provider.name)}
        value={provider.status}
        onChange={(status) =>
          void send({
            type: 'setProviderStatus',
            args: {
              providerId: provider.id as ProviderId,
              status: status as typeof provider.status,
              servicePointId: room.id as ServicePointId,
              backAt: null,
            },
          })
        }
        options={(['available', 'break', 'off'] as const).map((status) => ({ value: status, label: t(`desk:provider_${status}`) }))}
      />
    </Menu>
  );
};

/** `near`: in a room to which this desk calls; there the next step of others' patients lies open too. */
const RoomEntry = ({ entry, near }: { entry: EntryView; near: boolean }) => {
  const t = useWords();
  const view = useView();
  const { doIt } = useEntryActions();
  const here = isOwnedHere(view, entry);
  const queue = view.queues.find(({ id }) => id === entry.queueId);
  const label = (action: 'startService' | 'recall' | 'markNoShow' | 'complete') =>
    t('desk:action_for', { action: t(`verb:${action}`), ticket: entry.ticket });
  return (
    <>
      <p className="room-who">
        <Ticket>{entry.ticket}</Ticket> <bdi>{entry.patient.name}</bdi>
        {entry.unsent && <span className="sr">, {t('desk:not_sent')}</span>}
        {!here && !(near && entry.status === 'in_service') && (
          <span className="room-more">
            <EntryMenu entry={entry} queue={queue} />
          </span>
        )}
      </p>
      {here && entry.status === 'called' && !entry.unconfirmed && (
        <div className="room-actions">
          <button type="button" className="btn" onClick={() => doIt('startService', entry)} aria-label={label('startService')}>
            <Icon name="start" size="sm" />
            {t('verb:startService')}
          </button>
          <button type="button" className="btn" onClick={() => doIt('recall', entry)} aria-label={label('recall')}>
            {t('verb:recall')}
          </button>
          <button type="button" className="btn" onClick={() => doIt('markNoShow', entry)} aria-label={label('markNoShow')}>
            {t('verb:markNoShow')}
          </button>
          <EntryMenu entry={entry} queue={queue} />
        </div>
      )}
      {(here || near) && entry.status === 'in_service' && (
        <div className="room-actions">
          <button type="button" className="btn" onClick={() => doIt('complete', entry)} aria-label={label('complete')}>
            <Icon name="check" size="sm" />
            {t('verb:complete')}
          </button>
          <EntryMenu entry={entry} queue={queue} />
        </div>
      )}
    </>
  );
};

const Room = ({ room, near }: { room: RoomView; near: boolean }) => {
  const t = useWords();
  const nameText = useNameText();
  const { icon, chip } = LOOKS[room.state];
  const calling = room.entries.some(({ unconfirmed }) => unconfirmed);
  return (
    <li className="room">
      <p className="room-place">
        <b>{nameText(room.name)}</b> <ProviderChoice room={room} />
      </p>
      <div className="room-end">
        <span className={chip}>
          <Icon name={icon} />
          {calling ? t('status:calling') : t(`desk:room_${room.state}`)}
        </span>
        <RoomTime room={room} />
      </div>
      {room.entries.map((entry) => (
        <RoomEntry key={entry.id} entry={entry} near={near} />
      ))}
      {room.entries.length === 0 && (
        <p className="room-who quiet">{t(room.state === 'free' ? 'desk:room_ready' : 'desk:room_not_staffed')}</p>
      )}
    </li>
  );
};

/** The rooms: who is in them, who is called to them, and the next steps for this desk's own patients. */
export const Rooms = ({ queueId }: { queueId: string | null }) => {
  const t = useWords();
  const view = useView();
  // the rooms of the queue on the screen first, each group in the clinic's order
  const rooms =
    queueId === null ? view.rooms : view.rooms.toSorted((a, b) => Number(servesQueue(b, queueId)) - Number(servesQueue(a, queueId)));
  const chosen = useSettings((state) => (queueId === null ? undefined : state.rooms[queueId]));
  const calledTo = queueId === null ? null : roomToCallTo(view, queueId, chosen);
  const openDialog = useDeskState((state) => state.openDialog);
  const onDuty = rooms.filter(({ provider }) => provider?.status === 'available').length;
  return (
    <section aria-label={t('desk:rooms')} className="rooms-box">
      <div className="side-label">
        <h2>{t('desk:rooms')}</h2>
        <span className="quiet">
          <Words>{t('desk:on_duty', { count: onDuty })}</Words>
        </span>
      </div>
      {rooms.length === 0 ? (
        <p className="text-note">
          {t('desk:no_rooms')}{' '}
          <button type="button" className="link" onClick={() => openDialog({ kind: 'setup' })}>
            {t('desk:setup')}
          </button>
        </p>
      ) : (
        <ul className="rooms">
          {rooms.map((room) => (
            <Room key={room.id} room={room} near={room.id === calledTo?.id} />
          ))}
        </ul>
      )}
    </section>
  );
};
