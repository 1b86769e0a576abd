import type { Envelope } from '@shared/views/envelope';
import { z } from 'zod';
import { type Pairing, pairing } from './browserStore';

/** RFC 9457, as the server tells what is wrong. */
const problem = z.object({ title: z.string(), detail: z.string().optional(), code: z.string().optional(), field: z.string().optional() });

/** Pairs this browser with the clinic whose server served the page. */
export const pairDevice = async (code: string, deviceName: string): Promise<Envelope<Pairing>> => {
  const response = await fetch('/api/pair', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, deviceName, role: 'desk' }),
  }).catch(() => null);
  if (!response)
    return { ok: false, error: { code: 'server_unreachable', message: 'The server does not answer. Check the network, then try again.' } };
  const body: unknown = await response.json().catch(() => null);
  const paired = response.ok ? pairing.safeParse(body) : null;
  if (paired?.success) return { ok: true, data: paired.data };
  const { data } = problem.safeParse(body);
  return {
    ok: false,
    error: {
      code: data?.code ?? 'malformed',
      message: data?.detail ?? data?.title ?? 'The server answered something that this version does not know.',
      ...(data?.field && { field: data.field }),
    },
  };
};
