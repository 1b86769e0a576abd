import type { Intent, Stamp } from '../domain/commands';
import type { Outcome } from '../domain/outcome';
import type { RowChange } from '../domain/rows';

/** A command as far as a decision needs it: without its number and confirmed base, which only sync knows. */
export type DecidableCommand = Intent & Pick<Stamp, 'id' | 'at' | 'actor' | 'live'>;

/** What becomes of a command: its outcome, and the rows that the caller applies. A refused command changes no row. */
export type Decision = Outcome & { readonly changes: RowChange[] };
