import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** What is used of Electron's `safeStorage`. */
export interface SecretStore {
  isEncryptionAvailable(): boolean;
  encryptString(text: string): Buffer;
  decryptString(encrypted: Buffer): string;
  /** Linux only, and only in newer versions. */
  getSelectedStorageBackend?(): string;
}

const keptToken = z.discriminatedUnion('store', [
  /** Sealed by the operating system; `backend` is who sealed it, since back ends cannot open each other's. */
  z.object({ store: z.literal('os'), backend: z.string(), sealed: z.string() }),
  /** No real secret store on this machine: readable by this user alone (mode 0600). */
  z.object({ store: z.literal('file'), token: z.string().min(1) }),
]);

const deviceFile = z.object({
  format: z.literal(1),
  /** Where the sync server is, without a path. */
  address: z.url(),
  /** The server runs inside this application. */
  embedded: z.boolean(),
  deviceId: z.uuid(),
  deviceName: z.string().min(1),
  letter: z.string(),
  siteId: z.uuid(),
  siteName: z.string(),
  token: keptToken,
});

/** This machine's place in a clinic, as main works with it. */
export type Device = Omit<z.infer<typeof deviceFile>, 'format' | 'token'> & { readonly token: string };

/** What was found: nothing, a device, or one whose secret this machine can no longer open. */
export type FoundDevice =
  | { readonly state: 'absent' }
  | { readonly state: 'known'; readonly device: Device }
  | { readonly state: 'unreadable'; readonly message: string; readonly embedded: boolean };

/**
 * `device.json`: which clinic this machine belongs to and the secret that proves it. The secret is sealed by the operating
 * system where it has a real store; Linux's `basic_text` is a constant password and counts as none.
 */
export class DeviceSecrets {
  constructor(
    private readonly file: string,
    private readonly store: SecretStore,
    private readonly platform: NodeJS.Platform,
  ) {}

  /** The name of the store that seals secrets here; undefined when there is none worth the name. */
  backend(): string | undefined {
    if (!this.store.isEncryptionAvailable()) return undefined;
    if (this.platform === 'win32') return 'dpapi';
    if (this.platform === 'darwin') return 'keychain';
    const selected = this.store.getSelectedStorageBackend?.() ?? 'unknown';
    return selected === 'basic_text' || selected === 'unknown' ? undefined : selected;
  }

  read(): FoundDevice {
    let text: string;
    try {
      text = readFileSync(this.file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { state: 'absent' };
      return {
        state: 'unreadable',
        embedded: false,
        message: `${this.file} cannot be read (${(error as Error).message}). Give this user access to it, then start again.`,
      };
    }
    const parsed = deviceFile.safeParse(parseJson(text));
    if (!parsed.success) {
      const field = parsed.error.issues[0]?.path.join('.') ?? '';
      return {
        state: 'unreadable',
        embedded: false,
        message: `${this.file} is damaged${field ? ` at "${field}"` : ''}. Move it away and join the clinic again; the patients' data is in replica.db and is not touched.`,
      };
    }
    const { format: _format, token: kept, ...rest } = parsed.data;
    if (kept.store === 'file') return { state: 'known', device: { ...rest, token: kept.token } };
    try {
      return { state: 'known', device: { ...rest, token: this.store.decryptString(Buffer.from(kept.sealed, 'base64')) } };
    } catch {
      return {
        state: 'unreadable',
        embedded: rest.embedded,
        message: `This PC's key was sealed by ${kept.backend}, which does not open it now. Unlock the password store of this user, or join the clinic again with a new code.`,
      };
    }
  }

  /** Writes the file whole or not at all, readable by this user only. Throws the file system's error. */
  write(device: Device): void {
    const { token, ...rest } = device;
    const backend = this.backend();
    const kept: z.infer<typeof keptToken> =
      backend === undefined
        ? { store: 'file', token }
        : { store: 'os', backend, sealed: this.store.encryptString(token).toString('base64') };
    const content: z.infer<typeof deviceFile> = { format: 1, ...rest, token: kept };
    mkdirSync(dirname(this.file), { recursive: true });
    writeWhole(this.file, `${JSON.stringify(content, null, 2)}\n`);
  }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Replaces a file in one step, so that a crash leaves the old or the new content. */
export const writeWhole = (file: string, content: string): void => {
  const draft = `${file}.new`;
  const descriptor = openSync(draft, 'w', 0o600);
  try {
    writeSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  chmodSync(draft, 0o600);
  renameSync(draft, file);
};
