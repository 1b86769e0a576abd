import type { Instant } from '@shared/domain/time';
import type { MonitorCall, MonitorView } from '@shared/views/monitor';
import type { MonitorBridge, MonitorEvent } from '@shared/views/monitorBridge';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CallGaps } from '@/monitor/announce/callGaps';
import { createSpokenCalls } from '@/monitor/announce/spokenCalls';
import { Screen } from '@/monitor/screen';
import { PAGE_TIME, pageAt, tickerPages } from '@/monitor/tickerPages';
import { createAnnouncer, createMemory, createSimulation, monitorCallAt } from './simulatedAudio';

const NOW = Date.UTC(2026, 10, 24, 10, 42) as Instant;
const viewWith = (calls: readonly MonitorCall[], change: Partial<MonitorView> = {}): MonitorView => ({
  now: NOW,
  site: { name: 'Harbour Street Clinic', translations: {} },
  zone: 'UTC',
  languages: ['en', 'ar'],
  ticker: [],
  calls: [...calls],
  open: calls.map(({ callId }) => callId),
  queues: [],
  lastNumber: Math.max(0, ...calls.map(({ number }) => number)),
  source: 'run',
  ...change,
});

/** A screen on a bridge that the test speaks through, with a clock that the test moves. */
const createScreen = () => {
  const simulation = createSimulation({ start: NOW });
  const listeners = new Set<(event: MonitorEvent) => void>();
  const asked: [number, number][] = [];
  const checks = new Set<() => void>();
  let mono = 0;
  const bridge: MonitorBridge = {
    platform: 'electron',
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    missed: (from, to) => void asked.push([from, to]),
  };
  const screen = new Screen(bridge, {
    mono: () => mono,
    every: (_milliseconds, callback) => {
      checks.add(callback);
      return () => checks.delete(callback);
    },
  });
  const { announcer, shown } = createAnnouncer(simulation, createMemory(), screen.calling);
  const stop = screen.start(announcer);
  return {
    screen,
    simulation,
    shown,
    asked,
    stop,
    tell: (event: MonitorEvent) => {
      for (const listener of listeners) listener(event);
    },
    /** Time passes; the screen checks its source four times a second. */
    pass: (milliseconds: number) => {
      for (let passed = 0; passed < milliseconds; passed += 250) {
        mono += 250;
        for (const check of checks) check();
      }
    },
    listening: () => listeners.size + checks.size,
  };
};

describe('the screen', () => {
  it('S16: says since when it is not live within 5 s of losing its source, and its clock goes on', () => {
    const { screen, tell, pass } = createScreen();
    tell({ type: 'view', view: viewWith([]) });
    pass(4_000);
    expect(screen.state().stale).toBeNull();
    pass(1_000);
    expect(screen.state().stale).toEqual({ since: NOW });
    pass(115_000);
    expect(screen.state().stale).toEqual({ since: NOW });
    expect(screen.state().now).toBe(NOW + 120_000);
    tell({ type: 'tick', now: (NOW + 121_000) as Instant });
    expect(screen.state()).toMatchObject({ stale: null, now: NOW + 121_000 });
  });

  it('believes its bridge that the source is lost although ticks still come', () => {
    const { screen, tell } = createScreen();
    tell({ type: 'view', view: viewWith([]) });
    tell({ type: 'source', live: false, since: (NOW - 3_000) as Instant });
    tell({ type: 'tick', now: (NOW + 1_000) as Instant });
    expect(screen.state().stale).toEqual({ since: NOW - 3_000 });
    tell({ type: 'source', live: true, since: null });
    expect(screen.state().stale).toBeNull();
  });

  it('announces fresh calls oldest first, and lights up for each', async () => {
    const { screen, simulation, shown, tell } = createScreen();
    tell({ type: 'view', view: viewWith([monitorCallAt(2, NOW), monitorCallAt(1, NOW - 1_000)]) });
    await simulation.run(100);
    expect(screen.state()).toMatchObject({ calling: { number: 1 }, flashes: 1 });
    await simulation.run(120_000);
    expect(shown.map((call) => call?.number ?? null)).toEqual([1, 2, null]);
    expect(screen.state()).toMatchObject({ calling: null, flashes: 2 });
  });

  it('S17: asks once for the numbers that it missed, and announces them when they come', async () => {
    const { simulation, shown, asked, tell } = createScreen();
    tell({ type: 'view', view: viewWith([monitorCallAt(1, NOW)]) });
    tell({ type: 'view', view: viewWith([monitorCallAt(5, NOW), monitorCallAt(3, NOW)]) });
    tell({ type: 'view', view: viewWith([monitorCallAt(5, NOW), monitorCallAt(3, NOW)]) });
    expect(asked).toEqual([
      [2, 2],
      [4, 4],
    ]);
    tell({ type: 'missed', calls: [monitorCallAt(2, NOW), monitorCallAt(4, NOW)] });
    await simulation.run(300_000);
    expect(shown.flatMap((call) => call?.number ?? []).toSorted()).toEqual([1, 2, 3, 4, 5]);
  });

  it('leaves out a queued call that left the list because it was undone', async () => {
    const { simulation, shown, tell } = createScreen();
    tell({ type: 'view', view: viewWith([monitorCallAt(3, NOW), monitorCallAt(2, NOW), monitorCallAt(1, NOW)]) });
    await simulation.run(100);
    tell({ type: 'view', view: viewWith([monitorCallAt(3, NOW), monitorCallAt(1, NOW)]) });
    await simulation.run(120_000);
    expect(shown.map((call) => call?.number ?? null)).toEqual([1, 3, null]);
  });

  it('keeps its last view beside a problem, and stops listening when told', () => {
    const { screen, tell, stop, listening } = createScreen();
    tell({ type: 'problem', problem: { code: 'disk_full', message: 'The disk is full.' } });
    expect(screen.state()).toMatchObject({ view: null, problem: { code: 'disk_full' } });
    tell({ type: 'view', view: viewWith([]) });
    expect(screen.state().problem).toBeNull();
    stop();
    expect(listening()).toBe(0);
  });
});

