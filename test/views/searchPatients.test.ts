import * as ids from '@shared/domain/ids';
import type { Patient } from '@shared/domain/rows';
import { createRows } from '@shared/engine/rows';
import { searchPatients } from '@shared/views/searchPatients';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

let last = 0;
const patient = (name: string, more: Partial<Patient> = {}): Patient => {
  last += 1;
  const id = ids.patientId.parse(`0190a000-0000-7000-8000-${String(last).padStart(12, '0')}`);
  return { id, name, mrn: null, birthDate: null, phone: null, hideName: false, version: 1, ...more };
};
const stateWith = (...patients: Patient[]) => {
  const state = createRows();
  for (const each of patients) state.put('patients', each);
  return state;
};
const names = (patients: Patient[], text: string) => searchPatients(stateWith(...patients), text).map(({ name }) => name);

describe('searching patients', () => {
  it('puts an exact record number first, then names from their start, then words, then parts', () => {
    const all = [
      patient('Joan Anders'),
      patient('Anders Berg'),
      patient('Sanders Ann'),
      patient('Zoe Fox', { mrn: 'anders' }),
      patient('Nobody Else'),
    ];
    expect(names(all, 'anders')).toEqual(['Zoe Fox', 'Anders Berg', 'Joan Anders', 'Sanders Ann']);
  });

  it('finds words in any order, without case or accents', () => {
    const all = [patient('Émilie du Châtelet'), patient('Emil Berg')];
    expect(names(all, 'chatelet emi')).toEqual(['Émilie du Châtelet']);
    expect(names(all, 'EMIL')).toEqual(['Emil Berg', 'Émilie du Châtelet']);
  });

  it('finds Arabic names without their vowel marks and alef forms', () => {
    expect(names([patient('أَحْمَد مُصْطَفى')], 'احمد مصطفي')).toEqual(['أَحْمَد مُصْطَفى']);
  });

  it('finds a phone by three digits of it or more, however it is written', () => {
    const all = [patient('Ada Wong', { phone: '+351 912-345-678' })];
    expect(names(all, '912 345')).toEqual(['Ada Wong']);
    expect(names(all, '91')).toEqual([]);
  });

  it('finds nobody for nothing, at most 20 for anything, and never throws', () => {
    const many = Array.from({ length: 30 }, (_each, index) => patient(`Ann ${index}`));
    const state = stateWith(...many);
    expect(searchPatients(state, '   ')).toEqual([]);
    expect(searchPatients(state, 'ann')).toHaveLength(20);
    fc.assert(fc.property(fc.string(), (text) => searchPatients(state, text).length <= 20));
  });

  it('finds every patient by each word of the name', () => {
    const name = fc.array(fc.stringMatching(/^[a-z]{2,8}$/), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(name, fc.nat(), (words, at) => {
        const one = patient(words.join(' '));
        expect(names([one], words[at % words.length] ?? '')).toEqual([one.name]);
      }),
    );
  });
});
