import { deviceRow } from '@shared/domain/rows';
import type { Failure } from '@shared/views/envelope';
import { z } from 'zod';
import { serverConfig } from './config';
import { ServerProblem, serverFailed } from './problems';
import { DEMO_REFUSED } from './site/firstStart';
import { type RunningServer, startServer } from './startServer';

/** What the desktop's main process may ask of its server. */
export const fromMain = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), config: serverConfig }),
  z.object({ type: z.literal('admit'), deviceName: deviceRow.shape.name, role: deviceRow.shape.role }),
  z.object({ type: z.literal('stop') }),
]);
export type FromMain = z.infer<typeof fromMain>;

/** What it is told. */
export type ToMain =
  | { readonly type: 'ready'; readonly port: number; readonly addresses: readonly string[]; readonly siteName: string }
  | {
      readonly type: 'admitted';
      readonly deviceId: string;
      readonly deviceName: string;
      readonly letter: string;
      readonly token: string;
      readonly siteId: string;
      readonly siteName: string;
    }
  | { readonly type: 'problem'; readonly failure: Failure }
  /** How many desks are connected now, for the warning before this PC quits; told when it changes. */
  | { readonly type: 'desks'; readonly count: number }
  | { readonly type: 'stopped' };

/** Electron's end of the pipe in a utility process, as far as it is used. */
export interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  postMessage(message: ToMain): void;
}

/** How often the connected desks are counted, in milliseconds. */
const DESK_CHECK = 1_000;

const failureOf = (error: unknown): Failure => (error instanceof ServerProblem ? error : serverFailed(error)).failure;

/** Runs the server as a utility process of the desktop app: started, asked and stopped by messages of its main process. */
export const runEmbedded = (port: ParentPort, exit: (code: number) => void): void => {
  let running: Promise<RunningServer> | null = null;
  let desks: NodeJS.Timeout | undefined;
  let told = 0;
  const tellDesks = (count: number): void => {
    if (count !== told) port.postMessage({ type: 'desks', count });
    told = count;
  };
  const problem = (failure: Failure) => port.postMessage({ type: 'problem', failure });

  const start = async (config: z.infer<typeof serverConfig>): Promise<void> => {
    running = startServer(config);
    const server = await running;
    if (server.started === 'demo_refused') process.stdout.write(`${DEMO_REFUSED}\n`);
    server.onDesks((count) => port.postMessage({ type: 'desks', count }));
    port.postMessage({
      type: 'ready',
      port: server.port,
      addresses: [server.address, ...server.networkAddresses()],
      siteName: server.siteName,
    });
    desks = setInterval(() => tellDesks(server.deskCount()), DESK_CHECK);
  };

  const take = async (message: FromMain): Promise<void> => {
    switch (message.type) {
      case 'start':
        if (running) return problem({ code: 'already_started', message: 'The server runs already.' });
        return start(message.config);
      case 'admit': {
        if (!running) return problem({ code: 'not_started', message: 'Start the server first.' });
        const answer = await (await running).admitLocal(message.deviceName, message.role);
        return answer.ok ? port.postMessage({ type: 'admitted', ...answer.admission }) : problem(answer.failure);
      }
      case 'stop':
        clearInterval(desks);
        // a server that failed to start has nothing left open
        await running?.then(
          (server) => server.close(),
          () => undefined,
        );
        port.postMessage({ type: 'stopped' });
        return exit(0);
    }
  };

  port.on('message', ({ data }) => {
    const parsed = fromMain.safeParse(data);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      problem({
        code: 'invalid',
        message: `The message to the server is wrong: ${issue?.message ?? 'not understood'}.`,
        field: issue?.path.join('.') ?? '',
      });
      return;
    }
    take(parsed.data).catch((error: unknown) => {
      if (parsed.data.type === 'start') running = null;
      problem(failureOf(error));
    });
  });
};
