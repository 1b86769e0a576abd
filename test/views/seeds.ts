/** A seeded source of randomness (mulberry32): the same seed, the same sequence in 0 ≤ x < 1. */
export const createRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** UUIDv7s that count up from a seed. */
export const createIds = (seed: number): (() => string) => {
  let count = 0;
  const head = (0x0190_0000 + seed).toString(16).padStart(8, '0');
  return () => {
    count += 1;
    return `${head}-${(count >>> 16).toString(16).padStart(4, '0')}-7000-8000-${count.toString(16).padStart(12, '0')}`;
  };
};