describe('gaps in a stream of calls', () => {
  it('S17: every number between two views is either on the list or asked for, once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ more: fc.integer({ min: 0, max: 12 }), lost: fc.func(fc.boolean()) }), { maxLength: 20 }),
        (steps) => {
          const gaps = new CallGaps();
          gaps.follow({ source: 'run', lastNumber: 0, calls: [] });
          const accounted: number[] = [];
          let last = 0;
          for (const { more, lost } of steps) {
            const numbers = Array.from({ length: more }, (_, index) => last + index + 1);
            last += more;
            const listed = numbers.filter((number) => !lost(number));
            accounted.push(...listed);
            for (const { from, to } of gaps.follow({
              source: 'run',
              lastNumber: last,
              calls: listed.map((number) => monitorCallAt(number, 0)),
            })) {
              for (let number = from; number <= to; number += 1) accounted.push(number);
            }
          }
          expect(accounted.toSorted((a, b) => a - b)).toEqual(Array.from({ length: last }, (_, index) => index + 1));
        },
      ),
    );
  });

  it('asks nothing of a source that it has just met, and no more than is worth it', () => {
    const gaps = new CallGaps();
    expect(gaps.follow({ source: 'a', lastNumber: 50, calls: [] })).toEqual([]);
    expect(gaps.follow({ source: 'b', lastNumber: 9, calls: [] })).toEqual([]);
    expect(gaps.follow({ source: 'b', lastNumber: 1_000_000, calls: [] })).toEqual([{ from: 999_800, to: 1_000_000 }]);
  });
});

describe('the memory of spoken calls', () => {
  const createStorage = (value: string | null) => {
    let kept = value;
    return {
      getItem: () => kept,
      setItem: (_key: string, text: string) => {
        kept = text;
      },
      kept: () => kept,
    };
  };

  it('outlives a restart', () => {
    const storage = createStorage(null);
    createSpokenCalls(storage).add('x');
    expect(createSpokenCalls(storage).has('x')).toBe(true);
    expect(createSpokenCalls(storage).has('y')).toBe(false);
  });

  it('forgets the oldest first and stays bounded', () => {
    const storage = createStorage(null);
    const spoken = createSpokenCalls(storage);
    for (let index = 0; index < 2_005; index += 1) spoken.add(`c${index}`);
    expect([spoken.has('c4'), spoken.has('c5'), spoken.has('c2004')]).toEqual([false, true, true]);
    expect(JSON.parse(storage.kept() ?? '')).toHaveLength(2_000);
  });

  it('goes on with damaged or full storage', () => {
    const spoken = createSpokenCalls({
      getItem: () => '{"not":"a list"',
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    });
    spoken.add('x');
    expect(spoken.has('x')).toBe(true);
  });
});

describe('the ticker', () => {
  it('shows short messages side by side and long ones a language and a line at a time', () => {
    const long = 'The pharmacy is closed today between twelve and one because of a delivery; '.repeat(3).trim();
    const pages = tickerPages([{ en: 'Hello', ar: 'مرحبا' }, { en: long, ar: 'قصير' }, {}, { ar: 'عربي فقط' }], ['en', 'ar']);
    expect(pages[0]).toEqual([
      { locale: 'en', text: 'Hello' },
      { locale: 'ar', text: 'مرحبا' },
    ]);
    expect(pages.at(-1)).toEqual([{ locale: 'ar', text: 'عربي فقط' }]);
    const lines = pages.slice(1, -2);
    expect(lines.map((page) => page[0]?.text).join(' ')).toBe(long);
    for (const page of lines) {
      expect(page).toHaveLength(1);
      expect(page[0]?.text.length).toBeLessThanOrEqual(110);
    }
  });

  it('turns its pages by the clock, the same on all screens', () => {
    expect([0, PAGE_TIME - 1, PAGE_TIME, 3 * PAGE_TIME].map((now) => pageAt(now, 3))).toEqual([0, 0, 1, 0]);
    expect(pageAt(NOW, 0)).toBe(0);
  });
});
