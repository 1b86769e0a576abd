import type { Instant } from '@shared/domain/time';
import { useRef } from 'react';

/** How long a row that overtook others keeps its arrow, in milliseconds. */
const MARKED = 30_000;

/**
 * Which rows overtook others: only among those that were in the list before and are still, so that one that goes up because the
 * first was called has not moved. `before` holds the former places, `ids` the new order.
 */
export const overtook = (before: ReadonlyMap<string, number>, ids: readonly string[]): readonly string[] => {
  const stayed = ids.filter((id) => before.has(id));
  const former = new Map(stayed.toSorted((a, b) => (before.get(a) ?? 0) - (before.get(b) ?? 0)).map((id, index) => [id, index]));
  return stayed.filter((id, index) => (former.get(id) ?? index) > index);
};

/** Says of a row whether it overtook others within the last 30 s of the site's clock. Another `scope` (queue, tab) starts anew. */
export const useMovedMarks = (ids: readonly string[], now: Instant, scope: string): ((id: string) => boolean) => {
  const marks = useRef({ scope: '', places: new Map<string, number>(), since: new Map<string, Instant>() });
  const { current } = marks;
  if (current.scope !== scope) Object.assign(current, { scope, places: new Map(), since: new Map() });
  for (const id of overtook(current.places, ids)) current.since.set(id, now);
  for (const [id, at] of current.since) if (now - at >= MARKED) current.since.delete(id);
  current.places = new Map(ids.map((id, index) => [id, index]));
  return (id) => marks.current.since.has(id);
};
