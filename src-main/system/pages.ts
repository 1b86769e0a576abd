import { resolve, sep } from 'node:path';

/** The application's own scheme: pages never come from `file:`, which would let one read the disk. */
export const SCHEME = 'app';
export const HOST = 'anteroom';
export const ORIGIN = `${SCHEME}://${HOST}`;

/** Only what the pages themselves are made of; all data comes over the window's port. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "media-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff: 'font/woff',
  woff2: 'font/woff2',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
};

/** What a request for a page is answered with: a file, or the status of the refusal. */
export type PageAnswer = { readonly file: string; readonly type: string } | { readonly status: 400 | 403 | 404 | 405 };

/**
 * Which file under `root` an address means: GET only, our own host only, and never a file outside `root`, however the path
 * is written.
 */
export const pageFile = (root: string, method: string, address: string): PageAnswer => {
  if (method !== 'GET') return { status: 405 };
  let path: string;
  try {
    const url = new URL(address);
    if (url.protocol !== `${SCHEME}:` || url.host !== HOST) return { status: 403 };
    path = decodeURIComponent(url.pathname);
  } catch {
    return { status: 400 };
  }
  if (path.includes('\0') || path.includes('\\')) return { status: 400 };
  const folder = resolve(root);
  const file = resolve(folder, `.${path}`);
  if (!file.startsWith(folder + sep)) return { status: 403 };
  const type = TYPES[file.slice(file.lastIndexOf('.') + 1).toLowerCase()];
  return type === undefined ? { status: 404 } : { file, type };
};

/** The answer to a page's request, with the headers that hold for all of them. `read` gives a file's bytes or throws. */
export const answerPage = async (
  root: string,
  request: { method: string; url: string },
  read: (file: string) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<Response> => {
  const answer = pageFile(root, request.method, request.url);
  if ('status' in answer) return new Response(null, { status: answer.status });
  try {
    return new Response(await read(answer.file), {
      headers: {
        'content-type': answer.type,
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'cache-control': 'no-cache',
      },
    });
  } catch {
    return new Response(null, { status: 404 });
  }
};
