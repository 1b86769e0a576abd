import { z } from 'zod';

const rectangle = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
export type Rectangle = z.infer<typeof rectangle>;

/** How a display is known again after it was unplugged: its id, else its label and size, else where it stood. */
export const rememberedDisplay = z.object({ id: z.number(), label: z.string(), bounds: rectangle });
export type RememberedDisplay = z.infer<typeof rememberedDisplay>;

/** What is used of Electron's `Display`. */
export interface DisplayInfo {
  readonly id: number;
  readonly label: string;
  readonly bounds: Rectangle;
  readonly workArea: Rectangle;
}

/** What is used of Electron's `screen`. */
export interface ScreenSource {
  getAllDisplays(): DisplayInfo[];
  getPrimaryDisplay(): DisplayInfo;
  getDisplayMatching(bounds: Rectangle): DisplayInfo;
  on(event: 'display-added' | 'display-removed' | 'display-metrics-changed', listener: () => void): unknown;
}

const sameBounds = (a: Rectangle, b: Rectangle): boolean => a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

/**
 * The display that the monitor belongs on: the remembered one if it is there, else the first that the desk is not on; null
 * when the desk's is the only one.
 */
export const chooseMonitorDisplay = (
  displays: readonly DisplayInfo[],
  deskDisplayId: number,
  remembered: RememberedDisplay | null,
): DisplayInfo | null => {
  const others = displays.filter((display) => display.id !== deskDisplayId);
  if (!remembered) return others[0] ?? null;
  return (
    others.find((display) => display.id === remembered.id) ??
    others.find((display) => display.label !== '' && display.label === remembered.label && sameSize(display.bounds, remembered.bounds)) ??
    others.find((display) => sameBounds(display.bounds, remembered.bounds)) ??
    others[0] ??
    null
  );
};

const sameSize = (a: Rectangle, b: Rectangle): boolean => a.width === b.width && a.height === b.height;

/** Whether enough of a window would be seen to take hold of it: a piece of 100 by 40 of its top on some display. */
export const isReachable = (bounds: Rectangle, displays: readonly DisplayInfo[]): boolean =>
  displays.some(({ workArea }) => {
    const width = Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x);
    const top = Math.min(bounds.y + 40, workArea.y + workArea.height) - Math.max(bounds.y, workArea.y);
    return width >= 100 && top >= 40;
  });

/** The displays of this machine, with Electron's `screen` injected. */
export class Displays {
  constructor(private readonly screen: ScreenSource) {}

  all(): DisplayInfo[] {
    return this.screen.getAllDisplays();
  }

  primary(): DisplayInfo {
    return this.screen.getPrimaryDisplay();
  }

  /** The display that shows most of these bounds. */
  under(bounds: Rectangle): DisplayInfo {
    return this.screen.getDisplayMatching(bounds);
  }

  /** Calls back when a display was plugged in, unplugged, turned or resized. */
  onChange(listener: () => void): void {
    this.screen.on('display-added', listener);
    this.screen.on('display-removed', listener);
    this.screen.on('display-metrics-changed', listener);
  }
}
