import type { EntryId } from '@shared/domain/ids';
import type { Queue, QueueEntry } from '@shared/domain/rows';
import type { Instant } from '@shared/domain/time';
import { rank } from '@shared/engine/rank';
import { Clinic, minutesAfter, NINE, uuid } from './clinic';

/** A discrete-event simulation of a queue in whole milliseconds: arrivals, servers, and a rule that picks who is next. */

/** Numbers in [0, 1) that follow from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const exponential = (random: () => number, mean: number): number => -mean * Math.log(1 - random());
/** Log-normal with this mean and coefficient of variation. */
export function lognormal(random: () => number, mean: number, variation: number): number {
  const spread = Math.log(1 + variation * variation);
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return mean * Math.exp(Math.sqrt(spread) * normal - spread / 2);
}

export interface PatientDrawn {
  /** Index of the class, and its level of priority. */
  readonly group: number;
  readonly entry: QueueEntry;
  /** Minutes. */
  readonly service: number;
}

export interface PatientClass {
  /** Arrivals per minute. */
  readonly rate: number;
  readonly level: string;
  /** Mean service in minutes, and a service of that mean. */
  readonly mean: number;
  readonly service: (random: () => number, mean: number) => number;
}

export interface World {
  readonly classes: readonly PatientClass[];
  readonly servers: number;
  readonly arrivals: number;
  readonly seed: number;
}

const template = new Clinic().add();
const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * The patients of a world in order of arrival. Gaps and services are scaled to their exact means (control variates): the
 * load is then the one meant, and not one that a tenth of the waits could be put down to.
 */
export function draw({ classes, arrivals, seed }: World): PatientDrawn[] {
  const random = randomFrom(seed);
  const total = classes.reduce((sum, { rate }) => sum + rate, 0);
  const drawn = Array.from({ length: arrivals }, () => {
    const gap = exponential(random, 1 / total);
    let left = random() * total;
    const group = Math.max(
      0,
      classes.findIndex(({ rate }) => {
        left -= rate;
        return left < 0;
      }),
    );
    const { service, mean } = classes[group] as PatientClass;
    return { gap, group, service: service(random, mean) };
  });
  const stretch = 1 / total / average(drawn.map(({ gap }) => gap));
  const scales = classes.map(({ mean }, group) => mean / average(drawn.filter((one) => one.group === group).map(({ service }) => service)));
  let clock = 0;
  return drawn.map(({ gap, group, service }, index) => {
    clock += gap * stretch;
    const at = minutesAfter(clock);
    const priority = classes[group]?.level ?? '';
    return {
      group,
      service: service * (scales[group] ?? 1),
      entry: { ...template, id: uuid<EntryId>(index + 1), priority, arrivedAt: at, waitingSince: at },
    };
  });
}

/** Picks the next of those who wait (at least one). */
export type Pick = (waiting: readonly PatientDrawn[], now: Instant) => PatientDrawn;

/** The rule of the product: the first of `rank`. */
export function byRank(queue: Queue): Pick {
  return (waiting, now) => {
    const [only] = waiting;
    if (only && waiting.length === 1) return only;
    const first = rank(
      queue,
      waiting.map(({ entry }) => entry),
      now,
    )[0];
    const found = waiting.find(({ entry }) => entry.id === first?.entry.id);
    if (!found) throw new Error('rank left somebody out');
    return found;
  };
}

/** The largest by a key of who and how many minutes waited; the earlier arrival of equals. For orders that the product does not have. */
export const byKey =
  (key: (patient: PatientDrawn, waited: number) => number): Pick =>
  (waiting, now) =>
    waiting.reduce((best, one) =>
      key(one, (now - one.entry.waitingSince) / 60_000) > key(best, (now - best.entry.waitingSince) / 60_000) ? one : best,
    );

/** Serves everyone without interruption; the waits in milliseconds in order of arrival, by class. */
export function waitsOf(
  patients: readonly PatientDrawn[],
  servers: number,
  classes: number,
  pick: Pick,
): { readonly byClass: number[][]; readonly order: EntryId[] } {
  const byClass: number[][] = Array.from({ length: classes }, () => []);
  const order: EntryId[] = [];
  const free = Array.from({ length: servers }, () => NINE as number);
  const waiting: PatientDrawn[] = [];
  let arrived = 0;
  while (arrived < patients.length || waiting.length > 0) {
    const server = free.indexOf(Math.min(...free));
    const idleSince = free[server] ?? 0;
    const nextArrival = patients[arrived]?.entry.arrivedAt;
    const now = waiting.length > 0 ? idleSince : Math.max(idleSince, nextArrival ?? idleSince);
    while (arrived < patients.length && (patients[arrived] as PatientDrawn).entry.arrivedAt <= now) {
      waiting.push(patients[arrived] as PatientDrawn);
      arrived += 1;
    }
    const chosen = pick(waiting, now as Instant);
    waiting.splice(waiting.indexOf(chosen), 1);
    byClass[chosen.group]?.push(now - chosen.entry.arrivedAt);
    order.push(chosen.entry.id);
    free[server] = now + Math.round(chosen.service * 60_000);
  }
  return { byClass, order };
}

/** Mean waits in minutes per class over several independent runs, each without its first twentieth. */
export function meanWaits(
  world: World,
  pick: Pick,
  runs: number,
): { readonly perClass: number[]; readonly all: number; readonly over: (minutes: number) => number[] } {
  const kept: number[][] = world.classes.map(() => []);
  for (let run = 0; run < runs; run += 1) {
    const { byClass } = waitsOf(draw({ ...world, seed: world.seed + run }), world.servers, world.classes.length, pick);
    for (const [group, waits] of byClass.entries())
      for (const wait of waits.slice(Math.floor(waits.length / 20))) kept[group]?.push(wait / 60_000);
  }
  return {
    perClass: kept.map(average),
    all: average(kept.flat()),
    over: (minutes) => kept.map((waits) => waits.filter((wait) => wait > minutes).length / waits.length),
  };
}
