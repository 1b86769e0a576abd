import { deskRequests } from '@shared/views/deskBridge';
import { z } from 'zod';
import type { WindowKind } from './channels';

/**
 * The little that windows ask the main process itself; everything else travels over their port to the replica. Who asks is
 * taken from the sender's window, never from the payload.
 */

/** Each request, which kinds of window may make it, and what it takes. */
export const windowRequests = {
  /** Asks for a port to the replica; it arrives on the port's channel, now and after every restart of the replica. */
  connect: { kinds: ['desk', 'monitor'], input: z.strictObject({}) },
  showMonitor: { kinds: ['desk'], input: deskRequests.showMonitor.input },
  joinClinic: { kinds: ['desk'], input: deskRequests.joinClinic.input },
} as const satisfies Record<string, { kinds: readonly WindowKind[]; input: z.ZodType }>;

export type WindowRequest = keyof typeof windowRequests;
export type WindowInput<K extends WindowRequest> = z.infer<(typeof windowRequests)[K]['input']>;

const names = Object.keys(windowRequests) as [WindowRequest, ...WindowRequest[]];
export const windowMessage = z.object({ name: z.enum(names), input: z.unknown() });
