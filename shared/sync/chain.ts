import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Epoch } from '../domain/ids';
import type { LogRow } from './serverEvents';

/** JSON with the keys of every object in order, so that equal values have equal bytes everywhere. Undefined fields are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(',')}}`;
}

const digest = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/** The chain before the first command of a history (S8). */
export const genesisChain = (epoch: Epoch): string => digest(`anteroom:${epoch}`);

/** What stands in the chain for a command's personal fields, so that they can be forgotten and the chain still verifies (S22). */
export const privateDigest = (salt: string, data: string): string => digest(`${salt}:${data}`);

/** The chain after a log row: sha256 over the chain before it and the row's canonical JSON, personal fields as their digest. */
export const nextChain = (before: string, row: Omit<LogRow, 'chain'>, hidden: string | null): string =>
  digest(`${before}\n${canonicalJson({ ...row, private: hidden })}`);
