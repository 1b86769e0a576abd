import type { Instant } from '../domain/time';
import type { EstimateView } from './desk';
import type { Locale, NamedText } from './text';

/** What the ticket page of one entry shows: no name, no id, nothing of others but a count. */
export interface TicketView {
  readonly now: Instant;
  readonly zone: string;
  readonly site: NamedText;
  readonly languages: readonly Locale[];
  readonly queue: NamedText;
  readonly ticket: string;
  readonly state: 'waiting' | 'called' | 'in_service' | 'on_hold' | 'ended' | 'unknown';
  readonly ahead: number | null;
  readonly position: number | null;
  readonly estimate: EstimateView | null;
  /** Where to go when called. */
  readonly place: NamedText | null;
  readonly calledAt: Instant | null;
}
