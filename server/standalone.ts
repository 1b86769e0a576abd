import { realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { DEFAULT_PORT, type ServerConfig, serverConfig } from './config';
import { ServerProblem, serverFailed } from './problems';
import { DEMO_REFUSED, type FirstStartResult } from './site/firstStart';
import { type RunningServer, startServer } from './startServer';

const HELP = `Anteroom sync server: the referee between the desks of one clinic.

  --data DIR    data folder (default ./anteroom-data; or ANTEROOM_DATA)
  --port N      port (default ${DEFAULT_PORT}, 0 takes a free one; or ANTEROOM_PORT)
  --name NAME   what a new clinic is called (default "My clinic"; or ANTEROOM_NAME)
  --zone ZONE   time zone of a new clinic, such as Europe/Lisbon (default: this computer's; or ANTEROOM_ZONE)
  --demo        fill a new clinic with a demonstration
  --lan         also listen on this computer's network addresses
  --help        this text
`;

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

const wholeNumber = 'a whole number from 0 to 65535, such as 7420';
const flags = z.object({
  data: z.string().trim().min(1, 'a folder'),
  port: z
    .string()
    .regex(/^\d{1,5}$/, wholeNumber)
    .transform(Number)
    .pipe(z.number().max(65_535, wholeNumber)),
  name: z.string().trim().min(1, 'a name of 1 to 120 characters').max(120, 'a name of 1 to 120 characters'),
  zone: z.string().refine(isZone, 'a time zone such as Europe/Lisbon'),
  demo: z.boolean(),
  lan: z.boolean(),
});

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The configuration that the command line (before the environment) asks for; `help` when that is all.
 *
 * @throws ServerProblem `bad_argument` naming the flag and what it takes.
 */
export const parseCommandLine = (args: readonly string[], environment: Environment, staticDir: string): ServerConfig | 'help' => {
  const given = parsedFlags(args);
  if (given.help) return 'help';
  const sources = {
    data: {
      value: given.data ?? environment.ANTEROOM_DATA ?? './anteroom-data',
      variable: given.data === undefined && environment.ANTEROOM_DATA !== undefined,
    },
    port: {
      value: given.port ?? environment.ANTEROOM_PORT ?? String(DEFAULT_PORT),
      variable: given.port === undefined && environment.ANTEROOM_PORT !== undefined,
    },
    name: {
      value: given.name ?? environment.ANTEROOM_NAME ?? 'My clinic',
      variable: given.name === undefined && environment.ANTEROOM_NAME !== undefined,
    },
    zone: {
      value: given.zone ?? environment.ANTEROOM_ZONE ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      variable: given.zone === undefined && environment.ANTEROOM_ZONE !== undefined,
    },
  };
  const parsed = flags.safeParse({
    data: sources.data.value,
    port: sources.port.value,
    name: sources.name.value,
    zone: sources.zone.value,
    demo: given.demo ?? false,
    lan: given.lan ?? false,
  });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const flag = String(issue?.path[0] ?? '');
    const source = flag === 'data' || flag === 'port' || flag === 'name' || flag === 'zone' ? sources[flag] : null;
    throw badArgument(
      `${source?.variable ? `ANTEROOM_${flag.toUpperCase()}` : `--${flag}`} takes ${issue?.message}; it was “${source?.value ?? ''}”.`,
    );
  }
  const { data, port, name, zone, demo, lan } = parsed.data;
  return serverConfig.parse({ dataDir: resolve(data), port, demo, lan, staticDir, siteName: name, zone });
};

const parsedFlags = (args: readonly string[]) => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({ args: [...args], options: { data: text, port: text, name: text, zone: text, demo: flag, lan: flag, help: flag } })
      .values;
  } catch (error) {
    const sentence = error instanceof Error ? (error.message.split(/\.\s/, 1)[0] ?? '') : String(error);
    throw badArgument(`${sentence}. Use --data, --port, --name, --zone, --demo, --lan or --help.`);
  }
};

const badArgument = (message: string): ServerProblem => new ServerProblem('bad_argument', message);

const STARTED: Readonly<Record<FirstStartResult, string | null>> = {
  founded: 'A new clinic was set up here.',
  demo_loaded: 'A new clinic was set up here with the demonstration.',
  demo_refused: DEMO_REFUSED,
  already_there: null,
};

/** What the person at the terminal needs: where it is, how the first desk and screen join, where the data lies. */
export const greeting = (server: RunningServer): string => {
  const link = (path: string, role: 'desk' | 'display') => `${server.address}/${path}#pair=${server.issueCode(role).code}`;
  return [
    `Anteroom server of “${server.siteName}” at ${server.address}`,
    ...server.networkAddresses().map((address) => `  also at ${address}`),
    STARTED[server.started],
    `Open a desk:      ${link('desk', 'desk')}`,
    `Open a monitor:   ${link('monitor', 'display')}`,
    '  (each link pairs one device, within 10 minutes)',
    `Data:             ${server.file}`,
    'Stop with Ctrl-C.',
  ]
    .filter((line) => line !== null)
    .join('\n');
};

/** Runs the server from a terminal or a service manager until SIGINT or SIGTERM; the exit code says how it went. */
export const runStandalone = async (): Promise<void> => {
  const stop = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  try {
    const program = process.argv[1];
    const config = parseCommandLine(
      process.argv.slice(2),
      process.env,
      resolve(program ? dirname(realpathSync(program)) : '.', '../renderer'),
    );
    if (config === 'help') {
      process.stdout.write(HELP);
      return;
    }
    const server = await startServer(config);
    process.stdout.write(`${greeting(server)}\n`);
    await stop;
    await server.close();
    process.exitCode = 0;
  } catch (error) {
    process.stderr.write(`${(error instanceof ServerProblem ? error : serverFailed(error)).message}\n`);
    process.exitCode = 1;
  }
};
