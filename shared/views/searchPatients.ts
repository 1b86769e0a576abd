import type { Patient } from '../domain/rows';
import type { SiteState } from '../domain/state';
import type { DeskOutput } from './deskBridge';

/** How many a search shows: more than anyone reads before typing another letter. */
const MOST = 20;

/** Letters as people compare them: no case, no accents, no Arabic vowel marks, one kind of alef and yeh. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\u0640]/gu, '')
    .replace(/\u0649/g, '\u064a')
    .toLowerCase();

/** How well a patient fits, the lower the better; null: not at all. */
const rankOf = (patient: Patient, text: string, digits: string): number | null => {
  const mrn = patient.mrn === null ? '' : folded(patient.mrn);
  if (mrn !== '' && mrn === text) return 0;
  const name = folded(patient.name);
  if (name === text) return 1;
  if (name.startsWith(text)) return 2;
  const words = text.split(/\s+/);
  const parts = name.split(/[\s'-]+/);
  if (words.every((word) => parts.some((part) => part.startsWith(word)))) return 3;
  if (mrn.startsWith(text)) return 4;
  if (digits.length >= 3 && (patient.phone ?? '').replace(/\D/g, '').includes(digits)) return 5;
  return name.includes(text) ? 6 : null;
};

/**
 * Patients of a replica whose name, record number or phone matches, best first, at most 20: an exact record number, then the
 * name from its start, then words of the name in any order, then parts. An empty text finds nobody.
 */
export const searchPatients = (state: SiteState, text: string): DeskOutput<'searchPatients'> => {
  const wanted = folded(text.trim());
  if (wanted === '') return [];
  const digits = wanted.replace(/\D/g, '');
  const found: { patient: Patient; rank: number }[] = [];
  for (const patient of state.rows('patients')) {
    const rank = rankOf(patient, wanted, digits);
    if (rank !== null) found.push({ patient, rank });
  }
  found.sort(
    (a, b) =>
      a.rank - b.rank ||
      (a.patient.name < b.patient.name ? -1 : a.patient.name > b.patient.name ? 1 : a.patient.id < b.patient.id ? -1 : 1),
  );
  return found.slice(0, MOST).map(({ patient }) => {
    const [open] = state.openEntriesOf(patient.id);
    const { id, name, mrn, birthDate, phone, hideName, version } = patient;
    return {
      id,
      name,
      mrn,
      birthDate,
      phone,
      hideName,
      version,
      waiting: open ? { entryId: open.id, ticket: open.ticket, queueId: open.queueId } : null,
    };
  });
};
