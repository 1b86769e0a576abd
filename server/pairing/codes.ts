import type { Device } from '@shared/domain/rows';

/** Letters and digits that nobody confuses when reading a code aloud: no 0, O, 1, I or L. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 8;
/** How long a code can be used, in milliseconds. */
export const CODE_LIFETIME = 10 * 60_000;
/** Wrong codes typed while a code is open, after which it is void. */
export const WRONG_TRIES = 5;

export interface PairingCode {
  /** As people read it: `XXXX-XXXX`. */
  readonly code: string;
  readonly role: Device['role'];
  /** Wall clock in milliseconds. */
  readonly expiresAt: number;
}

export type CodeCheck =
  | { readonly ok: true; readonly role: Device['role'] }
  | { readonly ok: false; readonly reason: 'unknown' | 'expired' | 'used' | 'void' };

/**
 * The open pairing codes of this run of the server, in memory only. Each works once, for ten minutes, and is void after
 * five wrong tries, so that guessing is hopeless (31^8 codes).
 */
export interface PairingCodes {
  issue(role: Device['role']): PairingCode;
  /** Whether a typed code could be used now; a code that is not known counts as a wrong try against all that are open. */
  check(typed: string): CodeCheck;
  /** Uses a code up; `restore` makes it usable again when the pairing was refused for another reason. */
  use(typed: string): void;
  restore(typed: string): void;
}

interface Known {
  readonly role: Device['role'];
  readonly expiresAt: number;
  wrong: number;
  used: boolean;
}

/** How a code is compared: in capitals, without the spaces and dashes that people put in. */
const normal = (typed: string): string => typed.toUpperCase().replace(/[\s–-]/g, '');

/** `randomInt(limit)` must be cryptographically strong and below the limit. */
export const createPairingCodes = (wall: () => number, randomInt: (limit: number) => number): PairingCodes => {
  const known = new Map<string, Known>();

  /** A code is remembered for as long again as it lived, so that a late typist is told that it expired. */
  const forgetOld = () => {
    for (const [code, { expiresAt }] of known) if (wall() > expiresAt + CODE_LIFETIME) known.delete(code);
  };

  return {
    issue(role) {
      forgetOld();
      let code: string;
      do {
        code = Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
      } while (known.has(code));
      const expiresAt = wall() + CODE_LIFETIME;
      known.set(code, { role, expiresAt, wrong: 0, used: false });
      return { code: `${code.slice(0, 4)}-${code.slice(4)}`, role, expiresAt };
    },
    check(typed) {
      const found = known.get(normal(typed));
      if (!found) {
        for (const open of known.values()) open.wrong += 1;
        return { ok: false, reason: 'unknown' };
      }
      if (found.used) return { ok: false, reason: 'used' };
      if (wall() >= found.expiresAt) return { ok: false, reason: 'expired' };
      if (found.wrong >= WRONG_TRIES) return { ok: false, reason: 'void' };
      return { ok: true, role: found.role };
    },
    use(typed) {
      const found = known.get(normal(typed));
      if (found) found.used = true;
    },
    restore(typed) {
      const found = known.get(normal(typed));
      if (found) found.used = false;
    },
  };
};
