import { z } from 'zod';
import { intent } from '../domain/commands';
import type { Instant } from '../domain/time';
import type { DeskView } from './desk';
import type { Envelope, Failure } from './envelope';

/**
 * What a desk window may ask (schemas: the trust boundary) and what it is told (types). The same contract over an Electron
 * port and in a browser page, so that a screen cannot tell them apart.
 */
export const deskRequests = {
  /** Records a command: answered when it is on this machine's disk and in its view, or refused with the reason. */
  dispatch: {
    input: intent,
    output: z.object({
      n: z.number().int(),
      commandId: z.string(),
      code: z.string(),
      entryId: z.string().nullable(),
      ticket: z.string().nullable(),
    }),
  },
  /** Patients known to this replica whose name, record number or phone matches; at most 20, best first. */
  searchPatients: {
    input: z.object({ text: z.string().max(120) }),
    output: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        mrn: z.string().nullable(),
        birthDate: z.string().nullable(),
        phone: z.string().nullable(),
        hideName: z.boolean(),
        version: z.number(),
        /** Where they already wait, if they do. */
        waiting: z.object({ entryId: z.string(), ticket: z.string(), queueId: z.string() }).nullable(),
      }),
    ),
  },
  /** Takes an outcome's notice off the screen; a row's notice is answered by the command `answerNotice`. */
  dismissOutcome: { input: z.object({ n: z.number().int() }), output: z.object({}) },
  /** A short code with which another PC, a browser or a screen joins this clinic; needs the server. */
  pairingCode: {
    input: z.object({ role: z.enum(['desk', 'display']) }),
    output: z.object({ code: z.string(), expiresAt: z.number(), addresses: z.array(z.string()) }),
  },
  /** Makes this PC a desk of another clinic; its own replica is kept as a dated file. */
  joinClinic: {
    input: z.object({ address: z.string().min(1).max(200), code: z.string().min(1).max(20), deviceName: z.string().trim().min(1).max(60) }),
    output: z.object({ siteName: z.string() }),
  },
  /** Shows the waiting-room monitor on this PC (second display where there is one); false in a browser, which opens its page. */
  showMonitor: { input: z.object({}), output: z.object({ shown: z.boolean() }) },
  /** The commands that wait, as a file's text, for when nothing else helps. */
  exportOutbox: { input: z.object({}), output: z.object({ fileName: z.string(), text: z.string() }) },
} as const;

export type DeskRequest = keyof typeof deskRequests;
export type DeskInput<K extends DeskRequest> = z.input<(typeof deskRequests)[K]['input']>;
export type DeskOutput<K extends DeskRequest> = z.infer<(typeof deskRequests)[K]['output']>;

/** What a desk window is told without asking. */
export type DeskEvent =
  | { readonly type: 'view'; readonly view: DeskView }
  /** The site's clock, once a second: windows own no timers, since hidden ones are throttled. */
  | { readonly type: 'tick'; readonly now: Instant }
  /** Nothing can be shown, and why: a database from a newer version, a full or read-only disk, not paired. */
  | { readonly type: 'problem'; readonly problem: Failure };

/** The frames of the port between a desk window and its replica. */
export type DeskPortRequest = { readonly id: number; readonly name: DeskRequest; readonly input: unknown };
export type DeskPortFrame = { readonly type: 'answer'; readonly id: number; readonly envelope: Envelope<unknown> } | DeskEvent;

/** How a desk screen talks to its replica. */
export interface DeskBridge {
  readonly platform: 'electron' | 'browser';
  request<K extends DeskRequest>(name: K, input: DeskInput<K>): Promise<Envelope<DeskOutput<K>>>;
  /** Calls back with every event until the returned function is called; the latest view (or problem) comes at once. */
  subscribe(listener: (event: DeskEvent) => void): () => void;
}
