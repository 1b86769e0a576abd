import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a device proves itself with; the server keeps only its hash. */
export interface IssuedToken {
  /** 256 random bits as base64url: given to the device once. */
  readonly token: string;
  /** SHA-256 of the token, in hexadecimal. A slow hash would add nothing: the token cannot be guessed. */
  readonly hash: string;
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token, 'utf8').digest();

export const issueToken = (): IssuedToken => {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashOf(token).toString('hex') };
};

/** Compares in constant time, so that timing tells nothing about the hash. */
export const tokenMatches = (token: string, hash: string): boolean => {
  const expected = Buffer.from(hash, 'hex');
  const given = hashOf(token);
  return expected.length === given.length && timingSafeEqual(expected, given);
};
