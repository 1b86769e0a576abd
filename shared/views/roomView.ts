import type { Provider, QueueEntry, ServicePoint } from '../domain/rows';
import type { Instant, Minutes } from '../domain/time';
import type { RoomView } from './desk';
import { entryView } from './entryView';
import type { QueueViewContext } from './queueView';

/** Provider by the room that they work in; one who is available stands before one on a break. */
const PRESENCE: Readonly<Record<Provider['status'], number>> = { available: 0, break: 1, off: 2 };

/** Services after which their mean says more than the configured length. */
const ENOUGH_SEEN = 10;

const since = (moments: readonly (Instant | null)[]): Instant | null => {
  const known = moments.filter((moment) => moment !== null);
  return known.length === 0 ? null : known.reduce((a, b) => (a < b ? a : b));
};

const startOf = (entry: QueueEntry): Instant | null => entry.startedAt ?? entry.calledAt;

const roomView = (context: QueueViewContext, room: ServicePoint, provider: Provider | null, freeSince: Instant | null): RoomView => {
  const entries = [...context.state.entriesAt(room.id)].sort((a, b) => (startOf(a) ?? 0) - (startOf(b) ?? 0) || (a.id < b.id ? -1 : 1));
  const served = entries.filter(({ status }) => status === 'in_service');
  const called = entries.filter(({ status }) => status === 'called');
  const base = {
    id: room.id,
    name: { name: room.name, translations: room.translations },
    queueIds: room.queueIds,
    provider: provider && {
      id: provider.id,
      name: { name: provider.name, translations: provider.translations },
      status: provider.status,
      backAt: provider.backAt,
    },
    entries: entries.map((entry) => entryView(context, context.state.row('queues', entry.queueId), entry, null)),
    usual: usual(context, room, served[0]),
  };
  if (served.length > 0) return { ...base, state: 'in_service', since: since(served.map(({ startedAt }) => startedAt)) };
  if (called.length > 0) return { ...base, state: 'called', since: since(called.map(({ calledAt }) => calledAt)) };
  return provider && provider.status !== 'available'
    ? { ...base, state: 'away', since: null }
    : { ...base, state: 'free', since: freeSince };
};

/** Usual length of a service in the queue served now, or in the first that the room serves: seen in the past, else as configured. */
const usual = (context: QueueViewContext, room: ServicePoint, served: QueueEntry | undefined): Minutes => {
  const [first] = context.state.rows('queues');
  const queue = context.state.row('queues', served?.queueId ?? room.queueIds[0] ?? first?.id ?? '');
  if (!queue) return 0;
  const history = context.histories.get(queue.id);
  return history && history.count >= ENOUGH_SEEN ? history.mean : queue.visitLength;
};

/** Every room and counter, with who works there and whom it has. */
export const roomViews = (context: QueueViewContext): RoomView[] => {
  const providers = new Map<string, Provider>();
  for (const provider of context.state.rows('providers')) {
    if (provider.servicePointId === null) continue;
    const other = providers.get(provider.servicePointId);
    if (!other || PRESENCE[provider.status] < PRESENCE[other.status]) providers.set(provider.servicePointId, provider);
  }
  const ended = new Map<string, Instant>();
  for (const list of context.done.values())
    for (const { servicePointId, endedAt } of list)
      if (servicePointId !== null && endedAt !== null && endedAt > (ended.get(servicePointId) ?? 0)) ended.set(servicePointId, endedAt);
  return [...context.state.rows('servicePoints')]
    .sort((a, b) => a.sort - b.sort || (a.id < b.id ? -1 : 1))
    .map((room) => roomView(context, room, providers.get(room.id) ?? null, ended.get(room.id) ?? null));
};
