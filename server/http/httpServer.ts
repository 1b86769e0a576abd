import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import type { Logger } from '../operations/log';
import { type HealthServices, healthRoute } from './health';
import { isOwnHost } from './ownNames';
import { type PairServices, pairRoute } from './pair';
import { sendProblem } from './problem';
import { type ScreenServices, screenRoutes } from './screens';
import { securityHeaders } from './securityHeaders';
import { type TicketServices, ticketRoutes } from './ticket/routes';

/** S13: largest request body in bytes; a pairing request has about a hundred. */
const MOST_BODY = 64 * 1024;

export interface HttpServices {
  readonly health: HealthServices;
  readonly pair: PairServices;
  readonly screens: ScreenServices;
  readonly ticket: TicketServices;
  readonly publicUrl: () => string | null;
  readonly log: Logger;
}

/** The HTTP side of the server: screens, pairing, ticket pages, health. It holds no data of the clinic but what these show. */
export const createHttpServer = async ({ health, pair, screens, ticket, publicUrl, log }: HttpServices): Promise<FastifyInstance> => {
  // requests are not logged: a ticket's address is a secret of its holder
  const app = Fastify({
    bodyLimit: MOST_BODY,
    logger: false,
    forceCloseConnections: true,
    requestTimeout: 30_000,
    frameworkErrors: refuseUnreadable,
  });
  app.removeContentTypeParser('text/plain');

  app.addHook('onRequest', async (request, reply) => {
    if (isOwnHost(request.headers.host, publicUrl())) return;
    await sendProblem(reply, {
      status: 421,
      code: 'host_not_allowed',
      title: 'Misdirected request',
      detail: 'This server answers to its own addresses only. Open it by the address that it printed or that the desk shows.',
    });
  });

  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, {
      status: 404,
      code: 'not_found',
      title: 'Not found',
      detail: 'There is nothing at this address. The desk is at /desk, the waiting-room screen at /monitor.',
    }),
  );

  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      log.error({ route: request.routeOptions.url, reason: error.message, stack: error.stack }, 'request failed');
      return sendProblem(reply, {
        status: 500,
        code: 'server_error',
        title: 'Server error',
        detail: 'The server could not answer. Try again; the server’s log has the reason.',
      });
    }
    return refuse(reply, status);
  });

  await app.register(securityHeaders);
  await app.register(rateLimit, { global: false });
  await app.register(healthRoute, health);
  await app.register(pairRoute, pair);
  await app.register(ticketRoutes, ticket);
  await app.register(screenRoutes, screens);
  return app;
};

const refuse = (reply: FastifyReply, status: number): FastifyReply =>
  sendProblem(reply, REFUSALS[status] ?? { status, code: 'bad_request', title: 'Bad request', detail: 'The request cannot be read.' });

/** Addresses that no route can be looked up for: broken escapes, a part that is too long. */
const refuseUnreadable = (error: FastifyError, _request: unknown, reply: FastifyReply): void => {
  refuse(reply, error.statusCode ?? 400);
};

const REFUSALS: Partial<Record<number, Parameters<typeof sendProblem>[1]>> = {
  413: { status: 413, code: 'too_large', title: 'Too large', detail: 'The request is larger than 64 KB.' },
  415: { status: 415, code: 'not_json', title: 'Not JSON', detail: 'Send JSON, with the header Content-Type: application/json.' },
  429: { status: 429, code: 'too_many_tries', title: 'Too many tries', detail: 'Too many tries. Wait a minute, then try again.' },
};
