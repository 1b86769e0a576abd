import type { Queue } from '@shared/domain/rows';
import { buildMonitorView, missedCalls } from '@shared/views/buildMonitorView';
import { createCallStream } from '@shared/views/callStream';
import { publicLabel } from '@shared/views/publicLabel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, createClinic } from './clinic';

const NOBODY: ReadonlySet<string> = new Set();
const displayMode = fc.constantFrom<Queue['displayMode']>('ticket', 'ticket_initials', 'first_name_initial');
/** Words that stand nowhere else in a view, so that finding one proves a leak. */
const word = fc.stringMatching(/^[QXZ][bdfgjkpqvwxz]{4,9}$/);
const arabicWord = fc.stringMatching(/^[ضظغثخذ]{5,9}$/);
const name = fc.array(fc.oneof(word, arabicWord), { minLength: 1, maxLength: 4 });
const person = fc.record({
  name,
  mrn: fc.stringMatching(/^77[0-9]{7}$/),
  phone: fc.stringMatching(/^\+4477[0-9]{9}$/),
  birthDate: fc.integer({ min: 1930, max: 2019 }).map((year) => `${year}-02-17`),
  notes: fc.stringMatching(/^[QXZ][bdfgjkpqvwxz]{6,20}$/),
  hideName: fc.boolean(),
});

describe('redaction', () => {
  it('S17: nothing private is in the monitor’s payload beyond what display mode and flag allow', () => {
    fc.assert(
      fc.property(fc.array(person, { minLength: 1, maxLength: 6 }), displayMode, fc.boolean(), (people, mode, calledAll) => {
        const clinic = createClinic({ displayMode: mode });
        const stream = createCallStream('run');
        for (const [index, someone] of people.entries()) {
          const { notes, name: words, ...patient } = someone;
          const entry = clinic.add(at(index), { ...patient, name: words.join(' ') }, { notes });
          if (!calledAll && index % 2 === 1) continue;
          clinic.call(entry.id, at(10 + index));
          clinic.act({ type: 'recall', args: { entryId: entry.id } }, at(10.2 + index));
          clinic.act({ type: 'startService', args: { entryId: entry.id, servicePointId: clinic.room.id } }, at(10.4 + index));
        }
        const view = buildMonitorView({ state: clinic.state, now: at(30), stream, withheld: NOBODY });
        const payload = JSON.stringify([view, missedCalls({ state: clinic.state, stream, withheld: NOBODY }, 1, 999)]);
        for (const { name: words, mrn, phone, birthDate, notes, hideName } of people) {
          for (const secret of [mrn, phone, birthDate, notes]) expect(payload).not.toContain(secret);
          const allowed = mode === 'first_name_initial' && !hideName && words.length > 1 ? words[0] : undefined;
          for (const part of words)
            if (part !== allowed && !people.some((other) => other.name[0] === part)) expect(payload).not.toContain(part);
        }
        expect(payload).not.toMatch(/patient|mrn|phone|birth|notes|link"/i);
      }),
      { numRuns: 60 },
    );
  });

  it('S17: a label never holds more than the first name and one letter', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), displayMode, fc.boolean(), (text, mode, hideName) => {
        const label = publicLabel({ name: text, hideName }, mode);
        if (mode === 'ticket' || hideName) expect(label).toBeNull();
        if (label === null) return;
        const words = label.split(' ');
        expect(words.length).toBeLessThanOrEqual(2);
        expect(words.at(-1)).toMatch(/^.{0,3}\.$/u);
        if (mode === 'ticket_initials') for (const part of words) expect(part).toMatch(/^.{0,3}\.$/u);
      }),
    );
  });

  it.each([
    ['Leila Mansour', 'ticket_initials', 'L. M.'],
    ['Leila Mansour', 'first_name_initial', 'Leila M.'],
    ['Mansour, Leila', 'first_name_initial', 'Leila M.'],
    ['Maria del Carmen Vega', 'first_name_initial', 'Maria V.'],
    ['ليلى منصور', 'first_name_initial', 'ليلى م.'],
    ['Cher', 'first_name_initial', 'C.'],
    ['Cher', 'ticket_initials', 'C.'],
    ['123', 'first_name_initial', null],
  ] as const)('%s in mode %s is %s', (given, mode, label) => {
    expect(publicLabel({ name: given, hideName: false }, mode)).toBe(label);
  });
});
