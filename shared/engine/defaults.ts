import { STANDARD_SCALE } from '../domain/priority';
import type { Provider, Queue, ServicePoint, Site } from '../domain/rows';

/** A row's settings over the defaults: what has no default must be given. */
type With<Row, Required extends keyof Row> = Partial<Row> & Pick<Row, Required>;

/** A queue with the defaults of engine.md (order, load): version 0, as a command names a new row. */
export function defaultQueue(given: With<Queue, 'id' | 'name' | 'prefix'>): Queue {
  return {
    translations: {},
    poolId: null,
    sort: 0,
    open: true,
    mode: 'score',
    weights: { priority: 0.5, waited: 0.3, appointment: 0.2 },
    priorities: [...STANDARD_SCALE],
    appointmentWindow: 30,
    appointmentGrace: 15,
    maximumWait: 90,
    capacity: null,
    overflowQueueId: null,
    loadThresholds: [0.5, 0.75, 0.9],
    loadFactors: [1, 1.2, 1.5, 2],
    visitLength: 15,
    displayMode: 'ticket',
    autoReposition: true,
    positionedAt: null,
    updateInterval: 15,
    version: 0,
    ...given,
  };
}

/** A site in its zone whose service day starts at midnight, in English. */
export function defaultSite(given: With<Site, 'id' | 'name' | 'zone'>): Site {
  return { translations: {}, dayStart: 0, languages: ['en'], ticker: [], publicUrl: null, version: 0, ...given };
}

/** A room that serves every queue, one patient at a time. */
export function defaultServicePoint(given: With<ServicePoint, 'id' | 'name'>): ServicePoint {
  return { translations: {}, kind: 'room', queueIds: [], capacity: 1, sort: 0, version: 0, ...given };
}

/** A provider who serves every queue, not at work yet. */
export function defaultProvider(given: With<Provider, 'id' | 'name'>): Provider {
  return { translations: {}, status: 'off', servicePointId: null, queueIds: [], backAt: null, version: 0, ...given };
}
