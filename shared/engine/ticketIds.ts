import type { QueueId, ReplicaId } from '../domain/ids';
import type { ServiceDay } from '../domain/time';

/** Id of a replica's lease on a queue's next number (S19). */
export const leaseId = (replicaId: ReplicaId, queueId: QueueId): string => `${replicaId}:${queueId}`;

/** Id of the counter of a queue's numbers on a day; the empty letter is the shared sequence (S19). */
export const counterId = (queueId: QueueId, day: ServiceDay, letter: string): string => `${queueId}:${day}:${letter}`;
