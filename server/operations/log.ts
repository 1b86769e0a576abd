import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import type { ServerClock } from '../config';

export type { Logger };

/** A log file of this many bytes is set aside when the server starts, so that two files are the most there ever are. */
const FULL_LOG = 5 * 1024 * 1024;
/** architecture.md: queries slower than this many milliseconds are logged by name. */
const SLOW_QUERY = 40;

/**
 * The server's structured log in `logs/server.log` of the data folder. Log codes, ids and counts only: patients' names,
 * phone numbers and notes stay out of it, and so do request bodies. A folder that cannot be written throws the system's error.
 */
export const openLog = (dataDir: string): Logger => {
  const folder = join(dataDir, 'logs');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'server.log');
  if (existsSync(file) && statSync(file).size > FULL_LOG) renameSync(file, join(folder, 'server.1.log'));
  const destination = pino.destination({ dest: file, sync: true, mode: 0o600 });
  // a full disk must not take the server down for the sake of its log
  destination.on('error', () => undefined);
  return pino({ base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, destination);
};

/** Runs a query and logs its name and duration when it was slow. */
export type TimedQuery = <T>(name: string, query: () => T) => T;

export const createTimedQuery =
  (log: Logger, clock: ServerClock): TimedQuery =>
  (name, query) => {
    const from = clock.mono();
    try {
      return query();
    } finally {
      const milliseconds = clock.mono() - from;
      if (milliseconds > SLOW_QUERY) log.warn({ query: name, milliseconds: Math.round(milliseconds) }, 'slow query');
    }
  };
