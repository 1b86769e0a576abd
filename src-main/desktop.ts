import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure } from '@shared/views/envelope';
import { FailureError } from './ipc/gate';
import type { Admission, ServerConfig } from './ipc/serverMessages';
import type { LaunchOptions } from './launchOptions';
import { EmbeddedServer, NAME_TAKEN } from './system/embeddedServer';
import { joinServer } from './system/joining';
import type { MainPort, ReplicaProcess } from './system/replicaProcess';
import type { Device, DeviceSecrets } from './system/secrets';
import type { ChildHandle } from './system/supervisedProcess';

const DEFAULT_PORT = 7420;
const DEFAULT_NAME = 'Desk 1';
const MOST_NAMESAKES = 20;
const DEFAULT_SITE = 'My clinic';
/** Tells the desk's screen to offer the form for joining a clinic. */
const JOIN_HELPS = { pairing: true };

export interface DesktopOptions<P extends MainPort> {
  /** Folder of this PC's data. */
  readonly folder: string;
  readonly launch: LaunchOptions;
  readonly secrets: DeviceSecrets;
  readonly replica: ReplicaProcess<P>;
  readonly forkServer: () => ChildHandle<P>;
  /** Folder of the built pages, which the embedded server serves too. */
  readonly pages: string;
  readonly zone: string;
  /** What this PC is called on its network: the name of a desk that joins without one, since the first desk has the usual one. */
  readonly machineName: string;
  /** The site's clock is not known here: the PC's own, for naming files. */
  readonly today: () => Date;
  /** Tells the person something that does not keep this desk from working. */
  readonly warn: (failure: Failure) => void;
  /** How many other desks depend on this PC's server. */
  readonly dependents: (count: number) => void;
}

/**
 * This PC's part in a clinic: founds one with a server of its own when it has none, joins another by its code, and keeps
 * server and replica running. Windows come and go without it.
 */
export class Desktop<P extends MainPort> {
  #server: EmbeddedServer<P> | undefined;
  #device: Device | undefined;
  #admitting = false;
  #warned = '';

  constructor(private readonly options: DesktopOptions<P>) {}

  /** Brings up whatever this PC is; what fails is told on its windows and tried again where that can help. */
  async start(): Promise<void> {
    const { launch, secrets, replica } = this.options;
    const found = secrets.read();
    if (found.state === 'known' && launch.join === undefined) {
      this.#device = found.device;
      if (found.device.embedded) this.#serve();
      // an embedded server tells its port when it listens; the desk works until then
      this.#openReplica(found.device, found.device.embedded ? undefined : found.device.address);
      return;
    }
    if (found.state === 'unreadable' && !found.embedded && launch.join === undefined) {
      replica.explain({ code: 'device_unreadable', message: found.message, detail: JOIN_HELPS });
      return;
    }
    if (launch.join === undefined) {
      this.#serve();
      return;
    }
    try {
      await this.join(launch.join, launch.code ?? '', launch.name ?? this.options.machineName);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      if (found.state === 'known') {
        this.#device = found.device;
        if (found.device.embedded) this.#serve();
        this.#openReplica(found.device, found.device.embedded ? undefined : found.device.address);
        this.options.warn(error.failure);
      } else replica.explain({ ...error.failure, detail: JOIN_HELPS });
    }
  }

  /**
   * Makes this PC a desk of the clinic whose server is at `address`. The replica of the clinic before is kept as a dated
   * file. Throws a `FailureError` and leaves everything as it was when the server cannot be reached or refuses.
   */
  async join(address: string, code: string, deviceName: string): Promise<{ siteName: string }> {
    const device = await joinServer(address, code, deviceName);
    const { replica, secrets } = this.options;
    const before = this.#device;
    await replica.stop();
    const putBack = this.#setAside();
    try {
      secrets.write(device);
    } catch (error) {
      putBack();
      if (before) this.#openReplica(before, before.address);
      throw new FailureError({
        code: 'not_written',
        message: `This PC's data folder cannot be written to (${(error as Error).message}). Free some space or allow writing, then join with a new code.`,
      });
    }
    await this.#server?.stop();
    this.#server = undefined;
    this.#device = device;
    this.#openReplica(device, device.address);
    return { siteName: device.siteName };
  }

