import { join } from 'node:path';
import { BrowserWindow, type WebContents } from 'electron';
import type { WindowKind } from '../ipc/channels';
import { type Displays, isReachable, type Rectangle } from '../system/displays';
import { ORIGIN } from '../system/pages';
import type { Power } from '../system/power';
import { WINDOW_KINDS } from './kinds';
import type { WindowMemory } from './memory';
import { MonitorWindow } from './monitorWindow';
import { guardRenderer } from './renderGuard';

export interface WindowManagerOptions {
  /** Folder of the built preloads. */
  readonly preloads: string;
  readonly displays: Displays;
  readonly power: Power;
  readonly memory: WindowMemory;
  readonly icon?: string;
  /** Asked when a person closes the main window; false keeps it open. */
  readonly mayClose: () => boolean;
  readonly closed: (id: number, kind: WindowKind) => void;
  /** The desk is on screen. */
  readonly shown: () => void;
}

/** How long a window must be left alone before its place is written down, in milliseconds. */
const SETTLED_AFTER = 400;
/** The thickest title bar or border, in pixels. */
const MOST_DECORATION = 60;

/** Opens, places, finds and closes the application's windows: at most one of each kind. */
export class WindowManager {
  readonly #windows = new Map<WindowKind, BrowserWindow>();
  #monitor: MonitorWindow | undefined;

  constructor(private readonly options: WindowManagerOptions) {
    options.displays.onChange(() => this.#monitor?.displaysChanged());
  }

  /** The kind of the window that shows these contents; undefined for anything that is not ours. */
  kindOf(contents: WebContents): WindowKind | undefined {
    for (const [kind, window] of this.#windows) if (!window.isDestroyed() && window.webContents.id === contents.id) return kind;
    return undefined;
  }

  get(kind: WindowKind): BrowserWindow | undefined {
    return this.#windows.get(kind);
  }

  /** Opens the desk where it last was, or brings it to the front. */
  openDesk(): BrowserWindow {
    const open = this.#windows.get('desk');
    if (open) {
      if (open.isMinimized()) open.restore();
      open.focus();
      return open;
    }
    const kept = this.options.memory.desk;
    const place = kept && isReachable(kept.bounds, this.options.displays.all()) ? kept : null;
    const window = this.#create('desk', place?.bounds ?? WINDOW_KINDS.desk.size);
    if (place?.maximized) window.maximize();
    window.once('ready-to-show', () => {
      window.show();
      this.options.shown();
    });
    this.#rememberDesk(window, place?.bounds ?? null);
    window.on('close', (event) => {
      if (!this.options.mayClose()) event.preventDefault();
    });
    return window;
  }

  /** Opens the monitor on its display, or behind the desk when there is no other; `front` brings it before the desk. */
  openMonitor(front: boolean): void {
    if (this.#monitor) {
      this.#monitor.show(front);
      return;
    }
    const window = this.#create('monitor', WINDOW_KINDS.monitor.size);
    const { displays, memory, power } = this.options;
    this.#monitor = new MonitorWindow(window, { displays, memory, desk: () => this.#windows.get('desk') });
    if (WINDOW_KINDS.monitor.keepsDisplayOn) power.keepDisplayOn('monitor');
    window.once('ready-to-show', () => this.#monitor?.show(front));
    window.on('closed', () => {
      this.#monitor = undefined;
      power.release('monitor');
    });
  }

  /** Closes all windows without asking anyone: the application ends. */
  closeAll(): void {
    for (const window of [...this.#windows.values()]) if (!window.isDestroyed()) window.destroy();
  }

  #create(kind: WindowKind, place: Partial<Rectangle>): BrowserWindow {
    const spec = WINDOW_KINDS[kind];
    const window = new BrowserWindow({
      ...place,
      minWidth: spec.minimum.width,
      minHeight: spec.minimum.height,
      show: false,
      title: spec.title,
      backgroundColor: spec.background,
      fullscreenable: true,
      ...(this.options.icon ? { icon: this.options.icon } : {}),
      webPreferences: {
        preload: join(this.options.preloads, spec.preload),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
        // calls are spoken, and drawn, while nobody touches or even sees the screen
        autoplayPolicy: 'no-user-gesture-required',
        backgroundThrottling: !spec.kiosk,
      },
    });
    this.#windows.set(kind, window);
    const { id } = window;
    if (spec.kiosk) window.removeMenu();
    else window.setMenuBarVisibility(false);
    window.on('page-title-updated', (event) => event.preventDefault());
    window.on('closed', () => {
      this.#windows.delete(kind);
      this.options.closed(id, kind);
    });
    guardRenderer(window, `${ORIGIN}/${spec.page}`, spec.kiosk);
    return window;
  }

  #rememberDesk(window: BrowserWindow, asked: Rectangle | null): void {
    let settled: NodeJS.Timeout | undefined;
    let decoration: { x: number; y: number } | undefined;
    const keep = (): void => {
      if (window.isDestroyed() || window.isMinimized()) return;
      const bounds = window.getNormalBounds();
      decoration ??= asked && !window.isMaximized() ? shift(asked, bounds) : { x: 0, y: 0 };
      const place = { ...bounds, x: bounds.x - decoration.x, y: bounds.y - decoration.y };
      this.options.memory.keep({ desk: { bounds: place, maximized: window.isMaximized() } });
    };
    const later = (): void => {
      clearTimeout(settled);
      settled = setTimeout(keep, SETTLED_AFTER);
    };
    window.once('show', later);
    window.on('resize', later);
    window.on('move', later);
    window.on('close', keep);
    window.on('closed', () => clearTimeout(settled));
  }
}

/**
 * By how much a window stands off from where it was asked to be: some window managers count the title bar into a place that
 * is set and not into one that is read, and a window would wander down with every start. Larger ways are a person's or a
 * manager's own choice.
 */
const shift = (asked: Rectangle, got: Rectangle): { x: number; y: number } => {
  const way = { x: got.x - asked.x, y: got.y - asked.y };
  return Math.abs(way.x) <= MOST_DECORATION && Math.abs(way.y) <= MOST_DECORATION ? way : { x: 0, y: 0 };
};
