import type { ClientEffect, Clocks, ReplicaCommit } from './clientEvents';

export type CommitFailure = 'disk_full' | 'read_only' | 'failed';

/** One write that waits for its turn. */
interface CommitJob {
  /** What it belongs to, so that all of a kind can be dropped. */
  readonly kind: 'dispatch' | 'catchUp' | 'outcomes' | 'rebind' | 'keep';
  /** Asked when its turn comes; null: nothing to write after all. */
  data(): ReplicaCommit | null;
  committed(clocks: Clocks): void;
  failed(code: CommitFailure, text: string, clocks: Clocks): void;
}

/** Commits one after the other, so that each is decided on what the ones before it made true. */
export interface CommitLine {
  add(job: CommitJob): void;
  /** Forgets the jobs of a kind that have not started. */
  drop(kind: CommitJob['kind']): void;
  committed(commit: number, clocks: Clocks): void;
  failed(commit: number, code: CommitFailure, text: string, clocks: Clocks): void;
  /** Whether a job of this kind waits or is under way. */
  has(kind: CommitJob['kind']): boolean;
}

export function createCommitLine(emit: (effect: ClientEffect) => void): CommitLine {
  let waiting: CommitJob[] = [];
  let current: { readonly commit: number; readonly job: CommitJob } | null = null;
  let commits = 0;

  function start(): void {
    while (!current) {
      const job = waiting.shift();
      if (!job) return;
      const data = job.data();
      if (!data) continue;
      commits += 1;
      current = { commit: commits, job };
      emit({ type: 'commit', commit: commits, data });
    }
  }

  function finish(commit: number, then: (job: CommitJob) => void): void {
    if (current?.commit !== commit) return;
    const { job } = current;
    current = null;
    then(job);
    start();
  }

  return {
    add(job) {
      waiting.push(job);
      start();
    },
    drop(kind) {
      waiting = waiting.filter((job) => job.kind !== kind);
    },
    committed: (commit, clocks) => finish(commit, (job) => job.committed(clocks)),
    failed: (commit, code, text, clocks) => finish(commit, (job) => job.failed(code, text, clocks)),
    has: (kind) => current?.job.kind === kind || waiting.some((job) => job.kind === kind),
  };
}
