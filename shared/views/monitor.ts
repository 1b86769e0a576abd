import { z } from 'zod';
import { locale } from '../domain/rows';
import { instant } from '../domain/time';

/**
 * What a waiting-room screen may know: redacted before it leaves the desk or server, so that no private field can leak by
 * a mistake in a page (S17). Strict schemas: a field that is not listed here does not pass.
 */
const text = z.strictObject({ name: z.string(), translations: z.partialRecord(locale, z.string()) });

export const monitorCall = z.strictObject({
  /** The command's id: a screen announces each once. */
  callId: z.string(),
  /** Number in this source's stream of calls, gapless, so that a screen finds gaps and asks for them. */
  number: z.number().int(),
  /** As the queue's display mode and the patient's flag allow; by default the ticket alone. */
  ticket: z.string(),
  /** Initials or first name with initial, where the display mode allows; null otherwise. */
  label: z.string().nullable(),
  place: text,
  queue: text,
  at: instant,
  recall: z.boolean(),
});
export type MonitorCall = z.infer<typeof monitorCall>;

export const monitorView = z.strictObject({
  now: instant,
  site: text,
  zone: z.string(),
  languages: z.array(locale),
  /** Messages shown in turn, by language. */
  ticker: z.array(z.partialRecord(locale, z.string())),
  /** The calls of today that are still worth showing, newest first; the first is "now calling" while it is open. */
  calls: z.array(monitorCall),
  /** callId of those that still stand (called, not yet started or withdrawn). */
  open: z.array(z.string()),
  queues: z.array(
    z.strictObject({
      id: z.string(),
      name: text,
      waiting: z.number().int(),
      serving: z.strictObject({ ticket: z.string(), place: text }).nullable(),
    }),
  ),
  /** Number of the newest call in this source's stream; 0 before the first. */
  lastNumber: z.number().int(),
  /** Identifies the source whose numbers these are: a desk's or server's run. */
  source: z.string(),
});
export type MonitorView = z.infer<typeof monitorView>;
