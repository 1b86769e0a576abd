import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TOO_OLD } from '@/monitor/announce/announcer';
import { createAnnouncer, createMemory, createSimulation, type Fate, monitorCallAt } from './simulatedAudio';

const kinds = (sounds: readonly { kind: string }[]): string[] => sounds.map(({ kind }) => kind);

describe('the announcer', () => {
  it('plays the chime, then both languages in turn, twice', async () => {
    const simulation = createSimulation();
    const { announcer } = createAnnouncer(simulation);
    announcer.offer(monitorCallAt(12, simulation.now()));
    await simulation.run(60_000);
    expect(kinds(simulation.sounds)).toEqual(['chime', 'en', 'ar', 'en', 'ar']);
    expect(simulation.sounds[1]?.text).toBe('Ticket A, 12. Please go to Room 3.');
    expect(simulation.sounds[2]?.text).toBe('التذكرة إيه، 12. الرجاء التوجّه إلى غرفة 3.');
  });

  it('plays the chime alone where no voice exists, and skips a language without one', async () => {
    const silent = createSimulation({ voices: [] });
    createAnnouncer(silent).announcer.offer(monitorCallAt(1, silent.now()));
    await silent.run(60_000);
    expect(kinds(silent.sounds)).toEqual(['chime']);
    const arabicOnly = createSimulation({ voices: ['ar'] });
    createAnnouncer(arabicOnly).announcer.offer(monitorCallAt(1, arabicOnly.now()));
    await arabicOnly.run(60_000);
    expect(kinds(arabicOnly.sounds)).toEqual(['chime', 'ar', 'ar']);
  });

  it('S17: a call that took over 60 s to get here is not spoken', async () => {
    const simulation = createSimulation();
    const { announcer } = createAnnouncer(simulation);
    announcer.offer(monitorCallAt(1, simulation.now() - TOO_OLD - 1));
    await simulation.run(60_000);
    expect(simulation.sounds).toEqual([]);
    announcer.offer(monitorCallAt(2, simulation.now() - TOO_OLD));
    await simulation.run(10_000);
    expect(kinds(simulation.sounds).slice(0, 1)).toEqual(['chime']);
  });

  it('S17: a call is announced once, also across a restart of the screen', async () => {
    const memory = createMemory();
    const simulation = createSimulation();
    const first = createAnnouncer(simulation, memory);
    const call = monitorCallAt(1, simulation.now());
    first.announcer.offer(call);
    first.announcer.offer(call);
    await simulation.run(500);
    // the screen is restarted in the middle of the chime
    const again = createSimulation({ start: simulation.now() });
    const second = createAnnouncer(again, memory);
    second.announcer.offer(call);
    await again.run(60_000);
    await simulation.run(60_000);
    first.announcer.offer(call);
    await simulation.run(10_000);
    expect(again.sounds).toEqual([]);
    expect(kinds(simulation.sounds).filter((kind) => kind === 'chime')).toHaveLength(1);
  });

  it('with over 30 s waiting drops repeats first, then the second language, never a call', async () => {
    const simulation = createSimulation();
    const { announcer } = createAnnouncer(simulation);
    const calls = Array.from({ length: 10 }, (_, index) => monitorCallAt(index + 1, simulation.now()));
    for (const call of calls) announcer.offer(call);
    await simulation.run(300_000);
    const chimes = simulation.sounds.map(({ kind }, index) => (kind === 'chime' ? index : -1)).filter((index) => index >= 0);
    const spoken = chimes.map((from, index) => kinds(simulation.sounds.slice(from + 1, chimes[index + 1])));
    expect(spoken).toHaveLength(10);
    expect(spoken[0]).toEqual(['en']);
    // every shape only ever grows as the queue shortens: first the second language comes back, then the repeats
    expect(spoken.map((shape) => shape.length)).toEqual(spoken.map((shape) => shape.length).toSorted((a, b) => a - b));
    expect(spoken.some((shape) => shape.join() === 'en,ar')).toBe(true);
    expect(spoken.at(-1)).toEqual(['en', 'ar', 'en', 'ar']);
  });

  it('a voice that breaks or never ends does not silence the next call', async () => {
    for (const end of ['fails', 'hangs', 'throws'] as const) {
      const simulation = createSimulation({ fate: (index) => (index < 2 ? { lasts: 700, end } : { lasts: 1_000, end: 'ends' }) });
      const { announcer, shown } = createAnnouncer(simulation);
      announcer.offer(monitorCallAt(1, simulation.now()));
      await simulation.run(1_000);
      announcer.offer(monitorCallAt(2, simulation.now()));
      await simulation.run(120_000);
      expect(
        shown.map((call) => call?.number ?? null),
        end,
      ).toEqual([1, 2, null]);
      expect(
        kinds(simulation.sounds).filter((kind) => kind === 'chime'),
        end,
      ).toHaveLength(2);
      expect(simulation.silences(), end).toBeGreaterThan(0);
    }
  });

  it('leaves out a queued call that was undone, and announces it when it comes again as another call', async () => {
    const simulation = createSimulation();
    const { announcer, shown } = createAnnouncer(simulation);
    for (const number of [1, 2, 3]) announcer.offer(monitorCallAt(number, simulation.now()));
    await simulation.run(100);
    expect(announcer.waiting.map(({ number }) => number)).toEqual([2, 3]);
    announcer.withdraw(new Set(['call-2']));
    await simulation.run(120_000);
    expect(shown.map((call) => call?.number ?? null)).toEqual([1, 3, null]);
  });

  it('gives a call that grew old in the queue its chime and light, but no words', async () => {
    const simulation = createSimulation({ fate: (index) => (index === 1 ? { lasts: 0, end: 'hangs' } : { lasts: 1_000, end: 'ends' }) });
    const { announcer } = createAnnouncer(simulation);
    announcer.offer(monitorCallAt(1, simulation.now()));
    announcer.offer(monitorCallAt(2, simulation.now() - 55_000));
    await simulation.run(120_000);
    expect(kinds(simulation.sounds).at(-1)).toBe('chime');
  });

  it('S17: whatever happens, nothing overlaps, every fresh call is announced exactly once, and the queue empties', async () => {
    const fate: fc.Arbitrary<Fate> = fc.record({
      lasts: fc.integer({ min: 0, max: 9_000 }),
      end: fc.constantFrom('ends', 'ends', 'ends', 'fails', 'hangs', 'throws'),
    });
    const arrival = fc.record({
      after: fc.integer({ min: 0, max: 20_000 }),
      age: fc.integer({ min: 0, max: 90_000 }),
      again: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(arrival, { maxLength: 12 }),
        fc.array(fate, { minLength: 1, maxLength: 30 }),
        fc.subarray(['en', 'ar'] as const),
        async (arrivals, fates, voices) => {
          const simulation = createSimulation({ voices, fate: (index) => fates[index % fates.length] as Fate });
          const memory = createMemory();
          const { announcer, shown } = createAnnouncer(simulation, memory);
          const fresh: string[] = [];
          for (const [index, { after, age, again }] of arrivals.entries()) {
            await simulation.run(after);
            const call = monitorCallAt(index + 1, simulation.now() - age);
            if (age <= TOO_OLD) fresh.push(call.callId);
            announcer.offer(call);
            if (again) announcer.offer(call);
          }
          await simulation.run(3_600_000);
          for (const [index, sound] of simulation.sounds.entries()) {
            const next = simulation.sounds[index + 1];
            expect(sound.to).not.toBeNull();
            if (next) expect(sound.to).toBeLessThanOrEqual(next.from);
          }
          expect(simulation.sounds.filter(({ kind }) => kind === 'chime')).toHaveLength(fresh.length);
          expect(shown.flatMap((call) => call?.callId ?? []).toSorted()).toEqual(fresh.toSorted());
          expect([...memory.ids].toSorted()).toEqual(fresh.toSorted());
          expect(announcer.waiting).toEqual([]);
          if (fresh.length > 0) expect(shown.at(-1)).toBeNull();
        },
      ),
      { numRuns: 120 },
    );
  });
});
