import { spawn } from 'node:child_process';

/** How long the application may take to write what it holds and end, in milliseconds. */
const STOP_WITHIN = 15_000;
/** Chromium's own log lines, `[pid:date/time:LEVEL:file]`: about the machine's graphics and buses, not about this application. */
const CHROMIUM_LOG = /^\[\d+:\d{4}\/\d{6}/;
/** The application's own refusal of its flags; anything else before it is ready means that it cannot run here. */
const BAD_OPTIONS = 2;

/**
 * Runs the desktop application until it ends. Resolves to `{ ran: true, code }`, or to `{ ran: false, why }` when it ended
 * before it was ever ready: missing system libraries, a display that refuses, no sandbox.
 */
export const runDesktopApp = (binary, root, flags, say, stopped) =>
  new Promise((resolve) => {
    const child = spawn(binary, [root, ...flags], { cwd: root, stdio: ['inherit', 'inherit', 'pipe', 'ipc'] });
    let ready = false;
    let firstWords = '';
    let line = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      const lines = (line + text).split('\n');
      line = lines.pop() ?? '';
      for (const each of lines) {
        if (!ready) firstWords ||= each.trim();
        if (ready && !CHROMIUM_LOG.test(each)) process.stderr.write(`${each}\n`);
      }
    });
    child.on('message', (message) => {
      if (message?.type !== 'ready' || ready) return;
      ready = true;
      say('Anteroom is running. Close the desk or press Ctrl-C to stop it.');
    });

    const stop = () => {
      // the same on every system, and once more than the terminal's own signal does no harm
      if (child.connected) child.send({ type: 'quit' });
      else child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN).unref();
    };
    if (stopped.aborted) stop();
    else stopped.addEventListener('abort', stop, { once: true });

    child.once('error', (error) => resolve({ ran: false, why: error.message }));
    child.once('close', (code, signal) => {
      if (stopped.aborted) resolve({ ran: true, code: 0 });
      else if (ready || code === 0) resolve({ ran: true, code: code ?? 1 });
      else if (code === BAD_OPTIONS) {
        process.stderr.write(`${firstWords || line}\n`);
        resolve({ ran: true, code });
      } else resolve({ ran: false, why: (firstWords || line).trim() || `it ended with ${signal ?? `code ${code}`}` });
    });
  });
