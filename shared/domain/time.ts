import { z } from 'zod';

/** The latest time that a row may carry, 2201-01-01T00:00Z. Later ones are typing errors, and overflow calendars. */
const LATEST = 7_289_654_400_000;

/** A moment: milliseconds since 1970-01-01T00:00Z. */
export const instant = z.number().int().min(0).max(LATEST).brand('Instant');
export type Instant = z.infer<typeof instant>;

/** A length of time in milliseconds. */
export type Milliseconds = number;
/** A length of time in minutes. */
export type Minutes = number;

export const MINUTE: Milliseconds = 60_000;

/** The clinic's day that a visit belongs to, `YYYY-MM-DD` in the site's zone; it starts at the site's day start, not at midnight. */
export const serviceDay = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .brand('ServiceDay');
export type ServiceDay = z.infer<typeof serviceDay>;
