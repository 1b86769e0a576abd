import type { Patient, Queue } from '../domain/rows';

/** The parts of a name in the order in which they are said; "Mansour, Leila" is turned round. */
const wordsOf = (name: string): string[] => {
  const [family, given] = name.split(/[,،]/, 2);
  const spoken = given?.trim() ? `${given} ${family}` : name;
  return spoken.split(/\s+/).filter((word) => /\p{L}/u.test(word));
};

const initial = (word: string): string => `${[...word.replace(/^[^\p{L}]+/u, '')][0]?.toUpperCase() ?? ''}.`;

/**
 * What a waiting room may read of a patient's name: nothing, initials, or the first name with an initial, as the queue's
 * display mode says; nothing at all with the patient's "never show my name" (S17). A name of one word stays an initial,
 * since it may be the family's.
 */
export const publicLabel = (patient: Pick<Patient, 'name' | 'hideName'>, displayMode: Queue['displayMode']): string | null => {
  if (patient.hideName || displayMode === 'ticket') return null;
  const words = wordsOf(patient.name);
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined) return null;
  if (words.length === 1) return initial(first);
  return displayMode === 'ticket_initials' ? `${initial(first)} ${initial(last)}` : `${first} ${initial(last)}`;
};
