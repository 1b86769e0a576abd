import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
/** Set where every end-to-end test must run, so that a missing part is a failure and not a skip. */
const required = process.env['ANTEROOM_E2E_REQUIRED'] === '1';

function absent(what: string): false {
  if (required) throw new Error(`${what} is missing, and ANTEROOM_E2E_REQUIRED=1 says that no end-to-end test may be skipped.`);
  process.stderr.write(`Skipped: ${what} is missing.\n`);
  return false;
}

/** Whether Electron's binary and a display are here; throws where they must be. */
export function hasElectron(): boolean {
  try {
    const binary: unknown = require('electron');
    if (typeof binary !== 'string' || !existsSync(binary)) return absent("Electron's binary");
  } catch {
    return absent("Electron's binary");
  }
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return absent('A display');
  return true;
}

/** Path of a Chromium or Chrome, or undefined; throws where it must be there. */
export function chromiumPath(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return named;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    } catch {
      // not this one
    }
  }
  absent('Chromium');
  return undefined;
}
