CREATE TABLE `answers` (
	`org` text NOT NULL,
	`project` text NOT NULL,
	`key` text NOT NULL,
	`order` text NOT NULL,
	`answer` text NOT NULL,
	`at_ms` integer NOT NULL,
	PRIMARY KEY(`org`, `project`, `key`)
);
--> statement-breakpoint
CREATE INDEX `answers_by_age` ON `answers` (`at_ms`);--> statement-breakpoint
CREATE TABLE `contexts` (
	`org` text NOT NULL,
	`project` text NOT NULL,
	`environment` text NOT NULL,
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`attributes` text NOT NULL,
	`last_seen_ms` integer NOT NULL,
	PRIMARY KEY(`org`, `project`, `environment`, `kind`, `key`)
);
--> statement-breakpoint
CREATE TABLE `documents` (
	`org` text NOT NULL,
	`project` text NOT NULL,
	`environment` text NOT NULL,
	`sort` text NOT NULL,
	`key` text NOT NULL,
	`revision` integer NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`org`, `project`, `environment`, `sort`, `key`)
);
--> statement-breakpoint
CREATE TABLE `history` (
	`org` text NOT NULL,
	`seq` integer NOT NULL,
	`project` text NOT NULL,
	`revision` integer NOT NULL,
	`at_ms` integer NOT NULL,
	`actor` text NOT NULL,
	`actor_id` text NOT NULL,
	`command` text NOT NULL,
	`reason` text,
	`changes` text NOT NULL,
	`undoes` integer,
	`digest` text NOT NULL,
	`link` text NOT NULL,
	PRIMARY KEY(`org`, `seq`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `history_by_revision` ON `history` (`org`,`project`,`revision`);--> statement-breakpoint
CREATE TABLE `links` (
	`id` text PRIMARY KEY NOT NULL,
	`digest` text NOT NULL,
	`purpose` text NOT NULL,
	`org` text,
	`invitation` text,
	`person` text,
	`created_ms` integer NOT NULL,
	`expires_ms` integer NOT NULL,
	`used_ms` integer
);
--> statement-breakpoint
CREATE TABLE `meta` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`password` text,
	`created_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `people_email_unique` ON `people` (`email`);--> statement-breakpoint
CREATE TABLE `revisions` (
	`org` text NOT NULL,
	`project` text NOT NULL,
	`revision` integer NOT NULL,
	PRIMARY KEY(`org`, `project`)
);
--> statement-breakpoint
CREATE TABLE `secrets` (
	`id` text PRIMARY KEY NOT NULL,
	`org` text NOT NULL,
	`sort` text NOT NULL,
	`digest` text NOT NULL,
	`last_used_ms` integer
);
--> statement-breakpoint
CREATE INDEX `secrets_by_org` ON `secrets` (`org`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`digest` text NOT NULL,
	`person` text NOT NULL,
	`created_ms` integer NOT NULL,
	`last_used_ms` integer NOT NULL,
	`expires_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sessions_by_person` ON `sessions` (`person`);--> statement-breakpoint
CREATE TABLE `versions` (
	`org` text NOT NULL,
	`project` text NOT NULL,
	`revision` integer NOT NULL,
	`environment` text NOT NULL,
	`sort` text NOT NULL,
	`key` text NOT NULL,
	`body` text,
	PRIMARY KEY(`org`, `project`, `revision`, `environment`, `sort`, `key`)
);
--> statement-breakpoint
CREATE INDEX `versions_by_document` ON `versions` (`org`,`project`,`environment`,`sort`,`key`,`revision`);