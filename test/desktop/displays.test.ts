import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseMonitorDisplay, type DisplayInfo, isReachable } from '../../src-main/system/displays';
import { monitorPlace } from '../../src-main/windows/monitorPlace';

const display = (id: number, x: number, label = `Screen ${id}`, width = 1920, height = 1080): DisplayInfo => {
  const bounds = { x, y: 0, width, height };
  return { id, label, bounds, workArea: { ...bounds, height: height - 40 } };
};
const desk = display(1, 0);
const hall = display(2, 1920, 'Hall', 1280, 800);
const door = display(3, 3200, 'Door', 1280, 800);
const remembered = ({ id, label, bounds }: DisplayInfo) => ({ id, label, bounds });

describe('the display that the monitor belongs on', () => {
  it('is none when the desk has the only one', () => {
    expect(chooseMonitorDisplay([desk], desk.id, null)).toBeNull();
    expect(chooseMonitorDisplay([desk], desk.id, remembered(hall))).toBeNull();
  });

  it('is the other one the first time', () => {
    expect(chooseMonitorDisplay([desk, hall], desk.id, null)).toBe(hall);
    expect(chooseMonitorDisplay([desk, hall], hall.id, null)).toBe(desk);
  });

  it('is known again by its id, wherever it stands', () => {
    const moved = { ...door, bounds: { ...door.bounds, x: -1280 } };
    expect(chooseMonitorDisplay([desk, hall, moved], desk.id, remembered(door))).toBe(moved);
  });

  it('is known again by label and size when its id changed', () => {
    const replugged = { ...door, id: 77 };
    expect(chooseMonitorDisplay([desk, hall, replugged], desk.id, remembered(door))).toBe(replugged);
  });

  it('is known again by where it stood when neither id nor label is left', () => {
    const nameless = { ...door, id: 77, label: '' };
    expect(chooseMonitorDisplay([desk, hall, nameless], desk.id, remembered(door))).toBe(nameless);
  });

  it("is never the desk's, and is found whenever there is another", () => {
    const displays = fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 1, max: 9 }),
        x: fc.integer({ min: -4000, max: 4000 }),
        label: fc.constantFrom('', 'Hall', 'Door'),
      }),
      { selector: ({ id }) => id, minLength: 1 },
    );
    fc.assert(
      fc.property(displays, fc.nat(), fc.option(fc.constantFrom(hall, door)), (given, at, before) => {
        const all = given.map(({ id, x, label }) => display(id, x, label));
        const deskId = all[at % all.length]?.id ?? 0;
        const chosen = chooseMonitorDisplay(all, deskId, before ? remembered(before) : null);
        expect(chosen === null).toBe(all.length === 1);
        expect(chosen?.id).not.toBe(deskId);
      }),
    );
  });
});

describe('the place of the monitor', () => {
  const base = {
    displays: [desk, hall],
    deskDisplay: desk,
    remembered: null,
    lastBounds: null,
    leftByStaff: false,
    size: { width: 960, height: 540 },
  };

  it('is the whole of a display of its own, in kiosk mode', () => {
    expect(monitorPlace(base)).toEqual({ kind: 'kiosk', display: hall });
  });

  it('is a window in reach when there is one display', () => {
    const place = monitorPlace({ ...base, displays: [desk] });
    expect(place.kind).toBe('window');
    expect(place.kind === 'window' && isReachable(place.bounds, [desk])).toBe(true);
  });

  it('is a window when staff took it out of kiosk mode, where they last had it', () => {
    const lastBounds = { x: 100, y: 100, width: 640, height: 360 };
    expect(monitorPlace({ ...base, leftByStaff: true, lastBounds })).toEqual({ kind: 'window', bounds: lastBounds });
  });

  it('does not return to where no display is any more', () => {
    const place = monitorPlace({ ...base, displays: [desk], lastBounds: { x: 2000, y: 100, width: 640, height: 360 } });
    expect(place.kind === 'window' && place.bounds.x).toBeLessThan(1920);
  });

  it('fits a display that is smaller than the window', () => {
    const small = display(1, 0, 'Small', 800, 480);
    const place = monitorPlace({ ...base, displays: [small], deskDisplay: small });
    expect(place).toEqual({ kind: 'window', bounds: { x: 0, y: 0, width: 800, height: 440 } });
  });
});
