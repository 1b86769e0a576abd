import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Device, DeviceSecrets, type SecretStore } from '../../src-main/system/secrets';
import { temporaryFolder } from './temporary';

const device: Device = {
  address: 'http://127.0.0.1:7420',
  embedded: true,
  deviceId: '0190a000-0000-7000-8000-000000000001',
  deviceName: 'Desk 1',
  letter: 'A',
  siteId: '0190a000-0000-7000-8000-000000000002',
  siteName: 'North clinic',
  token: 'kQ3tV0secretsecretsecretsecretsecretsecret0',
};

/** A secret store that really seals, under a key of its own, as an operating system's does. */
const sealingStore = (backend?: string): SecretStore => {
  const key = randomBytes(32);
  return {
    isEncryptionAvailable: () => true,
    encryptString: (text) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },
    decryptString: (bytes) => {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
    ...(backend ? { getSelectedStorageBackend: () => backend } : {}),
  };
};
const noStore: SecretStore = {
  isEncryptionAvailable: () => false,
  encryptString: () => {
    throw new Error('no store');
  },
  decryptString: () => {
    throw new Error('no store');
  },
};

describe("the device's secret", () => {
  it('is sealed where the system has a real store, and read back', () => {
    const file = join(temporaryFolder(), 'device.json');
    const secrets = new DeviceSecrets(file, sealingStore('gnome_libsecret'), 'linux');
    secrets.write(device);
    expect(readFileSync(file, 'utf8')).not.toContain(device.token);
    expect(readFileSync(file, 'utf8')).toContain('gnome_libsecret');
    expect(secrets.read()).toEqual({ state: 'known', device });
  });

  it.each([
    ['no store', noStore],
    ["Linux's constant password", sealingStore('basic_text')],
    ['a store that does not say its name', sealingStore()],
  ])('lies in a file of mode 0600 with %s', (_case, store) => {
    const file = join(temporaryFolder(), 'device.json');
    const secrets = new DeviceSecrets(file, store, 'linux');
    secrets.write(device);
    expect(JSON.parse(readFileSync(file, 'utf8')).token).toEqual({ store: 'file', token: device.token });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(secrets.read()).toEqual({ state: 'known', device });
  });

  it.each([
    ['win32', 'dpapi'],
    ['darwin', 'keychain'],
  ] as const)('is sealed on %s by %s', (platform, backend) => {
    expect(new DeviceSecrets('unused', sealingStore(), platform).backend()).toBe(backend);
  });

  it('that another user sealed is told with the fix, and keeps whether the server is this PC', () => {
    const file = join(temporaryFolder(), 'device.json');
    new DeviceSecrets(file, sealingStore('kwallet6'), 'linux').write(device);
    const found = new DeviceSecrets(file, sealingStore('kwallet6'), 'linux').read();
    expect(found).toMatchObject({ state: 'unreadable', embedded: true });
    expect(found.state === 'unreadable' && found.message).toMatch(/kwallet6.*join the clinic again/);
  });

  it.each([
    ['no JSON', '{"format":', ''],
    ['another shape', '{"format":2}', 'format'],
    ['a device without its id', JSON.stringify({ format: 1, address: 'http://127.0.0.1:7420', embedded: true }), 'deviceId'],
  ])('in a damaged file (%s) is told, never thrown', (_case, content, field) => {
    const file = join(temporaryFolder(), 'device.json');
    writeFileSync(file, content);
    const found = new DeviceSecrets(file, noStore, 'linux').read();
    expect(found.state).toBe('unreadable');
    expect(found.state === 'unreadable' && found.message).toContain(field);
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it('is absent before the first start', () => {
    expect(new DeviceSecrets(join(temporaryFolder(), 'device.json'), noStore, 'linux').read()).toEqual({ state: 'absent' });
  });
});
