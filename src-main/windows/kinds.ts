import type { WindowKind } from '../ipc/channels';

/** How a kind of window is made; the manager knows nothing of a kind but this. */
export interface WindowKindSpec {
  /** The page under the application's own scheme. */
  readonly page: string;
  /** File of its preload beside main's. */
  readonly preload: string;
  readonly title: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly minimum: { readonly width: number; readonly height: number };
  /** What is seen before the page is painted. */
  readonly background: string;
  /** Shown full screen without any frame on a display of its own. */
  readonly kiosk: boolean;
  /** The display must stay on while it is open. */
  readonly keepsDisplayOn: boolean;
  /** The application ends when it is closed. */
  readonly main: boolean;
}

export const WINDOW_KINDS: Readonly<Record<WindowKind, WindowKindSpec>> = {
  desk: {
    page: 'desk.html',
    preload: 'desk.cjs',
    title: 'Anteroom',
    size: { width: 1360, height: 860 },
    minimum: { width: 720, height: 520 },
    background: '#f5f4f1',
    kiosk: false,
    keepsDisplayOn: false,
    main: true,
  },
  monitor: {
    page: 'monitor.html',
    preload: 'monitor.cjs',
    title: 'Anteroom monitor',
    size: { width: 960, height: 540 },
    minimum: { width: 320, height: 240 },
    background: '#0c1316',
    kiosk: true,
    keepsDisplayOn: true,
    main: false,
  },
};
