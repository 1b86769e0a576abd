import { type DeskPortFrame, type DeskRequest, deskRequests } from '@shared/views/deskBridge';
import type { Envelope } from '@shared/views/envelope';
import { searchPatients } from '@shared/views/searchPatients';
import { z } from 'zod';
import { failureOf, fieldFailure } from '../ipc/gate';
import type { CoreHost } from './coreHost';
import type { SyncLink } from './syncLink';

const frame = z.object({ id: z.number().int(), name: z.string(), input: z.unknown() });

const refused = (code: string, message: string): Envelope<never> => ({ ok: false, error: { code, message } });

/**
 * Answers what a desk window asks over its port. Every frame is parsed by the schema of its request: a window is on the
 * other side of the trust boundary.
 */
export class DeskRequests {
  /** Who waits for the outcome of which dispatch. */
  readonly #dispatched = new Map<number, (envelope: Envelope<unknown>) => void>();
  #lastToken = 0;

  constructor(
    private readonly host: () => CoreHost,
    private readonly link: () => SyncLink,
  ) {}

  /** Takes a frame of a window and answers it on the same port; a frame that is no request at all is dropped. */
  receive(data: unknown, post: (frame: DeskPortFrame) => void): void {
    const parsed = frame.safeParse(data);
    if (!parsed.success) return;
    const { id, name, input } = parsed.data;
    void this.#answer(name, input).then((envelope) => post({ type: 'answer', id, envelope }));
  }

  /** The core's answer to a dispatch. */
  dispatched(token: number, envelope: Envelope<unknown>): void {
    const answer = this.#dispatched.get(token);
    this.#dispatched.delete(token);
    answer?.(envelope);
  }

  async #answer(name: string, input: unknown): Promise<Envelope<unknown>> {
    if (!Object.hasOwn(deskRequests, name)) return refused('not_allowed', `There is no request "${name.slice(0, 40)}".`);
    const request = name as DeskRequest;
    const checked = deskRequests[request].input.safeParse(input);
    if (!checked.success) return { ok: false, error: fieldFailure(checked.error) };
    try {
      return await this.#carryOut(request, checked.data);
    } catch (error) {
      return { ok: false, error: failureOf(error) };
    }
  }

  /** `input` was made by the schema of this very request. */
  #carryOut(name: DeskRequest, input: unknown): Envelope<unknown> | Promise<Envelope<unknown>> {
    const host = this.host();
    switch (name) {
      case 'dispatch':
        return this.#dispatch(host, input as z.infer<typeof deskRequests.dispatch.input>);
      case 'searchPatients': {
        const { text } = input as z.infer<typeof deskRequests.searchPatients.input>;
        return { ok: true, data: searchPatients(host.core.state, text) };
      }
      case 'dismissOutcome': {
        const { n } = input as z.infer<typeof deskRequests.dismissOutcome.input>;
        host.feed({ type: 'dismissOutcome', n });
        return { ok: true, data: {} };
      }
      case 'pairingCode':
        return this.link().ask('pairingCode', input, deskRequests.pairingCode.output);
      case 'exportOutbox':
        return { ok: true, data: this.#outboxFile(host) };
      case 'showMonitor':
      case 'joinClinic':
        return refused('not_allowed', 'The main process answers this.');
    }
  }

  #dispatch(host: CoreHost, intent: z.infer<typeof deskRequests.dispatch.input>): Promise<Envelope<unknown>> {
    this.#lastToken += 1;
    const token = this.#lastToken;
    return new Promise((resolve) => {
      this.#dispatched.set(token, resolve);
      host.feed({ type: 'dispatch', token, intent, actor: host.core.status().identity.deviceName });
    });
  }

  #outboxFile(host: CoreHost): { fileName: string; text: string } {
    const { identity, pending } = host.core.status();
    const stamp = new Date(host.now()).toISOString().slice(0, 16).replace(':', '-');
    const text = JSON.stringify({ format: 'anteroom-outbox', version: 1, ...identity, commands: pending }, null, 2);
    return { fileName: `anteroom-changes-${identity.deviceName.replace(/[^\p{L}\p{N}]+/gu, '-')}-${stamp}.json`, text };
  }
}
