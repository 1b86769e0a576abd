import type { FastifyInstance } from 'fastify';

export interface HealthServices {
  readonly version: string;
  /** Milliseconds since the start. */
  readonly uptime: () => number;
  readonly head: () => number;
  readonly counts: () => { desks: number; displays: number };
  /** Reads and writes work. */
  readonly databaseOk: () => boolean;
}

/** `GET /health`: numbers for monitoring, nothing of the clinic's data; 503 while the database fails. */
export const healthRoute = async (app: FastifyInstance, { version, uptime, head, counts, databaseOk }: HealthServices): Promise<void> => {
  app.get('/health', async (_request, reply) => {
    const ok = databaseOk();
    return reply
      .code(ok ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({
        status: ok ? 'ok' : 'failing',
        version,
        uptimeSeconds: Math.round(uptime() / 1000),
        head: head(),
        ...counts(),
        database: ok ? 'ok' : 'failing',
      });
  });
};
