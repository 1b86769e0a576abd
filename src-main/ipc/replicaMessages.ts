import * as ids from '@shared/domain/ids';
import { failure } from '@shared/views/envelope';
import { z } from 'zod';

/** What main and the replica tell each other over the utility process's port; both ends parse what they get. */

/** Where the replica's server is, and the secret by which the server knows this device. */
export const serverLink = z.object({ address: z.url(), token: z.string().min(1) });
export type ServerLink = z.infer<typeof serverLink>;

export const toReplica = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('open'),
    /** Which start of the replica this is; repeated in what it tells, so that news of an older one is ignored. */
    generation: z.number().int(),
    /** Path of replica.db. */
    file: z.string().min(1),
    device: z.object({ deviceId: ids.deviceId, deviceName: z.string().min(1), letter: z.string() }),
    /** Absent while the embedded server is still starting: the replica works, and connects when told where. */
    link: serverLink.optional(),
  }),
  z.object({ type: z.literal('link'), link: serverLink }),
  /** Comes with the window's port. */
  z.object({ type: z.literal('window'), kind: z.enum(['desk', 'monitor']), windowId: z.number().int() }),
  z.object({ type: z.literal('stop') }),
]);
export type ToReplica = z.infer<typeof toReplica>;

export const fromReplica = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), generation: z.number().int() }),
  /** The database cannot be used; the replica stays up and tells its windows, which lose nothing. */
  z.object({ type: z.literal('problem'), generation: z.number().int(), failure }),
  z.object({ type: z.literal('stopped'), generation: z.number().int() }),
]);
export type FromReplica = z.infer<typeof fromReplica>;

/** What a monitor window may send over its port. */
export const monitorPortRequest = z.object({ name: z.literal('missed'), from: z.number().int().min(1), to: z.number().int().min(1) });
