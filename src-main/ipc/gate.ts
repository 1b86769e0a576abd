import type { Envelope, Failure } from '@shared/views/envelope';
import type { WindowKind } from './channels';
import { type WindowInput, type WindowRequest, windowMessage, windowRequests } from './windowContract';

/** Where a message came from, as Electron says it. */
export interface Sender {
  readonly windowId: number;
  /** The kind of the window that owns these web contents; undefined when it is none of ours. */
  readonly kind: WindowKind | undefined;
  /** Whether the frame is the window's top frame. */
  readonly top: boolean;
  readonly url: string;
}

export type WindowHandlers = {
  readonly [K in WindowRequest]: (input: WindowInput<K>, sender: Sender & { kind: WindowKind }) => Promise<unknown>;
};

const refused = (failure: Failure): Envelope<never> => ({ ok: false, error: failure });

/** Lists of allowed values are for programs; a person reads the beginning. */
const MOST_WORDS = 160;

/** The first fault of a zod error as a failure that names the field. */
export const fieldFailure = (error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] }): Failure => {
  const issue = error.issues[0];
  const field = issue ? issue.path.map(String).join('.') : '';
  return {
    code: 'invalid',
    message: issue ? `${field || 'The request'}: ${issue.message.slice(0, MOST_WORDS)}.` : 'The request is malformed.',
    ...(field ? { field } : {}),
  };
};

/** An error that carries the failure that people are told. */
export class FailureError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
    this.name = 'FailureError';
  }
}

/** What an unexpected error becomes at a boundary: its message, and no stack. */
export const failureOf = (error: unknown): Failure =>
  error instanceof FailureError ? error.failure : { code: 'failed', message: error instanceof Error ? error.message : String(error) };

/**
 * The two gates that every request of a window passes: the sender (one of our windows, its top frame, our own pages, a kind
 * that may ask this), then the schema. Answers with an envelope and never rejects, since `invoke` loses all of an error but its text.
 */
export const createGate =
  (origin: string, handlers: WindowHandlers) =>
  async (sender: Sender, message: unknown): Promise<Envelope<unknown>> => {
    if (sender.kind === undefined || !sender.top || !isOwnPage(sender.url, origin)) {
      return refused({ code: 'not_allowed', message: 'Only the pages of this application may ask this.' });
    }
    const parsed = windowMessage.safeParse(message);
    if (!parsed.success) return refused(fieldFailure(parsed.error));
    const { name } = parsed.data;
    if (!(windowRequests[name].kinds as readonly WindowKind[]).includes(sender.kind)) {
      return refused({ code: 'not_allowed', message: `A ${sender.kind} window may not ask for ${name}.` });
    }
    const input = windowRequests[name].input.safeParse(parsed.data.input);
    if (!input.success) return refused(fieldFailure(input.error));
    try {
      // each handler takes what its own schema gave; the record's type cannot say that name and input belong together
      const handle = handlers[name] as (input: unknown, sender: Sender) => Promise<unknown>;
      return { ok: true, data: await handle(input.data, sender) };
    } catch (error) {
      return refused(failureOf(error));
    }
  };

const isOwnPage = (url: string, origin: string): boolean => url.startsWith(`${origin}/`);
