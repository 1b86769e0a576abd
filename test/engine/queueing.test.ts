import type { Queue } from '@shared/domain/rows';
import { defaultQueue } from '@shared/engine/defaults';
import { describe, expect, it } from 'vitest';
import { QUEUE_A } from './clinic';
import { byKey, byRank, draw, exponential, lognormal, meanWaits, type Pick, type World, waitsOf } from './queueSimulation';

/**
 * engine.md, checks with exact answers: a simulation that runs the real `rank` lands on what queueing theory says
 * (Pollaczek-Khinchine; Cobham 1954; Kleinrock 1964; Erlang C). Orders that the product does not have check the harness.
 */

const queue = (change: Partial<Queue>): Queue => ({
  ...defaultQueue({ id: QUEUE_A, name: 'General', prefix: 'A' }),
  maximumWait: null,
  ...change,
});
const FIFO = byRank(queue({ mode: 'fifo' }));
const STRICT = byRank(queue({ weights: { priority: 1, waited: 0, appointment: 0 } }));
/** Score with this head start, in minutes, of the level `urgent` (value 0.5) over `routine` (0). */
const headStart = (minutes: number): Pick =>
  byRank(queue({ weights: { priority: (minutes * 0.2 * 2) / 60, waited: 0.2, appointment: 0 } }));
/** Kleinrock's accumulating priority: each class gains its own points per minute. */
const accumulating = (...rates: number[]): Pick => byKey(({ group }, waited) => (rates[group] ?? 0) * waited);

const ARRIVALS = 50_000;
const RUNS = 4;
const within = (actual: number, exact: number, share: number): void => {
  expect(Math.abs(actual - exact) / exact, `${actual.toFixed(3)} instead of ${exact}`).toBeLessThan(share);
};

describe('M/M/1, service 10, arrivals 0.06 routine and 0.02 urgent', () => {
  const kind = { mean: 10, service: exponential };
  const world: World = {
    classes: [
      { rate: 0.06, level: 'routine', ...kind },
      { rate: 0.02, level: 'urgent', ...kind },
    ],
    servers: 1,
    arrivals: ARRIVALS,
    seed: 11,
  };

  it.each<[string, Pick, [number, number]]>([
    ['FIFO', FIFO, [40, 40]],
    ['strict priority', STRICT, [50, 10]],
    ['accumulating 1:2', accumulating(1, 2), [44.444, 26.667]],
    ['accumulating 1:20', accumulating(1, 20), [49.383, 11.852]],
  ])('%s', (_, pick, exact) => {
    const { perClass } = meanWaits(world, pick, RUNS);
    for (const [group, mean] of exact.entries()) within(perClass[group] ?? 0, mean, 0.04);
  });

  it.each([10, 20, 40])('a head start of %i minutes conserves the mean and splits the tail', (minutes) => {
    const { perClass, over } = meanWaits(world, headStart(minutes), RUNS);
    within(0.75 * (perClass[0] ?? 0) + 0.25 * (perClass[1] ?? 0), 40, 0.04);
    expect(perClass[0]).toBeGreaterThan(perClass[1] ?? 0);
    const [routine = 0, urgent = 1] = over(150);
    within(routine / urgent, Math.exp(0.02 * minutes), 0.15);
  });
});

describe('M/lognormal/1, service 13.37, cv 0.465, load 0.85, shares 50/35/15', () => {
  const kind = { mean: 13.37, service: (random: () => number, mean: number) => lognormal(random, mean, 0.465) };
  const rate = 0.85 / 13.37;
  const world: World = {
    classes: [
      { rate: 0.5 * rate, level: 'routine', ...kind },
      { rate: 0.35 * rate, level: 'standard', ...kind },
      { rate: 0.15 * rate, level: 'urgent', ...kind },
    ],
    servers: 1,
    arrivals: ARRIVALS,
    seed: 21,
  };
  it.each<[string, Pick, number[]]>([
    ['FIFO', FIFO, [46.073, 46.073, 46.073]],
    ['strict priority', STRICT, [80.126, 13.775, 7.921]],
    ['accumulating 1:2:4', accumulating(1, 2, RUNS), [60.973, 35.371, 21.376]],
  ])('%s', (_, pick, exact) => {
    const { perClass } = meanWaits(world, pick, RUNS);
    for (const [group, mean] of exact.entries()) within(perClass[group] ?? 0, mean, 0.04);
  });
});

