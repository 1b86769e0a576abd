import type { OutcomeCode, OutcomeDetail } from '../domain/outcome';
import type { PriorityLevel } from '../domain/priority';
import type { Pool, Provider, Queue, ServicePoint, Site } from '../domain/rows';
import type { EntryStatus } from '../domain/status';
import type { Instant, Minutes } from '../domain/time';
import type { Locale, NamedText } from './text';

/**
 * What a desk window shows: plain data, made once in the replica process (or the browser's host) and never in a component.
 * Nothing here is a sentence: words are chosen from the catalogues by code, so one view serves every language.
 */
export interface DeskView {
  /** The site's clock when this was made; windows count on from it with ticks, never with clocks of their own. */
  readonly now: Instant;
  readonly site: {
    readonly name: NamedText;
    readonly zone: string;
    readonly languages: readonly Locale[];
    readonly publicUrl: string | null;
  };
  readonly device: { readonly id: string; readonly name: string };
  readonly connection: ConnectionView;
  /** Lists of queues with a heading; `shares` marks a pool. */
  readonly groups: readonly {
    readonly id: string | null;
    readonly name: NamedText | null;
    readonly shares: boolean;
    readonly queueIds: readonly string[];
  }[];
  readonly queues: readonly QueueView[];
  readonly rooms: readonly RoomView[];
  /** Appointments of today that have not arrived yet, soonest first. */
  readonly expected: readonly ExpectedView[];
  readonly notices: readonly NoticeView[];
  /** Changes that wait for the server, oldest first. */
  readonly waitingChanges: readonly {
    readonly n: number;
    readonly type: string;
    readonly at: Instant;
    readonly ticket: string | null;
    readonly name: string | null;
  }[];
  /** The last step of this desk that can be undone. */
  readonly undoable: { readonly entryId: string; readonly transitionId: string; readonly verb: string; readonly ticket: string } | null;
  /** The configuration rows as they stand, with the versions that `configure*` commands name; in the order in which they are listed. */
  readonly configuration: {
    /** Null before the clinic's first rows have come. */
    readonly site: Site | null;
    readonly pools: readonly Pool[];
    readonly queues: readonly Queue[];
    readonly servicePoints: readonly ServicePoint[];
    readonly providers: readonly Provider[];
  };
}

export type ConnectionView =
  | { readonly state: 'online'; readonly pending: number; readonly lastSync: Instant | null }
  | { readonly state: 'connecting'; readonly pending: number; readonly lastSync: Instant | null }
  /** `since`: when the server was last heard. */
  | { readonly state: 'offline'; readonly pending: number; readonly lastSync: Instant | null; readonly since: Instant | null }
  /** The server refuses this device or protocol, or the disk failed: nothing more is sent until someone helps. */
  | {
      readonly state: 'needs_help';
      readonly pending: number;
      readonly lastSync: Instant | null;
      readonly code: string;
      readonly text: string;
    };

export type LoadBand = 'calm' | 'busy' | 'heavy' | 'full';

export interface QueueView {
  readonly id: string;
  readonly name: NamedText;
  readonly prefix: string;
  readonly open: boolean;
  readonly mode: 'score' | 'fifo';
  readonly priorities: readonly PriorityLevel[];
  readonly stats: {
    readonly waiting: number;
    readonly capacity: number | null;
    /** Mean of the time waited so far by those who wait now. */
    readonly averageWait: Minutes | null;
    readonly longestWait: Minutes | null;
    readonly servedToday: number;
    /** size / capacity; null without a capacity. */
    readonly utilization: number | null;
    readonly band: LoadBand | null;
    readonly factor: number | null;
    readonly thresholds: readonly [number, number, number];
  };
  /** Waiting entries in the order in which they will be called. */
  readonly waiting: readonly EntryView[];
  readonly onHold: readonly EntryView[];
  readonly awaitingRecall: readonly EntryView[];
  /** Ended today, latest first. */
  readonly done: readonly EntryView[];
  /** The ticket that the next added patient gets at this desk, and what they would be told. */
  readonly nextTicket: { readonly letter: string; readonly number: number; readonly text: string };
  readonly nextEstimate: EstimateView;
}

