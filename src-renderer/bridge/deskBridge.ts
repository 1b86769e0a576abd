import type { DeskBridge } from '@shared/views/deskBridge';
import { openBrowserDesk } from './browserDesk';

declare global {
  interface Window {
    /** Put there by the preload of the desktop program. */
    readonly anteroomDesk?: DeskBridge;
  }
}

/** The desktop program's port where there is one, else a replica in this page. */
export const openDeskBridge = (): DeskBridge => window.anteroomDesk ?? openBrowserDesk();
