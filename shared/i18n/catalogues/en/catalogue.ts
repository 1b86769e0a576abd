import { common } from './common';
import { desk } from './desk';
import { error } from './error';
import { monitor } from './monitor';
import { outcome } from './outcome';
import { priority } from './priority';
import { reason } from './reason';
import { status } from './status';
import { ticket } from './ticket';
import { verb } from './verb';

export const en = { common, desk, error, monitor, outcome, priority, reason, status, ticket, verb };
