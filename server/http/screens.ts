import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { sendProblem } from './problem';

export interface ScreenServices {
  /** Folder of the built screens. */
  readonly staticDir: string;
}

const notBuilt = (reply: FastifyReply): FastifyReply =>
  sendProblem(reply, {
    status: 503,
    code: 'not_built',
    title: 'Screens missing',
    detail: 'The screens of this server are not there. Build them (npm run build) or install Anteroom again.',
  });

/**
 * The static shell of the browser desk and the monitor: the same for everyone and without any data, which comes over the
 * socket to paired devices only. Built assets carry a hash in their name and never change; pages are asked for again.
 */
export const screenRoutes = async (app: FastifyInstance, { staticDir }: ScreenServices): Promise<void> => {
  app.get('/', (_request, reply) => reply.redirect('/desk', 302));
  if (!existsSync(join(staticDir, 'desk.html'))) {
    app.get('/desk', (_request, reply) => notBuilt(reply));
    app.get('/monitor', (_request, reply) => notBuilt(reply));
    return;
  }
  await app.register(fastifyStatic, {
    root: staticDir,
    prefix: '/',
    index: false,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders(reply, path) {
      reply.header('cache-control', path.startsWith(join(staticDir, 'assets')) ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.get('/desk', (_request, reply) => reply.sendFile('desk.html'));
  app.get('/monitor', (_request, reply) => reply.sendFile('monitor.html'));
};
