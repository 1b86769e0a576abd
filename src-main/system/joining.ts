import type { Milliseconds } from '@shared/domain/time';
import { z } from 'zod';
import { FailureError } from '../ipc/gate';
import type { Device } from './secrets';

const paired = z.object({
  siteId: z.uuid(),
  siteName: z.string(),
  deviceId: z.uuid(),
  deviceName: z.string().min(1),
  letter: z.string(),
  token: z.string().min(1),
});
const refusal = z.object({ code: z.string(), detail: z.string(), field: z.string().optional() });

const ANSWER_WITHIN: Milliseconds = 10_000;

/**
 * The server's address from what a person typed: a scheme may be left out (http) and a path is dropped, so a copied pairing
 * link works too. Throws a failure on the field `address` for anything that is no web address.
 */
export const serverAddress = (typed: string): string => {
  const text = typed.trim();
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
    if (url.protocol === 'http:' || url.protocol === 'https:') return url.origin;
  } catch {
    // told below
  }
  throw new FailureError({
    code: 'bad_address',
    field: 'address',
    message: `"${text.slice(0, 80)}" is not a server's address. Type it as the first PC shows it, such as 192.168.1.20:7420.`,
  });
};

/**
 * Pairs this PC with the server at `address` by a code that one of its desks shows. Throws a `FailureError` that names what
 * to do: the server's own refusal (wrong or used code), or that it cannot be reached.
 */
export const joinServer = async (address: string, code: string, deviceName: string, request: typeof fetch = fetch): Promise<Device> => {
  const origin = serverAddress(address);
  let response: Response;
  try {
    response = await request(`${origin}/api/pair`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: code.trim(), deviceName, role: 'desk' }),
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
  } catch {
    throw new FailureError({
      code: 'unreachable',
      field: 'address',
      message: `No answer from ${origin}. Check that the first PC is running, that its address is right and that both are on one network.`,
    });
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const told = refusal.safeParse(body);
    if (told.success)
      throw new FailureError({ code: told.data.code, message: told.data.detail, ...(told.data.field ? { field: told.data.field } : {}) });
  }
  const answer = paired.safeParse(body);
  if (!response.ok || !answer.success) {
    throw new FailureError({
      code: 'not_a_server',
      field: 'address',
      message: `${origin} answers, but it is no Anteroom server of this version (status ${response.status}). Check the address and the port.`,
    });
  }
  return { address: origin, embedded: false, ...answer.data };
};
