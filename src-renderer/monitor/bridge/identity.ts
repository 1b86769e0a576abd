import { z } from 'zod';

/** What the clinic gave this screen when it was paired. */
const displayIdentity = z.object({ deviceId: z.string(), deviceName: z.string(), token: z.string() });
export type DisplayIdentity = z.infer<typeof displayIdentity>;

const KEY = 'anteroom.monitor.device';

/** The identity that this browser keeps, or null when it was not paired. */
export const keptIdentity = (storage: Pick<Storage, 'getItem'>): DisplayIdentity | null => {
  try {
    return displayIdentity.parse(JSON.parse(storage.getItem(KEY) ?? ''));
  } catch {
    return null;
  }
};

export const keepIdentity = (storage: Pick<Storage, 'setItem'>, identity: DisplayIdentity): void =>
  storage.setItem(KEY, JSON.stringify(identity));

export const forgetIdentity = (storage: Pick<Storage, 'removeItem'>): void => storage.removeItem(KEY);

const problem = z.object({ code: z.string(), detail: z.string(), field: z.string().optional() });

/** Why a screen could not be paired: a code of the catalogues' `error`, the server's own sentence, the field at fault. */
export interface PairingRefusal {
  readonly code: string;
  readonly message: string;
  readonly field?: string | undefined;
}

export type PairingAnswer =
  | { readonly ok: true; readonly identity: DisplayIdentity }
  | { readonly ok: false; readonly refusal: PairingRefusal };

/** Asks the clinic to admit this browser as a screen (`POST /api/pair`). */
export const pairScreen = async (fetch: typeof globalThis.fetch, code: string, deviceName: string): Promise<PairingAnswer> => {
  try {
    const answer = await fetch('/api/pair', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, deviceName, role: 'display' }),
    });
    const body: unknown = await answer.json();
    if (answer.ok) return { ok: true, identity: displayIdentity.parse(body) };
    const { code: reason, detail, field } = problem.parse(body);
    return { ok: false, refusal: { code: reason, message: detail, field } };
  } catch {
    return {
      ok: false,
      refusal: { code: 'server_unreachable', message: 'The server does not answer. Check the network, then try again.' },
    };
  }
};

/** The code of an address such as `/monitor#pair=K7PM-2XQD`. */
export const codeInAddress = (hash: string): string => new URLSearchParams(hash.replace(/^#/, '')).get('pair') ?? '';
