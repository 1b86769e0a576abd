import type { PriorityLevel } from '../domain/priority';
import type { Queue, QueueEntry } from '../domain/rows';
import { type Instant, MINUTE, type Milliseconds, type Minutes } from '../domain/time';
import type { ReasonPart } from '../views/desk';

/** Which class of the order an entry stands in: 0 emergencies, 1 over the maximum wait, 2 by score. */
export type Band = 0 | 1 | 2;

/** Minutes of head start and of waiting whose sum decides the place. */
export interface RankParts {
  readonly priority: Minutes;
  readonly waited: Minutes;
  readonly appointment: Minutes;
  readonly sum: Minutes;
}

export interface RankedEntry {
  readonly entry: QueueEntry;
  /** 1-based. */
  readonly position: number;
  readonly band: Band;
  /** Minutes that the place follows from: the parts' sum, or where a hand put the entry. */
  readonly minutes: Minutes;
  /** Null outside the score (FIFO, or no weight on waiting). */
  readonly parts: RankParts | null;
  /** Why it stands there, in the order in which it is read; made when asked for. */
  readonly reasons: readonly ReasonPart[];
}

/**
 * What every entry of one ranking shares. Minutes are counted in whole milliseconds, so that an entry put beside another
 * stays exactly beside it however much time passes.
 */
interface Terms {
  readonly queue: Queue;
  readonly levels: ReadonlyMap<string, PriorityLevel>;
  readonly at: Instant;
  readonly byScore: boolean;
  /** Milliseconds of head start of the full priority and of a due appointment: score·60 min/ww (engine.md, order). */
  readonly fullPriority: Milliseconds;
  readonly fullAppointment: Milliseconds;
}

const HOUR: Milliseconds = 60 * MINUTE;

class Standing implements RankedEntry {
  position = 0;
  band: Band = 2;
  /** First key of the order, larger first. */
  key: Milliseconds;
  /** How a manual place stands to its anchor: below 0 before it. */
  readonly offset: number;
  /** Second key, smaller first: with no weight on waiting the start of waiting decides between equals. */
  readonly tie: number;
  readonly level: PriorityLevel | undefined;
  readonly late: boolean;
  private readonly priority: Milliseconds;
  private readonly waited: Milliseconds;
  private readonly appointment: Milliseconds;

  constructor(
    readonly entry: QueueEntry,
    private readonly terms: Terms,
  ) {
    const { queue, at } = terms;
    const due = entry.appointmentAt;
    const windowLength = queue.appointmentWindow * MINUTE;
    const opens = due === null ? 0 : due - windowLength;
    this.late = due !== null && entry.arrivedAt > due + queue.appointmentGrace * MINUTE;
    const counts = due !== null && !this.late && terms.byScore;
    // early birds win nothing; who comes too late waits from check-in like anyone without an appointment
    const since = counts ? Math.max(entry.waitingSince, opens) : entry.waitingSince;
    this.waited = Math.max(0, at - since);
    this.tie = terms.byScore && queue.weights.waited <= 0 ? since : 0;
    this.level = terms.levels.get(entry.priority);
    this.priority = Math.round(terms.fullPriority * (this.level?.value ?? 0));
    this.appointment = counts ? Math.round(terms.fullAppointment * risen(at - opens, windowLength)) : 0;

    const place = entry.place;
    this.offset = place?.offset ?? 0;
    this.key = place ? Math.round(place.minutes * MINUTE) + (at - place.at) : this.ownKey();
    if (place) this.band = place.band <= 0 ? 0 : place.band === 1 ? 1 : 2;
    else if (this.level?.emergency) this.band = 0;
    else if (terms.byScore && this.overMaximum()) this.band = 1;
  }

  /** With no weight on waiting the score alone orders, and waiting decides between equals. */
  private ownKey(): Milliseconds {
    if (!this.terms.byScore) return this.waited;
    return this.terms.queue.weights.waited > 0 ? this.priority + this.waited + this.appointment : this.priority + this.appointment;
  }

  get limit(): Minutes | null {
    return this.level?.maximumWait ?? this.terms.queue.maximumWait;
  }

  private overMaximum(): boolean {
    return this.limit !== null && this.terms.at - this.entry.waitingSince > this.limit * MINUTE;
  }

  /** Whether the maximum-wait rule may not put anyone ahead of this entry. */
  get holdsOthersBack(): boolean {
    return this.band === 2 && this.level?.clinicallyUrgent === true;
  }

