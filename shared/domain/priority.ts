import { z } from 'zod';

/**
 * One level of a priority scale. `value` in 0..1 enters the score; `emergency` levels stand strictly above the score;
 * `clinicallyUrgent` levels are never overtaken by the maximum-wait rule (engine.md, order).
 */
export const priorityLevel = z.object({
  key: z.string().min(1).max(40),
  value: z.number().min(0).max(1),
  emergency: z.boolean(),
  clinicallyUrgent: z.boolean(),
  /** Minutes after which the maximum-wait rule applies to this level; null takes the queue's limit. */
  maximumWait: z.number().positive().nullable(),
});
export type PriorityLevel = z.infer<typeof priorityLevel>;

/** The default scale of five levels, lowest first; the words for each key are in the catalogues. */
export const STANDARD_SCALE: readonly PriorityLevel[] = [
  { key: 'routine', value: 0, emergency: false, clinicallyUrgent: false, maximumWait: null },
  { key: 'standard', value: 0.25, emergency: false, clinicallyUrgent: false, maximumWait: null },
  { key: 'urgent', value: 0.5, emergency: false, clinicallyUrgent: false, maximumWait: null },
  { key: 'very_urgent', value: 0.75, emergency: false, clinicallyUrgent: true, maximumWait: null },
  { key: 'emergency', value: 1, emergency: true, clinicallyUrgent: true, maximumWait: null },
];
