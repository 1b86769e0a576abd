import type { EntryStatus } from '../../../domain/status';

export const status = {
  scheduled: 'Scheduled',
  checked_in: 'Checked in',
  waiting: 'Waiting',
  called: 'Called',
  in_service: 'In service',
  completed: 'Completed',
  on_hold: 'On hold',
  awaiting_recall: 'Awaiting recall',
  transferred: 'Transferred',
  no_show: 'No-show',
  left_without_being_seen: 'Left without being seen',
  cancelled: 'Cancelled',
  entered_in_error: 'Entered in error',
  /** A live call next whose outcome is awaited. */
  calling: 'Calling…',
  /** Recorded here, not on the server yet. */
  not_sent: 'Not sent yet',

  // why a supervisor should look at an entry
  'flag.both_started': 'Started at two desks',
  'flag.possible_duplicate': 'Perhaps added twice',
  'flag.queue_closed': 'Added while the queue was closed',
  'flag.over_capacity': 'Added beyond the capacity',
  'flag.service_point_crowded': 'More in service here than the room takes',
  'flag.served_after_end': 'Served after the turn had ended',
} as const satisfies Record<EntryStatus | 'calling' | 'not_sent' | `flag.${string}`, string>;
