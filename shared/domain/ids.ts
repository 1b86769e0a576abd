import { z } from 'zod';

/** Ids are UUIDv7 strings, branded so that a queue's id cannot stand where an entry's is wanted. */
const id = <B extends string>(brand: B) => z.uuid().brand(brand);

export const siteId = id('SiteId');
export const poolId = id('PoolId');
export const queueId = id('QueueId');
export const servicePointId = id('ServicePointId');
export const providerId = id('ProviderId');
export const patientId = id('PatientId');
export const appointmentId = id('AppointmentId');
export const visitId = id('VisitId');
export const entryId = id('EntryId');
export const transitionId = id('TransitionId');
export const commandId = id('CommandId');
export const deviceId = id('DeviceId');
export const replicaId = id('ReplicaId');
export const noticeId = id('NoticeId');
export const epoch = id('Epoch');

export type SiteId = z.infer<typeof siteId>;
export type PoolId = z.infer<typeof poolId>;
export type QueueId = z.infer<typeof queueId>;
export type ServicePointId = z.infer<typeof servicePointId>;
export type ProviderId = z.infer<typeof providerId>;
export type PatientId = z.infer<typeof patientId>;
export type AppointmentId = z.infer<typeof appointmentId>;
export type VisitId = z.infer<typeof visitId>;
export type EntryId = z.infer<typeof entryId>;
export type TransitionId = z.infer<typeof transitionId>;
export type CommandId = z.infer<typeof commandId>;
export type DeviceId = z.infer<typeof deviceId>;
export type ReplicaId = z.infer<typeof replicaId>;
export type NoticeId = z.infer<typeof noticeId>;
export type Epoch = z.infer<typeof epoch>;
