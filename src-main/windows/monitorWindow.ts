import type { BrowserWindow } from 'electron';
import type { Displays } from '../system/displays';
import { WINDOW_KINDS } from './kinds';
import type { WindowMemory } from './memory';
import { type MonitorPlace, monitorPlace } from './monitorPlace';

interface MonitorWindowOptions {
  readonly displays: Displays;
  readonly memory: WindowMemory;
  readonly desk: () => BrowserWindow | undefined;
}

/** Displays that come and go do so in bursts; the monitor moves once they have settled, in milliseconds. */
const DISPLAYS_SETTLE = 400;

/**
 * Keeps the monitor's window where it belongs: in kiosk mode on a display of its own, following displays that are plugged in
 * and out, and behind the desk where there is only one display. Escape and F11 are the staff's way out of kiosk mode (F11 back in).
 */
export class MonitorWindow {
  #leftByStaff = false;
  #settling: NodeJS.Timeout | undefined;
  #shown = false;

  constructor(
    private readonly window: BrowserWindow,
    private readonly options: MonitorWindowOptions,
  ) {
    window.webContents.on('before-input-event', (event, input) => {
      if (input.type !== 'keyDown' || input.isAutoRepeat) return;
      if (input.key === 'Escape' && window.isKiosk()) this.#byStaff(true);
      else if (input.key === 'F11') this.#byStaff(window.isKiosk());
      else return;
      event.preventDefault();
    });
    window.on('close', () => this.#remember());
    window.on('closed', () => clearTimeout(this.#settling));
  }

  /** Puts it in its place and shows it; in front of the desk only when a person asked for it. */
  show(front: boolean): void {
    this.#shown = true;
    const place = this.#place();
    this.#put(place);
    if (place.kind === 'window' && front) this.window.focus();
    else this.#raiseDesk();
  }

  displaysChanged(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      if (!this.#shown || this.window.isDestroyed()) return;
      const place = this.#place();
      if (place.kind === 'window' && !this.window.isKiosk()) return;
      this.#put(place);
      this.#raiseDesk();
    }, DISPLAYS_SETTLE);
  }

  #byStaff(leave: boolean): void {
    this.#leftByStaff = leave;
    this.#put(this.#place());
    if (leave) this.window.focus();
  }

  #place(): MonitorPlace {
    const { displays, memory } = this.options;
    const desk = this.options.desk();
    return monitorPlace({
      displays: displays.all(),
      deskDisplay: desk && !desk.isDestroyed() ? displays.under(desk.getBounds()) : displays.primary(),
      remembered: memory.monitor?.display ?? null,
      lastBounds: memory.monitor?.bounds ?? null,
      leftByStaff: this.#leftByStaff,
      size: WINDOW_KINDS.monitor.size,
    });
  }

  /** Kiosk mode takes the display that the window is on when it is entered: first there, then shown, then kiosk. */
  #put(place: MonitorPlace): void {
    const { window } = this;
    if (window.isKiosk()) window.setKiosk(false);
    if (place.kind === 'window') {
      window.setBounds(place.bounds);
      window.showInactive();
      return;
    }
    window.setBounds(place.display.bounds);
    window.showInactive();
    window.setKiosk(true);
    const { id, label, bounds } = place.display;
    this.options.memory.keep({ monitor: { bounds: this.options.memory.monitor?.bounds ?? null, display: { id, label, bounds } } });
  }

  #raiseDesk(): void {
    const desk = this.options.desk();
    if (!desk || desk.isDestroyed() || !desk.isVisible()) return;
    desk.moveTop();
    desk.focus();
  }

  #remember(): void {
    if (this.window.isKiosk()) return;
    this.options.memory.keep({ monitor: { bounds: this.window.getBounds(), display: this.options.memory.monitor?.display ?? null } });
  }
}
