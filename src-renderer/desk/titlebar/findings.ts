import type { DeskView, EntryView } from '@shared/views/desk';

/** Text as it is compared: without case, accents or Arabic vowel signs, and with one form of alif, ya and ta marbuta. */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .toLocaleLowerCase();

/** How well an entry matches: 3 its ticket, 2 the start of a name, 1 anywhere in name, number or phone, 0 not. */
const matchOf = (entry: EntryView, wanted: string): number => {
  const ticket = folded(entry.ticket);
  if (ticket === wanted || ticket.replace(/^([a-z-]+)0+/, '$1') === wanted) return 3;
  const name = folded(entry.patient.name);
  if (ticket.startsWith(wanted) || name.split(/\s+/).some((part) => part.startsWith(wanted)) || name.startsWith(wanted)) return 2;
  const digits = wanted.replace(/\D/g, '');
  const phone = entry.patient.phone?.replace(/\D/g, '') ?? '';
  const fits = name.includes(wanted) || folded(entry.patient.mrn ?? '').includes(wanted) || (digits.length > 2 && phone.includes(digits));
  return fits ? 1 : 0;
};

/** Entries of all queues and rooms that match, open ones first, the best matches first; at most `limit`. */
export const findEntries = (view: DeskView, text: string, limit: number): readonly EntryView[] => {
  const wanted = folded(text.trim());
  if (wanted === '') return [];
  const inRooms = view.rooms.flatMap(({ entries }) => entries);
  const open = view.queues.flatMap(({ waiting, onHold, awaitingRecall }) => [...waiting, ...onHold, ...awaitingRecall]);
  const done = view.queues.flatMap((queue) => queue.done);
  const seen = new Set<string>();
  return [...inRooms, ...open, ...done]
    .filter(({ id }) => !seen.has(id) && seen.add(id))
    .map((entry) => ({ entry, match: matchOf(entry, wanted) + (entry.endedAt === null ? 0.5 : 0) }))
    .filter(({ match }) => match >= 1)
    .sort((a, b) => b.match - a.match)
    .slice(0, limit)
    .map(({ entry }) => entry);
};