  get minutes(): Minutes {
    return this.key / MINUTE;
  }

  get parts(): RankParts | null {
    if (!this.terms.byScore || this.terms.queue.weights.waited <= 0) return null;
    const { priority, waited, appointment } = this;
    return {
      priority: priority / MINUTE,
      waited: waited / MINUTE,
      appointment: appointment / MINUTE,
      sum: (priority + waited + appointment) / MINUTE,
    };
  }

  get reasons(): readonly ReasonPart[] {
    const { entry, parts } = this;
    const reasons: ReasonPart[] = [];
    if (entry.place) {
      reasons.push({
        kind: 'manual',
        anchorTicket: entry.place.anchorTicket,
        by: entry.place.by,
        at: entry.place.at,
        before: entry.place.offset < 0,
      });
    }
    if (this.level?.emergency) reasons.push({ kind: 'emergency' });
    else if (this.band === 1 && !entry.place && this.limit !== null) reasons.push({ kind: 'over_maximum', limit: this.limit });
    if (!this.terms.byScore) reasons.push({ kind: 'fifo' });
    if (parts && parts.priority > 0) reasons.push({ kind: 'priority', key: entry.priority, minutes: parts.priority });
    reasons.push({ kind: 'waited', minutes: this.waited / MINUTE });
    if (parts && entry.appointmentAt !== null) {
      reasons.push({ kind: 'appointment', at: entry.appointmentAt, minutes: parts.appointment, late: this.late });
    }
    return reasons;
  }
}

/** How far an appointment's part has risen, 0..1, `sinceOpening` after its window opened. */
const risen = (sinceOpening: Milliseconds, length: Milliseconds): number =>
  length > 0 ? Math.min(1, Math.max(0, sinceOpening / length)) : sinceOpening >= 0 ? 1 : 0;

const compare = (a: Standing, b: Standing): number => {
  if (a.band !== b.band && (a.band === 0 || b.band === 0)) return a.band - b.band;
  if (a.key !== b.key) return b.key - a.key;
  if (a.offset !== b.offset) return a.offset - b.offset;
  if (a.tie !== b.tie) return a.tie - b.tie;
  if (a.entry.arrivedAt !== b.entry.arrivedAt) return a.entry.arrivedAt - b.entry.arrivedAt;
  return a.entry.id < b.entry.id ? -1 : a.entry.id > b.entry.id ? 1 : 0;
};

/**
 * The maximum-wait rule on a list in order of score: who has waited too long goes ahead, but stays behind every clinically
 * urgent patient that the score had put before them.
 */
function advanceOverdue(standings: readonly Standing[]): Standing[] {
  const ordered: Standing[] = [];
  let ahead: Standing[] = [];
  let others: Standing[] = [];
  const close = (): void => {
    ordered.push(...ahead, ...others);
    ahead = [];
    others = [];
  };
  let emergencies = true;
  for (const standing of standings) {
    if (emergencies && standing.band !== 0) {
      close();
      emergencies = false;
    }
    if (standing.band === 1) ahead.push(standing);
    else others.push(standing);
    if (standing.holdsOthersBack) close();
  }
  close();
  return ordered;
}

/**
 * The waiting entries of a queue in the order in which they are called (engine.md, order): emergencies, then the score as
 * minutes of head start, with the maximum-wait rule; by waiting alone in FIFO mode. A pure function of the rows and `now`,
 * whatever the order of `entries`; those that do not wait are left out.
 */
export function rank(queue: Queue, entries: Iterable<QueueEntry>, now: Instant): RankedEntry[] {
  const at = queue.autoReposition ? now : (queue.positionedAt ?? now);
  const byScore = queue.mode === 'score';
  const perHour = HOUR / (queue.weights.waited > 0 ? queue.weights.waited : 1);
  const terms: Terms = {
    queue,
    levels: new Map(queue.priorities.map((level) => [level.key, level])),
    at,
    byScore,
    fullPriority: byScore ? queue.weights.priority * perHour : 0,
    fullAppointment: byScore ? queue.weights.appointment * perHour : 0,
  };
  let standings: Standing[] = [];
  let overdue = false;
  for (const entry of entries) {
    if (entry.status !== 'waiting') continue;
    const standing = new Standing(entry, terms);
    overdue ||= standing.band === 1;
    standings.push(standing);
  }
  standings.sort(compare);
  if (overdue) standings = advanceOverdue(standings);
  for (let index = 0; index < standings.length; index += 1) (standings[index] as Standing).position = index + 1;
  return standings;
}
