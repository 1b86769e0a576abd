import { accessSync, constants, mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  MessageChannelMain,
  type MessagePortMain,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  utilityProcess,
  type WebContents,
} from 'electron';
import { Desktop } from './desktop';
import { PORT_CHANNEL, WINDOW_CHANNEL } from './ipc/channels';
import { createGate, FailureError } from './ipc/gate';
import { type LaunchOptions, parseLaunchOptions } from './launchOptions';
import { Displays } from './system/displays';
import { lockWindows, refusePermissions } from './system/lockdown';
import { setMenu } from './system/menu';
import { answerPage, ORIGIN, SCHEME } from './system/pages';
import { Power } from './system/power';
import { ReplicaProcess } from './system/replicaProcess';
import { DeviceSecrets } from './system/secrets';
import type { ChildHandle } from './system/supervisedProcess';
import { WindowManager } from './windows/manager';
import { WindowMemory } from './windows/memory';

/** Exit codes that `build/start.mjs` tells apart from a binary that cannot run here. */
const BAD_OPTIONS = 2;

const launch = readOptions();
const folder = dataFolder(launch);
if (app.requestSingleInstanceLock()) run();
else app.exit(0);

function readOptions(): LaunchOptions {
  try {
    return parseLaunchOptions(process.argv.slice(1));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(BAD_OPTIONS);
  }
}

/**
 * The folder of this PC's data, which is also what one running instance locks. One that cannot be written to is told on the
 * desk's screen, and Electron gets another to start with.
 */
function dataFolder({ data }: LaunchOptions): { readonly path: string; readonly problem: string | undefined } {
  const path = data ?? app.getPath('userData');
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.W_OK);
    app.setPath('userData', path);
    return { path, problem: undefined };
  } catch (error) {
    app.setPath('userData', join(tmpdir(), `anteroom-${process.pid}`));
    return {
      path,
      problem: `The data folder ${path} cannot be written to (${(error as Error).message}). Allow this user to write there, or choose another one with --data.`,
    };
  }
}

function run(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
  // without a sandbox in the system (root in a container) asking for it makes Chromium start itself again for ever
  if (!app.commandLine.hasSwitch('no-sandbox') && process.env.ELECTRON_DISABLE_SANDBOX === undefined) app.enableSandbox();
  app.commandLine.appendSwitch('autoplay-policy', 'no-user-gesture-required');
  // speech on Linux comes from the system's speech dispatcher, which Chromium leaves alone unless told
  if (process.platform === 'linux') app.commandLine.appendSwitch('enable-speech-dispatcher');
  lockWindows(app, shell);
  void app.whenReady().then(startDesktop);
}

function startDesktop(): void {
  const pages = join(__dirname, '..', 'renderer');
  protocol.handle(SCHEME, (request) => answerPage(pages, request, async (file) => new Uint8Array(await readFile(file))));
  refusePermissions(session.defaultSession);
  setMenu();

  const replica = new ReplicaProcess<MessagePortMain>({
    fork: () => fork('replica.cjs', 'Anteroom replica'),
    channel: () => new MessageChannelMain(),
    report: (sentence) => process.stderr.write(`${sentence}\n`),
  });
  const power = new Power(powerSaveBlocker);
  let dependents = 0;
  let quitting = false;

  const windows = new WindowManager({
    preloads: join(__dirname, '..', 'preload'),
    displays: new Displays(screen),
    power,
    memory: new WindowMemory(join(folder.path, 'windows.json')),
    mayClose: () => quitting || dependents === 0 || confirmQuit(windows.get('desk'), dependents),
    closed: (id, kind) => {
      replica.forgetWindow(id);
      if (kind === 'desk') app.quit();
    },
    shown: () => process.send?.({ type: 'ready' }),
  });

  const desktop = new Desktop<MessagePortMain>({
    folder: folder.path,
    launch,
    secrets: new DeviceSecrets(join(folder.path, 'device.json'), safeStorage, process.platform),
    replica,
    forkServer: () => fork('server.cjs', 'Anteroom server'),
    pages,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    machineName: hostname().slice(0, 60) || 'Desk',
    today: () => new Date(),
    warn: ({ message }) => warn(windows.get('desk'), message),
    dependents: (count) => {
      dependents = count;
      if (count > 0) power.keepRunning('desks');
      else power.release('desks');
    },
  });

  const gate = createGate(ORIGIN, {
    connect: async (_input, { windowId, kind }) => {
      const contents = windows.get(kind)?.webContents;
      if (contents) replica.addWindow({ id: windowId, kind, give: (port) => give(contents, port) });
      return {};
    },
    showMonitor: async () => {
      windows.openMonitor(true);
      return { shown: true };
    },
    joinClinic: async ({ address, code, deviceName }) => {
      if (dependents > 0)
        throw new FailureError({
          code: 'desks_depend',
          message: `${desksUse(dependents)} the server on this PC and would go offline. Join them to the other clinic first.`,
        });
      return desktop.join(address, code, deviceName);
    },
  });
  ipcMain.handle(WINDOW_CHANNEL, (event, message: unknown) =>
    gate(
      {
        windowId: BrowserWindow.fromWebContents(event.sender)?.id ?? -1,
        kind: windows.kindOf(event.sender),
        top: event.senderFrame === event.sender.mainFrame,
        url: event.senderFrame?.url ?? '',
      },
      message,
    ),
  );

  windows.openDesk();
  if (launch.monitor) windows.openMonitor(false);
  if (folder.problem) replica.explain({ code: 'read_only', message: folder.problem });
  else void desktop.start();

  app.on('second-instance', () => windows.openDesk());
  app.on('activate', () => windows.openDesk());
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (quitting) return;
    quitting = true;
    // windows first, so that nobody presses into a closing desk; then the replica; then the server, which others still use
    windows.closeAll();
    void desktop.stop().finally(() => app.exit(0));
  });
  app.on('window-all-closed', () => undefined); // the desk's closing ends the application, whatever else is open
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  // started by `npm start`: it asks to stop, or is gone
  process.on('message', (message) => {
    if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'quit') app.quit();
  });
  process.on('disconnect', () => app.quit());
}

function fork(file: string, serviceName: string): ChildHandle<MessagePortMain> {
  return utilityProcess.fork(join(__dirname, file), [], { serviceName, stdio: 'inherit' });
}

function give(contents: WebContents, port: MessagePortMain): void {
  if (contents.isDestroyed()) port.close();
  else contents.postMessage(PORT_CHANNEL, null, [port]);
}

function warn(desk: BrowserWindow | undefined, message: string): void {
  const box = { type: 'warning' as const, title: 'Anteroom', message, buttons: ['OK'] };
  void (desk ? dialog.showMessageBox(desk, box) : dialog.showMessageBox(box));
}

const desksUse = (count: number): string => (count === 1 ? '1 other desk uses' : `${count} other desks use`);

function confirmQuit(desk: BrowserWindow | undefined, dependents: number): boolean {
  const box = {
    type: 'warning' as const,
    title: 'Anteroom',
    message: `${desksUse(dependents)} the server on this PC.`,
    detail: 'If you quit, they go on offline until Anteroom runs here again.',
    buttons: ['Keep running', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  };
  return (desk ? dialog.showMessageBoxSync(desk, box) : dialog.showMessageBoxSync(box)) === 1;
}
