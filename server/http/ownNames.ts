import { hostname, networkInterfaces } from 'node:os';

/** This machine's IPv4 addresses that other machines can reach. */
export const networkAddresses = (): string[] => {
  const found: string[] = [];
  for (const addresses of Object.values(networkInterfaces())) {
    for (const { family, internal, address } of addresses ?? []) if (family === 'IPv4' && !internal) found.push(address);
  }
  return found;
};

/** Every name or address by which this machine may be asked for. */
const ownNames = (publicUrl: string | null): Set<string> => {
  const names = new Set(['localhost', '::1']);
  for (const addresses of Object.values(networkInterfaces())) for (const { address } of addresses ?? []) names.add(address.toLowerCase());
  const host = hostname().toLowerCase();
  if (host) names.add(host).add(`${host.split('.', 1)[0]}.local`);
  if (publicUrl) names.add(new URL(publicUrl).hostname.toLowerCase());
  return names;
};

/** The host of `name:port`, without brackets; null when it is not one. */
const nameIn = (authority: string): string | null => {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/.exec(authority.toLowerCase());
  return match?.[1] ?? match?.[2] ?? null;
};

/**
 * Whether a request's Host header names this machine. A page of a stranger whose name resolves to this machine (DNS
 * rebinding) arrives with the stranger's name and is refused.
 */
export const isOwnHost = (authority: string | undefined, publicUrl: string | null): boolean => {
  const name = authority === undefined ? null : nameIn(authority);
  if (name === null) return false;
  return /^127(?:\.\d{1,3}){3}$/.test(name) || ownNames(publicUrl).has(name);
};

/** Whether a request came from a page of this server, or from no page at all (a desk's own process). */
export const isOwnOrigin = (origin: string | undefined, authority: string | undefined): boolean => {
  if (origin === undefined) return true;
  try {
    return authority !== undefined && new URL(origin).host === new URL(`${new URL(origin).protocol}//${authority}`).host;
  } catch {
    return false;
  }
};
