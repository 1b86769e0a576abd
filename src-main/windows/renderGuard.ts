import type { Milliseconds } from '@shared/domain/time';
import type { BrowserWindow } from 'electron';

/** Waits before a page that crashed or did not load is loaded again; the last one repeats. */
const RELOAD_AFTER: readonly Milliseconds[] = [250, 1_000, 5_000, 15_000];
/** A page that held this long starts again with the shortest wait. */
const HEALTHY_AFTER: Milliseconds = 60_000;
const HEARTBEAT_EVERY: Milliseconds = 5_000;

/** The wait before the next try after so many failures in a row, from 1. */
export const reloadDelay = (failures: number): Milliseconds => RELOAD_AFTER[Math.min(failures, RELOAD_AFTER.length) - 1] ?? 0;

/**
 * Brings a window's page back when its process is gone or it did not load, with growing waits. With `heartbeat` it is also
 * asked every 5 s whether it still runs, since nobody presses a key on a waiting-room screen to find that it hangs.
 */
export const guardRenderer = (window: BrowserWindow, address: string, heartbeat: boolean): void => {
  const contents = window.webContents;
  let failures = 0;
  let reload: NodeJS.Timeout | undefined;
  let healthy: NodeJS.Timeout | undefined;

  const load = (): void => {
    if (!window.isDestroyed()) void contents.loadURL(address).catch(() => undefined); // told by did-fail-load
  };
  const failed = (): void => {
    clearTimeout(healthy);
    if (reload !== undefined || window.isDestroyed()) return;
    failures += 1;
    reload = setTimeout(() => {
      reload = undefined;
      load();
    }, reloadDelay(failures));
  };
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') failed();
  });
  contents.on('did-fail-load', (_event, code, _text, _url, mainFrame) => {
    const aborted = code === -3;
    if (mainFrame && !aborted) failed();
  });
  contents.on('did-finish-load', () => {
    healthy = setTimeout(() => {
      failures = 0;
    }, HEALTHY_AFTER);
  });

  const beat = heartbeat ? startHeartbeat(window) : undefined;
  window.on('closed', () => {
    clearTimeout(reload);
    clearTimeout(healthy);
    clearInterval(beat);
  });
  load();
};

/** Ends the process of a page that does not answer until the second beat after it was asked. */
const startHeartbeat = (window: BrowserWindow): NodeJS.Timeout => {
  let unanswered = 0;
  return setInterval(() => {
    if (window.isDestroyed() || window.webContents.isCrashed() || window.webContents.isLoading()) {
      unanswered = 0;
      return;
    }
    if (unanswered >= 2) {
      unanswered = 0;
      window.webContents.forcefullyCrashRenderer();
      return;
    }
    unanswered += 1;
    window.webContents.executeJavaScript('true').then(
      () => {
        unanswered = 0;
      },
      () => undefined,
    );
  }, HEARTBEAT_EVERY);
};