  /** Ends replica and server, in this order, each after its last write. */
  async stop(): Promise<void> {
    await this.options.replica.stop();
    await this.#server?.stop();
  }

  #serve(): void {
    const { folder, launch, pages, zone } = this.options;
    const config: ServerConfig = {
      dataDir: join(folder, 'server'),
      port: launch.port ?? usedPort(this.#device) ?? DEFAULT_PORT,
      demo: launch.demo,
      staticDir: pages,
      siteName: DEFAULT_SITE,
      zone,
      lan: launch.lan,
    };
    this.#server = new EmbeddedServer<P>({
      fork: this.options.forkServer,
      config,
      ready: ({ port }) => this.#serverReady(port),
      problem: (failure) => this.#cannot(failure),
      desks: (count) => this.options.dependents(Math.max(0, count - 1)),
    });
    this.#server.start();
  }

  #serverReady(port: number): void {
    this.#warned = '';
    const address = `http://127.0.0.1:${port}`;
    if (!this.#device) {
      void this.#found(address);
      return;
    }
    if (this.#device.address !== address) this.#keep({ ...this.#device, address });
    this.options.replica.connectTo({ address, token: this.#device.token });
  }

  /** The first start of a clinic: this PC becomes the first desk of its own server. */
  async #found(address: string): Promise<void> {
    if (this.#admitting || !this.#server) return;
    this.#admitting = true;
    try {
      const admission = await this.#admitted(this.#server, this.options.launch.name ?? DEFAULT_NAME);
      const device = deviceOf(admission, address);
      if (!this.#keep(device)) return;
      this.#device = device;
      this.#openReplica(device, address);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      this.#cannot(error.failure);
    } finally {
      this.#admitting = false;
    }
  }

  /** Admits this PC under the name, or numbered where another device has it: the one that this PC was before it lost its key. */
  async #admitted(server: EmbeddedServer<P>, name: string): Promise<Admission> {
    for (let number = 1; ; number += 1) {
      try {
        return await server.admit(number === 1 ? name : `${name} ${number}`, 'desk');
      } catch (error) {
        if (!(error instanceof FailureError) || error.failure.code !== NAME_TAKEN || number === MOST_NAMESAKES) throw error;
      }
    }
  }

  #keep(device: Device): boolean {
    try {
      this.options.secrets.write(device);
      this.#device = device;
      return true;
    } catch (error) {
      this.#cannot({
        code: 'not_written',
        message: `The data folder ${this.options.folder} cannot be written to (${(error as Error).message}). Free some space or allow writing, then start again.`,
      });
      return false;
    }
  }

  /** Without a replica there is nothing to show but this; with one the desk goes on, and the person is told once. */
  #cannot(failure: Failure): void {
    if (!this.options.replica.isOpen) {
      this.options.replica.explain(failure);
      return;
    }
    if (this.#warned === failure.message) return;
    this.#warned = failure.message;
    this.options.warn(failure);
  }

  #openReplica(device: Device, address: string | undefined): void {
    const { deviceId, deviceName, letter, token } = device;
    this.options.replica.open({
      file: join(this.options.folder, 'replica.db'),
      device: { deviceId, deviceName, letter },
      link: address === undefined ? undefined : { address, token },
    });
  }

  /** Renames the replica's files to dated ones; the returned function puts them back. */
  #setAside(): () => void {
    const { folder, today } = this.options;
    mkdirSync(folder, { recursive: true });
    const stamp = today().toISOString().slice(0, 19).replaceAll(':', '-');
    const moved: [string, string][] = [];
    for (const suffix of ['', '-wal', '-shm']) {
      const from = join(folder, `replica.db${suffix}`);
      const to = join(folder, `replica-until-${stamp}.db${suffix}`);
      if (!existsSync(from)) continue;
      renameSync(from, to);
      moved.push([from, to]);
    }
    return () => {
      for (const [from, to] of moved) renameSync(to, from);
    };
  }
}

const usedPort = (device: Device | undefined): number | undefined => {
  const port = device ? Number(new URL(device.address).port) : 0;
  return port > 0 ? port : undefined;
};

const deviceOf = ({ deviceId, deviceName, letter, token, siteId, siteName }: Admission, address: string): Device => ({
  address,
  embedded: true,
  deviceId,
  deviceName,
  letter,
  token,
  siteId,
  siteName,
});