/** Minutes rounded to 5; `place` when nobody is on duty and no minutes can be said. */
export type EstimateView =
  | { readonly kind: 'next' }
  | { readonly kind: 'range'; readonly about: Minutes; readonly under: Minutes; readonly rough: boolean }
  | { readonly kind: 'place' };

/** One part of the reason for a place, in the order in which it is read. */
export type ReasonPart =
  | { readonly kind: 'emergency' }
  | { readonly kind: 'over_maximum'; readonly limit: Minutes }
  | { readonly kind: 'manual'; readonly anchorTicket: string; readonly by: string; readonly at: Instant; readonly before: boolean }
  | { readonly kind: 'priority'; readonly key: string; readonly minutes: Minutes }
  | { readonly kind: 'waited'; readonly minutes: Minutes }
  | { readonly kind: 'appointment'; readonly at: Instant; readonly minutes: Minutes; readonly late: boolean }
  | { readonly kind: 'only_at'; readonly servicePoint: NamedText }
  | { readonly kind: 'fifo' };

export interface EntryView {
  readonly id: string;
  readonly version: number;
  readonly queueId: string;
  /** 1-based among the waiting; null when not waiting. */
  readonly position: number | null;
  readonly ticket: string;
  readonly link: string;
  readonly patient: {
    readonly id: string;
    readonly name: string;
    readonly mrn: string | null;
    readonly birthDate: string | null;
    readonly phone: string | null;
    readonly hideName: boolean;
  };
  readonly notes: string;
  readonly meetingLink: string | null;
  readonly priority: string;
  readonly emergency: boolean;
  readonly status: EntryStatus;
  readonly arrivedAt: Instant;
  readonly waitingSince: Instant;
  readonly appointmentAt: Instant | null;
  /** Minutes waited until now, or until called. */
  readonly waited: Minutes;
  /** Waited longer than the alert (60 min). */
  readonly late: boolean;
  readonly estimate: EstimateView;
  readonly reasons: readonly ReasonPart[];
  /** Minutes of head start and of waiting that the place follows from; null outside the score. */
  readonly parts: { readonly priority: Minutes; readonly waited: Minutes; readonly appointment: Minutes; readonly sum: Minutes } | null;
  /** A command about it is still in the outbox. */
  readonly unsent: boolean;
  /** A live call next of this desk awaits its outcome: nothing is announced yet. */
  readonly unconfirmed: boolean;
  readonly calledAt: Instant | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly servicePointId: string | null;
  readonly ownerDevice: string | null;
  readonly calls: number;
  readonly transitionId: string;
  readonly flag: string | null;
}

export interface RoomView {
  readonly id: string;
  readonly name: NamedText;
  readonly queueIds: readonly string[];
  readonly provider: {
    readonly id: string;
    readonly name: NamedText;
    readonly status: 'available' | 'break' | 'off';
    readonly backAt: Instant | null;
  } | null;
  readonly state: 'free' | 'called' | 'in_service' | 'away';
  /** Who is called to or served here; the longest-standing first. */
  readonly entries: readonly EntryView[];
  /** Since when it is in this state. */
  readonly since: Instant | null;
  /** Usual length of a service here, for saying "over the usual". */
  readonly usual: Minutes;
}

export interface ExpectedView {
  readonly appointmentId: string;
  readonly at: Instant;
  readonly patient: EntryView['patient'];
  readonly queueId: string;
  readonly provider: NamedText | null;
}

/** Something that this desk must know, with one recommended next action first. */
export interface NoticeView {
  readonly id: string;
  /** `outcome`: of an own command; `row`: a notice addressed to this desk. */
  readonly source: 'outcome' | 'row';
  readonly code: OutcomeCode | string;
  readonly commandType: string | null;
  readonly detail: OutcomeDetail;
  readonly at: Instant;
  /** The entry as it stands now, when it still exists, for the actions. */
  readonly entry: EntryView | null;
}
