import type { Rows, TABLES, TableName } from '../domain/rows';
import * as schema from './schema';

/** The drizzle table of every table that travels. */
export const ROW_TABLES = {
  site: schema.site,
  pools: schema.pools,
  queues: schema.queues,
  servicePoints: schema.servicePoints,
  providers: schema.providers,
  patients: schema.patients,
  appointments: schema.appointments,
  visits: schema.visits,
  entries: schema.entries,
  calls: schema.calls,
  transitions: schema.transitions,
  ticketCounters: schema.ticketCounters,
  ticketLeases: schema.ticketLeases,
  devices: schema.devices,
  aliases: schema.aliases,
  notices: schema.notices,
} as const satisfies Record<(typeof TABLES)[number], unknown>;

type Flat<T> = { [K in keyof T]: T[K] };
type Same<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;
type ColumnsOf<T extends TableName> = Flat<Omit<(typeof ROW_TABLES)[T]['$inferSelect'], 'seq' | 'deleted'>>;
/** The tables whose columns differ from the fields of their schema. */
type Differing = { [T in TableName]: Same<ColumnsOf<T>, Flat<Rows[T]>> extends true ? never : T }[TableName];

/** Does not compile when a table's columns and its schema's fields drift apart; the error names the tables. */
export const COLUMNS_AGREE: [Differing] extends [never] ? true : Differing = true;
