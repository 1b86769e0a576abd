import { randomInt } from 'node:crypto';
import type { SiteStore } from '@shared/database/siteStore';
import { deviceId as deviceIdSchema } from '@shared/domain/ids';
import { type Device, deviceRow } from '@shared/domain/rows';
import type { Failure } from '@shared/views/envelope';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import type { TimedQuery } from '../operations/log';
import type { SiteHost } from '../site/siteHost';
import { type CodeCheck, createPairingCodes, type PairingCode } from './codes';
import { freeLetter, freeName, nameIsTaken } from './deviceNaming';
import { issueToken, tokenMatches } from './tokens';

/** What a machine sends to join the site. */
export const pairRequest = z.object({
  code: z
    .string({ error: 'Type the code that the other PC shows' })
    .trim()
    .min(1, 'Type the code that the other PC shows')
    .max(20, 'A code has eight letters and digits'),
  deviceName: deviceRow.shape.name,
  role: deviceRow.shape.role,
});
export type PairRequest = z.infer<typeof pairRequest>;

/** What it gets, once: the token is not stored here. */
export interface Admission {
  readonly siteId: string;
  readonly siteName: string;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly letter: string;
  readonly token: string;
}

export type PairAnswer = { readonly ok: true; readonly admission: Admission } | { readonly ok: false; readonly failure: Failure };

const credentials = z.object({ deviceId: deviceIdSchema, token: z.string().min(1).max(200) });

export type Authentication =
  | { readonly ok: true; readonly device: Device }
  | { readonly ok: false; readonly code: 'unauthenticated' | 'revoked'; readonly text: string };

/** How machines become devices of the site, and prove afterwards that they are. */
export interface Pairing {
  issueCode(role: Device['role']): PairingCode;
  /** Admits who names an open code; every refusal names the field and the next step. */
  pair(request: PairRequest): Promise<PairAnswer>;
  /** Admits the PC that this server runs on, without a code: its main process asks over the process port. */
  admitLocal(deviceName: string, role: Device['role']): Promise<PairAnswer>;
  /** Checks a handshake's `{deviceId, token}` against the devices as they are now (S18). */
  authenticate(handshake: unknown): Authentication;
}

export interface PairingServices {
  readonly host: SiteHost;
  readonly store: Pick<SiteStore, 'putDeviceSecret' | 'deviceSecret'>;
  readonly timed: TimedQuery;
}

const CODE_REFUSALS: Record<Extract<CodeCheck, { ok: false }>['reason'], string> = {
  unknown: 'This code is not known here. Compare it with the other PC letter by letter; five wrong tries make it void.',
  expired: 'This code has expired: codes work for ten minutes. Ask the other PC for a new one.',
  used: 'This code was used already: each works once. Ask the other PC for a new one.',
  void: 'This code is void after too many wrong tries. Ask the other PC for a new one.',
};

export const createPairing = ({ host, store, timed }: PairingServices): Pairing => {
  const codes = createPairingCodes(
    () => host.now(),
    (limit) => randomInt(limit),
  );
  // one admission at a time: names and letters are chosen from the devices that the former one left
  let former: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const mine = former.then(task, task);
    former = mine.catch(() => undefined);
    return mine;
  };

  const admit = async (name: string, role: Device['role']): Promise<PairAnswer> => {
    const site = host.state.site();
    if (!site) return refused({ code: 'no_site', message: 'This server has no clinic yet. Start it again.' });
    const device = deviceRow.parse({
      id: uuidv7(),
      name,
      role,
      // screens give out no tickets
      letter: role === 'desk' ? freeLetter(host.state.rows('devices')) : '',
      joinedAt: host.now(),
      revokedAt: null,
      version: 0,
    });
    const { token, hash } = issueToken();
    const outcome = await host.command({ type: 'joinDevice', args: { device } }, 'server');
    if (outcome.status !== 'applied') {
      return refused({
        code: outcome.code,
        message: `The server could not add this device (${outcome.detail.text ?? outcome.code}). Try again.`,
      });
    }
    timed('put device secret', () => store.putDeviceSecret(device.id, hash));
    return {
      ok: true,
      admission: { siteId: site.id, siteName: site.name, deviceId: device.id, deviceName: device.name, letter: device.letter, token },
    };
  };

  const pairNow = async ({ code, deviceName, role }: PairRequest): Promise<PairAnswer> => {
    const checked = codes.check(code);
    if (!checked.ok) return refused({ code: `code_${checked.reason}`, field: 'code', message: CODE_REFUSALS[checked.reason] });
    if (checked.role !== role) {
      const message =
        checked.role === 'display'
          ? 'This code is for a waiting-room screen. Ask the other PC for a code for a desk.'
          : 'This code is for a desk. Ask the other PC for a code for a waiting-room screen.';
      return refused({ code: 'code_for_other_role', field: 'code', message });
    }
    if (nameIsTaken(host.state.rows('devices'), deviceName)) {
      const free = freeName(host.state.rows('devices'), deviceName);
      return refused({
        code: 'name_taken',
        field: 'deviceName',
        message: `Another device is called “${deviceName}”. Choose another name, such as “${free}”.`,
        detail: { suggestion: free },
      });
    }
    codes.use(code);
    const answer = await admit(deviceName, role);
    if (!answer.ok) codes.restore(code);
    return answer;
  };

  return {
    issueCode: (role) => codes.issue(role),
    pair: (request) => inTurn(() => pairNow(request)),
    admitLocal: (deviceName, role) => inTurn(() => admit(freeName(host.state.rows('devices'), deviceName), role)),
    authenticate(handshake) {
      const parsed = credentials.safeParse(handshake);
      const unknown = {
        ok: false,
        code: 'unauthenticated',
        text: 'This device is not paired with this clinic. Pair it with a code from a desk.',
      } as const;
      if (!parsed.success) return unknown;
      const device = host.state.row('devices', parsed.data.deviceId);
      const hash = timed('device secret', () => store.deviceSecret(parsed.data.deviceId));
      if (!device || !hash || !tokenMatches(parsed.data.token, hash)) return unknown;
      if (device.revokedAt !== null)
        return { ok: false, code: 'revoked', text: 'This device was removed from the clinic. Pair it again with a new code.' };
      return { ok: true, device };
    },
  };
};

const refused = (failure: Failure): PairAnswer => ({ ok: false, failure });
