import { type ParentPort, runEmbedded } from './embedded';
import { serverStopped } from './problems';
import { runStandalone } from './standalone';

/**
 * The sync server's entry in both forms: a utility process of the desktop app, where Electron gives a port to its main
 * process, or a program of its own (`--help` says how). An error that nobody handled ends it, since its memory may no longer
 * agree with its disk; whoever started it starts it again, from what is on disk.
 */
const parentPort = 'parentPort' in process ? (process.parentPort as ParentPort | null | undefined) : null;

process.on('uncaughtException', (error) => {
  const { failure } = serverStopped(error);
  if (parentPort) parentPort.postMessage({ type: 'problem', failure });
  else process.stderr.write(`${failure.message}\n`);
  process.exit(1);
});

if (parentPort) runEmbedded(parentPort, (code) => process.exit(code));
else void runStandalone();
