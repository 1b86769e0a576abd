import type { DeskView, EntryView, RoomView } from '@shared/views/desk';

export const servesQueue = (room: RoomView, queueId: string): boolean => room.queueIds.length === 0 || room.queueIds.includes(queueId);

/** The rooms to which a queue's patients may be called. */
export const roomsFor = (view: DeskView, queueId: string): readonly RoomView[] => view.rooms.filter((room) => servesQueue(room, queueId));

/** The room to call to: the one chosen at this desk, else the first free one, else the first. */
export const roomToCallTo = (view: DeskView, queueId: string, chosen: string | undefined): RoomView | null => {
  const rooms = roomsFor(view, queueId);
  return rooms.find((room) => room.id === chosen) ?? rooms.find((room) => room.state === 'free') ?? rooms[0] ?? null;
};

/** Whether this desk called the entry or serves it. */
export const isOwnedHere = (view: DeskView, entry: EntryView): boolean =>
  entry.ownerDevice === view.device.name || entry.ownerDevice === view.device.id;

/** The entry that the keys S, R and X mean: called (or served) from this desk, the room of this queue first, the latest call first. */
export const entryInHand = (view: DeskView, room: RoomView | null): EntryView | null => {
  const mine = view.rooms.flatMap(({ entries }) => entries).filter((entry) => isOwnedHere(view, entry));
  const here = mine.filter((entry) => entry.servicePointId === room?.id);
  const latest = (entries: readonly EntryView[]) => entries.toSorted((a, b) => (b.calledAt ?? 0) - (a.calledAt ?? 0))[0] ?? null;
  return latest(here.length > 0 ? here : mine);
};
