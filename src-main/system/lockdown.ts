import type { App, Session, Shell } from 'electron';
import { ORIGIN } from './pages';

/** Where a link on a page may lead outside the application; every other address is refused. */
const OUTSIDE_HOSTS: ReadonlySet<string> = new Set(['github.com']);

/** Whether the system's browser may open this address: https, on the list, and without a name or password in it. */
export const mayOpenOutside = (address: string): boolean => {
  try {
    const url = new URL(address);
    return url.protocol === 'https:' && OUTSIDE_HOSTS.has(url.hostname) && url.port === '' && url.username === '' && url.password === '';
  } catch {
    return false;
  }
};

/** No page may leave the application, open windows, embed others or be granted a permission, whatever window it is in. */
export const lockWindows = (app: Pick<App, 'on'>, shell: Pick<Shell, 'openExternal'>): void => {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, url) => {
      if (!url.startsWith(`${ORIGIN}/`)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (mayOpenOutside(url)) void shell.openExternal(url);
      return { action: 'deny' };
    });
  });
};

/** Nothing here needs a camera, a place or a notification: every permission is refused, asked for or checked. */
export const refusePermissions = (
  session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>,
): void => {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
};
