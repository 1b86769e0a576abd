import type { Instant } from '../domain/time';
import type { Failure } from './envelope';
import type { MonitorCall, MonitorView } from './monitor';

/** What a monitor window is told. It asks for nothing but calls that it missed. */
export type MonitorEvent =
  | { readonly type: 'view'; readonly view: MonitorView }
  | { readonly type: 'tick'; readonly now: Instant }
  /** Calls with the numbers asked for, as far as they are still known. */
  | { readonly type: 'missed'; readonly calls: readonly MonitorCall[] }
  /** The source is heard again or lost; within 5 s of losing it the screen says since when it is not live. */
  | { readonly type: 'source'; readonly live: boolean; readonly since: Instant | null }
  | { readonly type: 'problem'; readonly problem: Failure };

export interface MonitorBridge {
  readonly platform: 'electron' | 'browser';
  subscribe(listener: (event: MonitorEvent) => void): () => void;
  /** Asks for the calls numbered `from` to `to` again. */
  missed(from: number, to: number): void;
}

/** The frames that a monitor window may send over its port. */
export type MonitorPortRequest = { readonly name: 'missed'; readonly from: number; readonly to: number };
