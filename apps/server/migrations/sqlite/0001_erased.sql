ALTER TABLE `history` ADD `erased_ms` integer;--> statement-breakpoint
ALTER TABLE `versions` ADD `erased` integer DEFAULT false NOT NULL;