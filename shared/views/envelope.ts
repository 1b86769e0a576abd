import { z } from 'zod';

/** How answers cross a process boundary: errors as data, since only an error's message text survives a port or `invoke`. */
export const failure = z.object({
  /** A stable code, with its words in the catalogues (`error.<code>` or `outcome.<code>`). */
  code: z.string(),
  /** An English sentence that names the problem and the fix, for logs and as the fallback. */
  message: z.string(),
  /** The input field at fault, as a dotted path. */
  field: z.string().optional(),
  /** What the sentence needs: who, what, when. */
  detail: z.record(z.string(), z.unknown()).optional(),
});
export type Failure = z.infer<typeof failure>;
export type Envelope<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly error: Failure };
