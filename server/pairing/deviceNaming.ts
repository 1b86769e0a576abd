import type { Device } from '@shared/domain/rows';

/**
 * The letter of a device's own tickets (S19): A, B … Z, AA, AB … Letters are never shared and never given again, revoked
 * devices' included, since tickets with them may still be in people's hands.
 */
export const freeLetter = (devices: Iterable<Device>): string => {
  const taken = new Set<string>();
  for (const device of devices) taken.add(device.letter);
  for (let index = 0; ; index += 1) {
    const letter = letterAt(index);
    if (!taken.has(letter)) return letter;
  }
};

/** 0 → A, 25 → Z, 26 → AA, as columns of a sheet are named. */
const letterAt = (index: number): string => {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterAt(Math.floor(index / 26) - 1) + last;
};

const compared = (name: string): string => name.trim().toLocaleLowerCase('en');

/** Whether a device that was not revoked has this name; people tell devices apart by it in notices. */
export const nameIsTaken = (devices: Iterable<Device>, name: string): boolean => {
  for (const device of devices) if (device.revokedAt === null && compared(device.name) === compared(name)) return true;
  return false;
};

/** The name itself or, where taken, the first free `name 2`, `name 3` … */
export const freeName = (devices: Iterable<Device>, name: string): string => {
  const list = [...devices];
  if (!nameIsTaken(list, name)) return name;
  for (let number = 2; ; number += 1) {
    const numbered = `${name.slice(0, 54)} ${number}`;
    if (!nameIsTaken(list, numbered)) return numbered;
  }
};
