import { chooseMonitorDisplay, type DisplayInfo, isReachable, type Rectangle, type RememberedDisplay } from '../system/displays';

/** Where the monitor goes: alone on a display of its own, or in a window among others. */
export type MonitorPlace =
  | { readonly kind: 'kiosk'; readonly display: DisplayInfo }
  | { readonly kind: 'window'; readonly bounds: Rectangle };

/** What the choice is made from. */
export interface PlaceInput {
  readonly displays: readonly DisplayInfo[];
  readonly deskDisplay: DisplayInfo;
  readonly remembered: RememberedDisplay | null;
  readonly lastBounds: Rectangle | null;
  /** A member of staff took it out of kiosk mode: it stays a window until they put it back. */
  readonly leftByStaff: boolean;
  readonly size: { readonly width: number; readonly height: number };
}

/** Gap between a window that was never moved and the edge of the display, in pixels. */
const MARGIN = 24;

/** Kiosk on another display than the desk's where there is one; otherwise a window where it last was, or bottom right. */
export const monitorPlace = (input: PlaceInput): MonitorPlace => {
  const display = input.leftByStaff ? null : chooseMonitorDisplay(input.displays, input.deskDisplay.id, input.remembered);
  if (display) return { kind: 'kiosk', display };
  if (input.lastBounds && isReachable(input.lastBounds, input.displays)) return { kind: 'window', bounds: input.lastBounds };
  const { workArea } = input.deskDisplay;
  const width = Math.min(input.size.width, workArea.width);
  const height = Math.min(input.size.height, workArea.height);
  return {
    kind: 'window',
    bounds: {
      x: Math.max(workArea.x, workArea.x + workArea.width - width - MARGIN),
      y: Math.max(workArea.y, workArea.y + workArea.height - height - MARGIN),
      width,
      height,
    },
  };
};
