import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ServerProblem } from '../problems';

/** What one server remembers about this machine, beside the site's own rows. */
const settings = z.object({
  /** Listen on the machine's network addresses: set when the first pairing code was asked for. */
  lan: z.boolean().default(false),
});
export type ServerSettings = z.infer<typeof settings>;

const fileOf = (dataDir: string): string => join(dataDir, 'settings.json');

/**
 * The settings of the data folder; defaults when there are none yet.
 *
 * @throws ServerProblem `settings_invalid` naming the file and the field.
 */
export const readSettings = (dataDir: string): ServerSettings => {
  let text: string;
  try {
    text = readFileSync(fileOf(dataDir), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return settings.parse({});
    throw error;
  }
  const parsed = settings.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue && issue.path.length > 0 ? `"${issue.path.join('.')}"` : 'the file';
  throw new ServerProblem(
    'settings_invalid',
    `${fileOf(dataDir)} cannot be read: ${field} is wrong. Correct it, or delete the file to start with the defaults.`,
  );
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Writes the settings whole: a crash leaves the old file or the new one. */
export const writeSettings = (dataDir: string, value: ServerSettings): void => {
  const draft = `${fileOf(dataDir)}.new`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, fileOf(dataDir));
};