// near saturation neighbours share their fate for hours: it takes a million patients to be sure
describe('M/M/3, service 12, load 0.9, shares 70/30', () => {
  const kind = { mean: 12, service: exponential };
  const rate = (0.9 * 3) / 12;
  const world: World = {
    classes: [
      { rate: 0.7 * rate, level: 'routine', ...kind },
      { rate: 0.3 * rate, level: 'urgent', ...kind },
    ],
    servers: 3,
    arrivals: 100_000,
    seed: 31,
  };
  it.each<[string, Pick, number[]]>([
    ['FIFO', FIFO, [32.682, 32.682]],
    ['strict priority', STRICT, [44.771, 4.477]],
    ['accumulating 1:3', accumulating(1, 3), [39.857, 15.943]],
  ])(
    '%s',
    (_, pick, exact) => {
      const { perClass } = meanWaits(world, pick, 10);
      for (const [group, mean] of exact.entries()) within(perClass[group] ?? 0, mean, 0.06);
    },
    120_000,
  );
});

describe('M/G/1, types of 8 and 20 minutes (cv 0.5), 60/40, load 0.85', () => {
  const rate = 0.85 / (0.6 * 8 + 0.4 * 20);
  const service = (random: () => number, mean: number) => lognormal(random, mean, 0.5);
  const types = [8, 20].map((mean, group) => ({ rate: [0.6, 0.4][group] ?? 0, level: 'routine', mean, service }));
  const world: World = { classes: types.map((type) => ({ ...type, rate: type.rate * rate })), servers: 1, arrivals: ARRIVALS, seed: 41 };
  it('FIFO', () => within(meanWaits(world, FIFO, RUNS).all, 54.896, 0.04));
  it('short first', () => {
    const { perClass, all } = meanWaits(
      world,
      byKey(({ group }, waited) => (group === 0 ? 1e9 : 0) + waited),
      RUNS,
    );
    within(perClass[0] ?? 0, 12.087, 0.04);
    within(perClass[1] ?? 0, 80.581, 0.04);
    within(all, 39.485, 0.04);
  });
});

describe('without chance', () => {
  const constant: World = {
    classes: ['routine', 'standard', 'urgent', 'emergency'].map((level) => ({ rate: 0.022, level, mean: 10, service: () => 10 })),
    servers: 2,
    arrivals: 20_000,
    seed: 51,
  };
  const patients = draw(constant);
  const run = (pick: Pick) => waitsOf(patients, constant.servers, 4, pick);
  const sum = (pick: Pick) =>
    run(pick)
      .byClass.flat()
      .reduce((total, wait) => total + wait, 0);

  it('conservation: with constant service times the sum of waits is the same to the millisecond, whatever the weights', () => {
    const fifo = sum(FIFO);
    const orders = [
      STRICT,
      headStart(10),
      headStart(40),
      byRank(queue({})),
      byRank(queue({ maximumWait: 20 })),
      byRank(queue({ weights: { priority: 1, waited: 0.05, appointment: 1 } })),
    ];
    expect(orders.map(sum)).toEqual(orders.map(() => fifo));
    expect(run(STRICT).order).not.toEqual(run(FIFO).order);
  });

  it('identical weights differ by exactly 0', () => {
    const half = queue({ weights: { priority: 0.25, waited: 0.15, appointment: 0.1 } });
    expect(run(byRank(half)).order).toEqual(run(byRank(queue({}))).order);
  });
});
