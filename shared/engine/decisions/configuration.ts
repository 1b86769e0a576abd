import type { Outcome, OutcomeDetail } from '../../domain/outcome';
import type { Queue, QueueEntry, Rows } from '../../domain/rows';
import { isZone } from '../serviceDay';
import { APPLIED, type Case, type Handler, rejected } from './case';

/** The tables of settings, each changed under the version that the person saw (invariant 16). */
type Configured = 'site' | 'pools' | 'queues' | 'servicePoints' | 'providers' | 'devices';

/** Both values of the first field that another person had changed: side by side, so that one is chosen. */
function difference(mine: object, theirs: object): OutcomeDetail {
  for (const [field, value] of Object.entries(theirs)) {
    const own = (mine as Record<string, unknown>)[field];
    if (field !== 'version' && JSON.stringify(own) !== JSON.stringify(value)) return { field, text: JSON.stringify(value) };
  }
  return { field: 'version' };
}

/** Saves a row under the version that the person saw (0: new), or says what somebody else had changed. */
export function save<T extends Configured>(at: Case, table: T, row: Rows[T]): Outcome {
  const known = at.draft.row(table, row.id);
  if ((known?.version ?? 0) !== row.version)
    return rejected('stale_version', known ? difference(row, known) : { field: 'version', limit: 0 });
  at.draft.put(table, { ...row, version: row.version + 1 });
  return APPLIED;
}

const invalid = (field: string, limit?: number): Outcome => rejected('invalid', { field, ...(limit !== undefined && { limit }) });
const unknownQueueIn = (at: Case, ids: readonly Queue['id'][]): Queue['id'] | undefined => ids.find((id) => !at.draft.row('queues', id));

export const configureSite: Handler<'configureSite'> = (at, { site }) => {
  const known = at.draft.site();
  if (known && known.id !== site.id) return invalid('id');
  if (!isZone(site.zone)) return invalid('zone');
  if (new Set(site.languages).size !== site.languages.length) return invalid('languages');
  return save(at, 'site', site);
};

export const configurePool: Handler<'configurePool'> = (at, { pool }) => save(at, 'pools', pool);

/** Lowest weight of waiting in score mode: below it minutes of head start would mean nothing (engine.md, order). */
const LEAST_WEIGHT = 0.05;

const startsWith = (entry: QueueEntry, prefix: string): boolean =>
  entry.ticket.startsWith(prefix) && /^(\d+|-[A-Z]{1,3}\d+)$/.test(entry.ticket.slice(prefix.length));

/**
 * Whether another queue has the prefix, or has given out tickets with it today: a ticket would be there twice (invariant
 * 10). The other queue may be named.
 */
function prefixHolder(at: Case, queue: Queue): { readonly name?: string } | undefined {
  for (const other of at.draft.rows('queues')) if (other.id !== queue.id && other.prefix === queue.prefix) return { name: other.name };
  if (at.draft.row('queues', queue.id)?.prefix === queue.prefix) return undefined;
  for (const entry of at.draft.rows('entries'))
    if (entry.day === at.context.day && entry.queueId !== queue.id && startsWith(entry, queue.prefix)) return {};
  return undefined;
}

function queueFault(at: Case, queue: Queue): Outcome | undefined {
  const holder = prefixHolder(at, queue);
  if (holder)
    return rejected('prefix_taken', { field: 'prefix', text: queue.prefix, ...(holder.name !== undefined && { queue: holder.name }) });
  if (queue.poolId && !at.draft.row('pools', queue.poolId)) return rejected('unknown_row', { field: 'poolId' });
  if (queue.overflowQueueId === queue.id) return invalid('overflowQueueId');
  if (queue.overflowQueueId && !at.draft.row('queues', queue.overflowQueueId))
    return rejected('unknown_queue', { field: 'overflowQueueId', queueId: queue.overflowQueueId });
  if (queue.mode === 'score' && queue.weights.waited < LEAST_WEIGHT) return invalid('weights.waited', LEAST_WEIGHT);
  if (new Set(queue.priorities.map((level) => level.key)).size !== queue.priorities.length) return invalid('priorities');
  const [busy, heavy, full] = queue.loadThresholds;
  if (!(busy > 0 && busy < heavy && heavy < full)) return invalid('loadThresholds');
  if (queue.loadFactors.some((factor) => !(factor > 0))) return invalid('loadFactors', 0);
  return undefined;
}

export const configureQueue: Handler<'configureQueue'> = (at, { queue }) => queueFault(at, queue) ?? save(at, 'queues', queue);

export const configureServicePoint: Handler<'configureServicePoint'> = (at, { servicePoint }) => {
  const unknown = unknownQueueIn(at, servicePoint.queueIds);
  return unknown ? rejected('unknown_queue', { field: 'queueIds', queueId: unknown }) : save(at, 'servicePoints', servicePoint);
};

export const configureProvider: Handler<'configureProvider'> = (at, { provider }) => {
  const unknown = unknownQueueIn(at, provider.queueIds);
  if (unknown) return rejected('unknown_queue', { field: 'queueIds', queueId: unknown });
  if (provider.servicePointId && !at.draft.row('servicePoints', provider.servicePointId)) {
    return rejected('unknown_service_point', { field: 'servicePointId', servicePointId: provider.servicePointId });
  }
  return save(at, 'providers', provider);
};

/** A provider comes, goes or takes a break: the newest word counts, so no version is asked for. */
export const setProviderStatus: Handler<'setProviderStatus'> = (at, { providerId, ...now }) => {
  const provider = at.draft.row('providers', providerId);
  if (!provider) return rejected('unknown_row', { field: 'providerId' });
  if (now.servicePointId && !at.draft.row('servicePoints', now.servicePointId))
    return rejected('unknown_service_point', { servicePointId: now.servicePointId });
  at.draft.put('providers', { ...provider, ...now, version: provider.version + 1 });
  return APPLIED;
};
