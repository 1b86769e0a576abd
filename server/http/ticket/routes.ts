import type { SiteState } from '@shared/domain/state';
import type { Instant } from '@shared/domain/time';
import { buildTicketView } from '@shared/views/buildTicketView';
import type { TicketView } from '@shared/views/ticket';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from '../problem';
import { chosenLanguage } from './language';
import { ticketPage, ticketUpdate, unknownTicketPage } from './page';
import script from './ticket.client.js?raw';
import style from './ticket.css?raw';

export interface TicketServices {
  readonly state: () => SiteState;
  readonly now: () => Instant;
  /** The log's last `seq`: a view stands while it does. */
  readonly head: () => number;
}

/** A ticket's page asks every 4 s; more than this from one ticket in a minute is not a phone. */
const REQUESTS_PER_MINUTE = 90;
/** Milliseconds for which a view may be shown again while nothing was logged: its minutes hardly change. */
const VIEW_LIFETIME = 3_000;
const MOST_VIEWS = 1_000;

type TicketRequest = FastifyRequest<{ Params: { link: string } }>;

/** `GET /t/:link`: the page of one ticket, rendered here, for phones; `GET /t/:link/state` is what its script asks for. */
export const ticketRoutes = async (app: FastifyInstance, { state, now, head }: TicketServices): Promise<void> => {
  const views = new Map<string, { head: number; made: Instant; view: TicketView | null }>();

  const viewOf = (link: string): TicketView | null => {
    const known = views.get(link);
    if (known && known.head === head() && now() - known.made < VIEW_LIFETIME) return known.view;
    const view = buildTicketView({ state: state(), link, now: now() });
    if (views.size >= MOST_VIEWS) views.clear();
    if (view) views.set(link, { head: head(), made: now(), view });
    return view;
  };

  const languageOf = (request: TicketRequest) =>
    chosenLanguage(request.query, request.headers['accept-language'], state().site()?.languages ?? ['en']);
  const page = (reply: FastifyReply): FastifyReply => reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
  const limit = {
    config: {
      rateLimit: {
        max: REQUESTS_PER_MINUTE,
        timeWindow: 60_000,
        keyGenerator: (request: FastifyRequest) => request.url.split('/', 3)[2] ?? request.ip,
      },
    },
  };

  const file = (path: string, type: string, text: string) =>
    app.get(path, (_request, reply) => reply.type(`${type}; charset=utf-8`).header('cache-control', 'public, max-age=300').send(text));
  file('/t/ticket.js', 'text/javascript', script);
  file('/t/ticket.css', 'text/css', style);

  app.get<{ Params: { link: string } }>('/t/:link', limit, async (request, reply) => {
    const view = viewOf(request.params.link);
    if (view) return page(reply).send(ticketPage(view, languageOf(request)));
    const site = state().site();
    return page(reply)
      .code(404)
      .send(unknownTicketPage(site ? { name: site, languages: site.languages } : null, languageOf(request)));
  });

  app.get<{ Params: { link: string } }>('/t/:link/state', limit, async (request, reply) => {
    const view = viewOf(request.params.link);
    reply.header('cache-control', 'no-store');
    if (!view)
      return sendProblem(reply, {
        status: 404,
        code: 'unknown_ticket',
        title: 'Unknown ticket',
        detail: 'No ticket has this address. Ask at the desk.',
      });
    return ticketUpdate(view, languageOf(request));
  });
};
