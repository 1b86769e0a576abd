import type { FastifyInstance } from 'fastify';
import { type Pairing, pairRequest } from '../pairing/pairing';
import { isOwnOrigin } from './ownNames';
import { sendProblem } from './problem';

export interface PairServices {
  readonly pairing: Pick<Pairing, 'pair'>;
}

/** Tries per minute from one address, beside the five wrong tries that void a code. */
const TRIES_PER_MINUTE = 20;
const REFUSED: Readonly<Record<string, { status: number; title: string }>> = {
  name_taken: { status: 409, title: 'Name taken' },
  code_for_other_role: { status: 409, title: 'Code for another kind of device' },
};

/** `POST /api/pair {code, deviceName, role}`: makes this machine a device of the site, or says which field is wrong and why. */
export const pairRoute = async (app: FastifyInstance, { pairing }: PairServices): Promise<void> => {
  app.post('/api/pair', { config: { rateLimit: { max: TRIES_PER_MINUTE, timeWindow: 60_000 } } }, async (request, reply) => {
    if (!isOwnOrigin(request.headers.origin, request.headers.host)) {
      return sendProblem(reply, {
        status: 403,
        code: 'origin_not_allowed',
        title: 'Forbidden',
        detail: 'Pair from this server’s own page or from the Anteroom app.',
      });
    }
    const parsed = pairRequest.safeParse(request.body);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const field = issue?.path.join('.') ?? '';
      return sendProblem(reply, {
        status: 400,
        code: 'invalid',
        title: 'Invalid input',
        detail: `${field ? `${field}: ` : ''}${issue?.message ?? 'cannot be read'}`,
        ...(field ? { field } : {}),
      });
    }
    const answer = await pairing.pair(parsed.data);
    if (answer.ok) return reply.header('cache-control', 'no-store').send(answer.admission);
    const { code, message, field } = answer.failure;
    const { status, title } = REFUSED[code] ?? { status: 403, title: 'Not admitted' };
    return sendProblem(reply, { status, code, title, detail: message, ...(field === undefined ? {} : { field }) });
  });
};
