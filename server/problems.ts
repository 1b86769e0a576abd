import { DatabaseProblem, databaseProblem } from '@shared/database/driver';
import type { Failure } from '@shared/views/envelope';

/** Why the server cannot start or go on: a stable code and one sentence that names the fix. */
export class ServerProblem extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'ServerProblem';
    this.code = code;
  }

  get failure(): Failure {
    return { code: this.code, message: this.message };
  }
}

const systemCode = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

export const portProblem = (error: unknown, port: number): ServerProblem => {
  switch (systemCode(error)) {
    case 'EADDRINUSE':
      return new ServerProblem(
        'port_in_use',
        `Port ${port} is already in use on this computer. Close the program that uses it, or choose another one, for example --port ${port < 65_535 ? port + 1 : port - 1}.`,
      );
    case 'EACCES':
      return new ServerProblem(
        'port_not_allowed',
        `Port ${port} needs administrator rights. Choose a port from 1024 up, for example --port 7420.`,
      );
    default:
      return serverFailed(error);
  }
};

export const dataProblem = (error: unknown, dataDir: string): ServerProblem => {
  if (error instanceof ServerProblem) return error;
  const code = systemCode(error);
  if (error instanceof DatabaseProblem || code?.startsWith('SQLITE_')) return databaseSentence(databaseProblem(error), dataDir);
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return notWritable(dataDir);
    case 'ENOTDIR':
    case 'EEXIST':
      return new ServerProblem('data_not_a_folder', `${dataDir} is not a folder. Choose another data folder with --data.`);
    case 'ENOENT':
      return new ServerProblem('data_not_found', `The data folder ${dataDir} cannot be made. Choose another one with --data.`);
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(dataDir);
    default:
      return serverFailed(error);
  }
};

const databaseSentence = (problem: DatabaseProblem, dataDir: string): ServerProblem => {
  switch (problem.code) {
    case 'newer_version':
      return new ServerProblem('database_newer', problem.message);
    case 'read_only':
      return notWritable(dataDir);
    case 'disk_full':
      return diskFull(dataDir);
    case 'corrupt':
      return new ServerProblem(
        'database_corrupt',
        `The database in ${dataDir} is damaged. Put back a backup of site.db, or move the file elsewhere to start an empty site; it is kept as it is.`,
      );
    case 'busy':
      return dataInUse(dataDir);
    case 'failed':
      return new ServerProblem('database_failed', `The database in ${dataDir} cannot be opened: ${problem.message}`);
  }
};

export const dataInUse = (dataDir: string): ServerProblem =>
  new ServerProblem(
    'data_in_use',
    `Another Anteroom server already uses the data folder ${dataDir}. Stop it, or choose another folder with --data.`,
  );

const notWritable = (dataDir: string): ServerProblem =>
  new ServerProblem(
    'data_not_writable',
    `The data folder ${dataDir} cannot be written to. Allow this user to write there, or choose another one with --data.`,
  );

const diskFull = (dataDir: string): ServerProblem =>
  new ServerProblem('disk_full', `The disk that holds ${dataDir} is full. Free some space and start again; nothing was lost.`);

export const serverFailed = (error: unknown): ServerProblem =>
  new ServerProblem('server_failed', `The server could not start: ${error instanceof Error ? error.message : String(error)}`);

export const serverStopped = (error: unknown): ServerProblem =>
  new ServerProblem(
    'server_stopped',
    `The server stopped because of an unexpected error; what it accepted is on disk. Start it again. (${error instanceof Error ? error.message : String(error)})`,
  );
