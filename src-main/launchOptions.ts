import { resolve } from 'node:path';

/** What a start of the application was asked for. `build/start.mjs` takes the same flags and refuses unknown ones. */
export interface LaunchOptions {
  /** Folder of this PC's data; undefined: the user's application data. */
  readonly data: string | undefined;
  /** The embedded server's port; undefined: the one used before, or 7420. */
  readonly port: number | undefined;
  readonly demo: boolean;
  /** Address of the server to join, with the code. */
  readonly join: string | undefined;
  readonly code: string | undefined;
  /** What this desk is called. */
  readonly name: string | undefined;
  readonly monitor: boolean;
  readonly lan: boolean;
}

const VALUED = ['data', 'port', 'join', 'code', 'name'] as const;
type Valued = (typeof VALUED)[number];

const isValued = (name: string): name is Valued => (VALUED as readonly string[]).includes(name);

/**
 * Reads the flags, each as `--flag value` or `--flag=value`. Others are left alone, since Chromium has its own. Throws an
 * error whose message is the sentence to print.
 */
export const parseLaunchOptions = (args: readonly string[]): LaunchOptions => {
  const values: Partial<Record<Valued, string>> = {};
  const switches = new Set<string>();
  for (let i = 0; i < args.length; i += 1) {
    const [, name, attached] = /^--([a-z-]+)(?:=(.*))?$/s.exec(args[i] ?? '') ?? [];
    if (name === undefined) continue;
    if (!isValued(name)) {
      switches.add(name);
      continue;
    }
    if (attached === undefined) i += 1;
    const value = attached ?? args[i];
    if (value === undefined || value === '' || value.startsWith('--')) throw new Error(`--${name} needs a value.`);
    values[name] = value;
  }
  if (values.join !== undefined && values.code === undefined)
    throw new Error('--join needs --code CODE, the short code that the first PC shows.');
  return {
    data: values.data === undefined ? undefined : resolve(values.data),
    port: values.port === undefined ? undefined : portNumber(values.port),
    demo: switches.has('demo'),
    join: values.join,
    code: values.code,
    name: values.name?.trim().slice(0, 60) || undefined,
    monitor: !switches.has('no-monitor'),
    lan: switches.has('lan'),
  };
};

const portNumber = (text: string): number => {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new Error(`--port ${text} is not a port number: use 1 to 65535, such as 7420.`);
  return port;
};
