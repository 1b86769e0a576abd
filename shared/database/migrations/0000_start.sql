CREATE TABLE `aliases` (
	`id` text PRIMARY KEY NOT NULL,
	`entryId` text NOT NULL,
	`ticket` text NOT NULL,
	`seq` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE `appointments` (
	`id` text PRIMARY KEY NOT NULL,
	`patientId` text NOT NULL,
	`queueId` text NOT NULL,
	`providerId` text,
	`at` integer NOT NULL,
	`status` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE INDEX `appointments_at` ON `appointments` (`at`);--> statement-breakpoint
CREATE TABLE `calls` (
	`id` text PRIMARY KEY NOT NULL,
	`entryId` text NOT NULL,
	`queueId` text NOT NULL,
	`servicePointId` text NOT NULL,
	`deviceId` text NOT NULL,
	`day` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`standing` text NOT NULL,
	`seq` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE INDEX `calls_entry` ON `calls` (`entryId`);--> statement-breakpoint
CREATE TABLE `devices` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`letter` text NOT NULL,
	`joinedAt` integer NOT NULL,
	`revokedAt` integer,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE `entries` (
	`id` text PRIMARY KEY NOT NULL,
	`visitId` text NOT NULL,
	`patientId` text NOT NULL,
	`queueId` text NOT NULL,
	`day` text NOT NULL,
	`ticket` text NOT NULL,
	`link` text NOT NULL,
	`priority` text NOT NULL,
	`status` text NOT NULL,
	`arrivedAt` integer NOT NULL,
	`waitingSince` integer NOT NULL,
	`appointmentId` text,
	`appointmentAt` integer,
	`notes` text NOT NULL,
	`meetingLink` text,
	`place` text,
	`servicePointId` text,
	`providerId` text,
	`ownerDeviceId` text,
	`calledAt` integer,
	`startedAt` integer,
	`endedAt` integer,
	`calls` integer NOT NULL,
	`estimate` text,
	`transitionId` text NOT NULL,
	`flag` text,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE INDEX `entries_ticket` ON `entries` (`day`,`ticket`);--> statement-breakpoint
CREATE INDEX `entries_patient` ON `entries` (`patientId`,`queueId`);--> statement-breakpoint
CREATE INDEX `entries_link` ON `entries` (`link`);--> statement-breakpoint
CREATE TABLE `notices` (
	`id` text PRIMARY KEY NOT NULL,
	`deviceId` text NOT NULL,
	`code` text NOT NULL,
	`entryId` text,
	`detail` text NOT NULL,
	`at` integer NOT NULL,
	`answeredAt` integer,
	`seq` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE `patients` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`mrn` text,
	`birthDate` text,
	`phone` text,
	`hideName` integer NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE INDEX `patients_mrn` ON `patients` (`mrn`);--> statement-breakpoint
CREATE TABLE `pools` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`translations` text NOT NULL,
	`sort` real NOT NULL,
	`shares` integer NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE `providers` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`translations` text NOT NULL,
	`status` text NOT NULL,
	`servicePointId` text,
	`queueIds` text NOT NULL,
	`backAt` integer,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE `queues` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`translations` text NOT NULL,
	`poolId` text,
	`prefix` text NOT NULL,
	`sort` real NOT NULL,
	`open` integer NOT NULL,
	`mode` text NOT NULL,
	`weights` text NOT NULL,
	`priorities` text NOT NULL,
	`appointmentWindow` real NOT NULL,
	`appointmentGrace` real NOT NULL,
	`maximumWait` real,
	`capacity` integer,
	`overflowQueueId` text,
	`loadThresholds` text NOT NULL,
	`loadFactors` text NOT NULL,
	`visitLength` real NOT NULL,
	`displayMode` text NOT NULL,
	`autoReposition` integer NOT NULL,
	`positionedAt` integer,
	`updateInterval` integer NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE `servicePoints` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`translations` text NOT NULL,
	`kind` text NOT NULL,
	`queueIds` text NOT NULL,
	`capacity` integer NOT NULL,
	`sort` real NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE `site` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`translations` text NOT NULL,
	`zone` text NOT NULL,
	`dayStart` integer NOT NULL,
	`languages` text NOT NULL,
	`ticker` text NOT NULL,
	`publicUrl` text,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE `ticketCounters` (
	`id` text PRIMARY KEY NOT NULL,
	`queueId` text NOT NULL,
	`day` text NOT NULL,
	`letter` text NOT NULL,
	`last` integer NOT NULL,
	`seq` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE `ticketLeases` (
	`id` text PRIMARY KEY NOT NULL,
	`replicaId` text NOT NULL,
	`queueId` text NOT NULL,
	`day` text NOT NULL,
	`number` integer,
	`seq` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE `transitions` (
	`id` text PRIMARY KEY NOT NULL,
	`entryId` text NOT NULL,
	`commandId` text NOT NULL,
	`verb` text NOT NULL,
	`from` text,
	`to` text NOT NULL,
	`at` integer NOT NULL,
	`deviceId` text NOT NULL,
	`actor` text NOT NULL,
	`reason` text,
	`before` text NOT NULL,
	`previousId` text,
	`undoes` text,
	`undoneBy` text,
	`seq` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE INDEX `transitions_entry` ON `transitions` (`entryId`);--> statement-breakpoint
CREATE TABLE `visits` (
	`id` text PRIMARY KEY NOT NULL,
	`patientId` text NOT NULL,
	`day` text NOT NULL,
	`startedAt` integer NOT NULL,
	`seq` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE INDEX `visits_day` ON `visits` (`day`);--> statement-breakpoint
CREATE TABLE `applied` (
	`replicaId` text PRIMARY KEY NOT NULL,
	`n` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `deviceSecrets` (
	`deviceId` text PRIMARY KEY NOT NULL,
	`tokenHash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `log` (
	`seq` integer PRIMARY KEY NOT NULL,
	`replicaId` text NOT NULL,
	`n` integer NOT NULL,
	`commandId` text NOT NULL,
	`deviceId` text NOT NULL,
	`receivedAt` integer NOT NULL,
	`at` integer NOT NULL,
	`command` text NOT NULL,
	`status` text NOT NULL,
	`outcome` text NOT NULL,
	`chain` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `log_commandId_unique` ON `log` (`commandId`);--> statement-breakpoint
CREATE UNIQUE INDEX `log_replica_n` ON `log` (`replicaId`,`n`);--> statement-breakpoint
CREATE INDEX `log_outcomes` ON `log` (`replicaId`,`n`) WHERE status <> 'applied';--> statement-breakpoint
CREATE TABLE `logRepeats` (
	`replicaId` text NOT NULL,
	`n` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `log_repeats_replica_n` ON `logRepeats` (`replicaId`,`n`);--> statement-breakpoint
CREATE TABLE `meta` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`n` integer PRIMARY KEY NOT NULL,
	`commandId` text NOT NULL,
	`command` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_commandId_unique` ON `outbox` (`commandId`);--> statement-breakpoint
CREATE TABLE `outcomesSeen` (
	`replicaId` text PRIMARY KEY NOT NULL,
	`n` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `ownOutcomes` (
	`commandId` text PRIMARY KEY NOT NULL,
	`n` integer NOT NULL,
	`outcome` text NOT NULL,
	`dismissed` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE `privateRows` (
	`seq` integer PRIMARY KEY NOT NULL,
	`salt` text NOT NULL,
	`data` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `replicas` (
	`replicaId` text PRIMARY KEY NOT NULL,
	`deviceId` text NOT NULL,
	`contactAt` integer NOT NULL
);
