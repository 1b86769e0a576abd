import { Menu, type MenuItemConstructorOptions } from 'electron';

/**
 * The application's menu is there for its keys alone: zoom and full screen for people who need larger text, and on macOS the
 * entries without which copy and quit have no keys. The desk does not show it, and the monitor has none.
 */
export const setMenu = (): void => {
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { role: 'zoomIn' },
      { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false },
      { role: 'zoomOut' },
      { role: 'resetZoom' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  };
  const mac: MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }, { role: 'editMenu' }] : [];
  Menu.setApplicationMenu(Menu.buildFromTemplate([...mac, view]));
};
