/** Names of the channels between a window's preload and main; in a file of their own, so that a preload bundles nothing else. */

/** The one channel of `ipcRenderer.invoke`; its message is `{name, input}`. */
export const WINDOW_CHANNEL = 'anteroom:window';
/** On which main hands a window its port to the replica. */
export const PORT_CHANNEL = 'anteroom:port';

export type WindowKind = 'desk' | 'monitor';
