import { failure } from '@shared/views/envelope';
import { z } from 'zod';

/** What main and the embedded server tell each other over the utility process's port. */

export interface ServerConfig {
  readonly dataDir: string;
  readonly port: number;
  readonly demo: boolean;
  /** Folder of the built pages. */
  readonly staticDir: string;
  readonly siteName: string;
  /** IANA zone. */
  readonly zone: string;
  /** Listen on the machine's own network too, not only on loopback. */
  readonly lan: boolean;
}

export type ToServer =
  | { readonly type: 'start'; readonly config: ServerConfig }
  | { readonly type: 'admit'; readonly deviceName: string; readonly role: 'desk' | 'display' }
  | { readonly type: 'stop' };

export const fromServer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), port: z.number().int(), addresses: z.array(z.string()), siteName: z.string() }),
  z.object({
    type: z.literal('admitted'),
    deviceId: z.uuid(),
    deviceName: z.string(),
    letter: z.string(),
    token: z.string().min(1),
    siteId: z.uuid(),
    siteName: z.string(),
  }),
  z.object({ type: z.literal('problem'), failure }),
  /** How many desks are connected now, this one included. */
  z.object({ type: z.literal('desks'), count: z.number().int().min(0) }),
  z.object({ type: z.literal('stopped') }),
]);
export type FromServer = z.infer<typeof fromServer>;
export type Admission = Extract<FromServer, { type: 'admitted' }>;
