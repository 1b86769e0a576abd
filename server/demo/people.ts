import type { CommandArgs } from '@shared/domain/commands';
import { patientId } from '@shared/domain/ids';

type PatientFields = CommandArgs<'addToQueue'>['patient'];

/** Given and family names that go together; a waiting room of a harbour town. */
const NAMES: readonly { readonly given: readonly string[]; readonly family: readonly string[] }[] = [
  { given: ['Ingrid', 'Henrik', 'Astrid', 'Lars', 'Solveig'], family: ['Solheim', 'Berg', 'Nygård', 'Dahl'] },
  { given: ['Tomás', 'Lucía', 'Mateo', 'Carmen', 'Inés'], family: ['Herrera', 'Vega', 'Ortiz', 'Fuentes'] },
  { given: ['Leila', 'Yusuf', 'Fatima', 'Omar', 'Salma'], family: ['Mansour', 'Bennani', 'Haddad', 'Aziz'] },
  { given: ['ليلى', 'يوسف', 'مريم', 'سامر', 'هدى', 'كريم'], family: ['الخطيب', 'حداد', 'النجار', 'العلي', 'منصور'] },
  { given: ['Kwame', 'Ama', 'Oluwaseun', 'Ngozi', 'Samuel'], family: ['Boateng', 'Asante', 'Adeyemi', 'Okafor'] },
  { given: ['Mei-Lin', 'Wei', 'Jia', 'Chen'], family: ['Chua', 'Zhang', 'Lim', 'Huang'] },
  { given: ['Priya', 'Arjun', 'Meera', 'Rohan'], family: ['Nair', 'Sharma', 'Iyer', 'Das'] },
  { given: ['Jakub', 'Zofia', 'Marek', 'Hana'], family: ['Nowicki', 'Dvořák', 'Kowalska', 'Novák'] },
  { given: ['Giulia', 'Marco', 'Chiara', 'Paolo'], family: ['Ferrante', 'Rinaldi', 'Conti', 'Greco'] },
  {
    given: ['Margaret', 'George', 'Eleanor', 'Callum', 'Aoife', 'Dafydd'],
    family: ["O'Brien", 'MacLeod', 'Whitfield', 'Hughes', 'Pemberton'],
  },
  { given: ['Thi Hoa', 'Minh', 'Lan', 'Duc'], family: ['Nguyễn', 'Trần', 'Phạm'] },
  { given: ['Hana', 'Kenji', 'Yuki'], family: ['Kobayashi', 'Tanaka', 'Mori'] },
];
/** Share of patients who ask that their name never be shown on a screen. */
const HIDES_NAME = 0.08;
const HAS_PHONE = 0.85;
const HAS_RECORD = 0.9;

export const pick = <T>(items: readonly T[], random: () => number): T => items[Math.floor(random() * items.length)] as T;

const digits = (count: number, random: () => number): string => Array.from({ length: count }, () => Math.floor(random() * 10)).join('');

const birthDate = (random: () => number): string => {
  const year = 1934 + Math.floor(random() * 88);
  const month = 1 + Math.floor(random() * 12);
  const day = 1 + Math.floor(random() * 28);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
};

/** Gives invented patients, no two of the same name or record number. */
export const createPeople = (random: () => number, newId: () => string): (() => PatientFields) => {
  const given = new Set<string>();
  let record = 40_100 + Math.floor(random() * 400);
  const newName = (): string => {
    const { given: first, family } = pick(NAMES, random);
    const name = `${pick(first, random)} ${pick(family, random)}`;
    if (given.has(name)) return newName();
    given.add(name);
    return name;
  };
  return () => {
    record += 1 + Math.floor(random() * 37);
    return {
      id: patientId.parse(newId()),
      name: newName(),
      mrn: random() < HAS_RECORD ? String(record) : null,
      birthDate: birthDate(random),
      phone: random() < HAS_PHONE ? `+44 7700 900${digits(3, random)}` : null,
      hideName: random() < HIDES_NAME,
    };
  };
};
