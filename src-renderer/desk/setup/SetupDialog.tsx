import { Tabs } from '@base-ui/react/tabs';
import type { ProviderId, QueueId, ServicePointId } from '@shared/domain/ids';
import type { Provider, Queue, ServicePoint } from '@shared/domain/rows';
import { defaultProvider, defaultQueue, defaultServicePoint } from '@shared/engine/defaults';
import { type ReactNode, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { Dialog } from '@/ui/Dialog';
import { Icon } from '@/ui/icons';
import { useWords } from '@/ui/useWords';
import { useView } from '../deskFeed';
import { ClinicForm } from './ClinicForm';
import { ProviderForm } from './ProviderForm';
import { QueueForm } from './QueueForm';
import { RoomForm } from './RoomForm';

const TABS = ['clinic', 'queues', 'rooms', 'providers'] as const;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');

interface Identified {
  readonly id: string;
}

/** Rows as they stand, and behind them those that were begun here and are not recorded yet. */
const withDrafts = <Row extends Identified>(rows: readonly Row[], drafts: readonly Row[]): readonly Row[] => [
  ...rows,
  ...drafts.filter((draft) => !rows.some(({ id }) => id === draft.id)),
];

const nextSort = (rows: readonly { readonly sort: number }[]): number => Math.max(0, ...rows.map(({ sort }) => sort)) + 1;

const RowList = <Row extends Identified>({
  rows,
  add,
  onAdd,
  children,
}: {
  rows: readonly Row[];
  add: string;
  onAdd: () => void;
  children: (row: Row) => ReactNode;
}) => (
  <>
    {rows.map((row) => children(row))}
    <div>
      <button type="button" className="btn" onClick={onAdd}>
        <Icon name="add" />
        {add}
      </button>
    </div>
  </>
);

/** The clinic, its queues, rooms and providers. Every change is a command with the version that was seen. */
export const SetupDialog = ({ onClose }: { onClose: () => void }) => {
  const t = useWords();
  const { configuration } = useView();
  const [newQueues, setNewQueues] = useState<readonly Queue[]>([]);
  const [newRooms, setNewRooms] = useState<readonly ServicePoint[]>([]);
  const [newProviders, setNewProviders] = useState<readonly Provider[]>([]);
  const queues = withDrafts(configuration.queues, newQueues);
  const rooms = withDrafts(configuration.servicePoints, newRooms);
  const providers = withDrafts(configuration.providers, newProviders);

  const addQueue = () => {
    const prefix = LETTERS.find((letter) => !queues.some((queue) => queue.prefix === letter)) ?? 'AA';
    setNewQueues([...newQueues, { ...defaultQueue({ id: uuidv7() as QueueId, name: '', prefix }), sort: nextSort(queues) }]);
  };
  const addRoom = () =>
    setNewRooms([...newRooms, { ...defaultServicePoint({ id: uuidv7() as ServicePointId, name: '' }), sort: nextSort(rooms) }]);
  const addProvider = () => setNewProviders([...newProviders, defaultProvider({ id: uuidv7() as ProviderId, name: '' })]);

  return (
    <Dialog title={t('desk:setup')} onClose={onClose} wide>
      <Tabs.Root className="setup" defaultValue="clinic" orientation="vertical">
        <Tabs.List className="setup-nav" aria-label={t('desk:setup')}>
          {TABS.map((tab) => (
            <Tabs.Tab key={tab} value={tab} className="setup-tab">
              {t(`desk:setup_${tab}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="clinic" className="setup-panel">
          {configuration.site && <ClinicForm site={configuration.site} />}
        </Tabs.Panel>
        <Tabs.Panel value="queues" className="setup-panel">
          <RowList rows={queues} add={t('desk:setup_add_queue')} onAdd={addQueue}>
            {(row) => <QueueForm key={row.id} row={row} others={queues.filter(({ id }) => id !== row.id)} />}
          </RowList>
        </Tabs.Panel>
        <Tabs.Panel value="rooms" className="setup-panel">
          <RowList rows={rooms} add={t('desk:setup_add_room')} onAdd={addRoom}>
            {(row) => <RoomForm key={row.id} row={row} queues={configuration.queues} />}
          </RowList>
        </Tabs.Panel>
        <Tabs.Panel value="providers" className="setup-panel">
          <RowList rows={providers} add={t('desk:setup_add_provider')} onAdd={addProvider}>
            {(row) => <ProviderForm key={row.id} row={row} rooms={configuration.servicePoints} />}
          </RowList>
        </Tabs.Panel>
      </Tabs.Root>
    </Dialog>
  );
};
