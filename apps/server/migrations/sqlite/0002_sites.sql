CREATE TABLE `acknowledgements` (
	`org` text NOT NULL,
	`project` text NOT NULL,
	`install` text NOT NULL,
	`digest` text NOT NULL,
	`revision` integer NOT NULL,
	`applied_ms` integer NOT NULL,
	`acknowledged_ms` integer NOT NULL,
	PRIMARY KEY(`org`, `project`, `install`, `digest`)
);
--> statement-breakpoint
CREATE TABLE `sites` (
	`org` text NOT NULL,
	`project` text NOT NULL,
	`install` text NOT NULL,
	`digest` text,
	`revision` integer,
	`applied_ms` integer,
	`acknowledged_ms` integer,
	`overrides` text,
	`overrides_ms` integer,
	`last_seen_ms` integer NOT NULL,
	PRIMARY KEY(`org`, `project`, `install`)
);
