CREATE TABLE `access_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`secret_hash` text NOT NULL,
	`hint` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`last_used_at` integer,
	`revoked_at` integer,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `access_tokens_secret_uq` ON `access_tokens` (`secret_hash`);--> statement-breakpoint
CREATE INDEX `access_tokens_user_ix` ON `access_tokens` (`user_id`);--> statement-breakpoint
CREATE TABLE `allocations` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`department_id` text NOT NULL,
	`system_id` text NOT NULL,
	`environment` text NOT NULL,
	`pool_id` text NOT NULL,
	`cluster_id` text NOT NULL,
	`namespace` text NOT NULL,
	`namespace_uid` text,
	`desired` text NOT NULL,
	`state` text NOT NULL,
	`generation` integer NOT NULL,
	`opened_at` integer NOT NULL,
	`activated_at` integer,
	`removed_at` integer,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `allocations_namespace_uq` ON `allocations` (`namespace`);--> statement-breakpoint
CREATE INDEX `allocations_system_ix` ON `allocations` (`system_id`,`environment`);--> statement-breakpoint
CREATE INDEX `allocations_tenant_ix` ON `allocations` (`tenant_id`);--> statement-breakpoint
CREATE INDEX `allocations_pool_ix` ON `allocations` (`pool_id`);--> statement-breakpoint
CREATE INDEX `allocations_cluster_ix` ON `allocations` (`cluster_id`,`state`);--> statement-breakpoint
CREATE TABLE `approval_steps` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`revision` integer NOT NULL,
	`seq` integer NOT NULL,
	`roles` text NOT NULL,
	`code` text NOT NULL,
	`state` text NOT NULL,
	`started_at` integer,
	`due_at` integer,
	`decided_by` text,
	`decided_at` integer,
	`opinion` text,
	`digest` text NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `approval_steps_uq` ON `approval_steps` (`request_id`,`revision`,`seq`);--> statement-breakpoint
CREATE INDEX `approval_steps_state_ix` ON `approval_steps` (`state`,`due_at`);--> statement-breakpoint
CREATE TABLE `audit_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`recorded_at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	`via` text NOT NULL,
	`source` text NOT NULL,
	`http_request_id` text NOT NULL,
	`action` text NOT NULL,
	`outcome` text NOT NULL,
	`error_code` text,
	`subject_kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`tenant_id` text,
	`detail` text NOT NULL,
	`content_hash` text NOT NULL,
	`seq` integer,
	`chain_hash` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_entries_seq_uq` ON `audit_entries` (`seq`);--> statement-breakpoint
CREATE INDEX `audit_entries_recorded_ix` ON `audit_entries` (`recorded_at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_entries_subject_ix` ON `audit_entries` (`subject_id`);--> statement-breakpoint
CREATE INDEX `audit_entries_actor_ix` ON `audit_entries` (`actor_id`);--> statement-breakpoint
CREATE INDEX `audit_entries_tenant_ix` ON `audit_entries` (`tenant_id`);--> statement-breakpoint
CREATE TABLE `audit_heads` (
	`seq` integer PRIMARY KEY NOT NULL,
	`chain_hash` text NOT NULL,
	`signed_at` integer NOT NULL,
	`key_id` text NOT NULL,
	`signature` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `cloud_nodes` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`tier` text NOT NULL,
	`division_code` text NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cloud_nodes_code_uq` ON `cloud_nodes` (`code`);--> statement-breakpoint
CREATE TABLE `clusters` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`uid` text,
	`kubernetes_version` text,
	`last_seen_at` integer,
	`state` text NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `clusters_name_uq` ON `clusters` (`name`);--> statement-breakpoint
CREATE TABLE `departments` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`division_code` text NOT NULL,
	`effective_from` integer NOT NULL,
	`effective_to` integer,
	`recorded_at` integer NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `departments_code_uq` ON `departments` (`code`);--> statement-breakpoint
CREATE TABLE `holds` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`line_id` text NOT NULL,
	`department_id` text NOT NULL,
	`pool_id` text NOT NULL,
	`resource` text NOT NULL,
	`amount` integer NOT NULL,
	`attempt` integer NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `holds_line_attempt_uq` ON `holds` (`line_id`,`attempt`);--> statement-breakpoint
CREATE INDEX `holds_request_ix` ON `holds` (`request_id`);--> statement-breakpoint
CREATE INDEX `holds_pool_ix` ON `holds` (`pool_id`,`state`);--> statement-breakpoint
CREATE INDEX `holds_expiry_ix` ON `holds` (`state`,`expires_at`);--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`user_id` text NOT NULL,
	`key` text NOT NULL,
	`input_digest` text NOT NULL,
	`subject_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `key`)
);
--> statement-breakpoint
CREATE TABLE `information_systems` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`department_id` text NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`protection_level` integer NOT NULL,
	`dr_tier` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `information_systems_code_uq` ON `information_systems` (`department_id`,`code`);--> statement-breakpoint
CREATE INDEX `information_systems_tenant_ix` ON `information_systems` (`tenant_id`);--> statement-breakpoint
CREATE TABLE `ledger_balances` (
	`account` text NOT NULL,
	`commodity` text NOT NULL,
	`book` text NOT NULL,
	`scope` text NOT NULL,
	`stage` text NOT NULL,
	`owner` text NOT NULL,
	`balance` integer NOT NULL,
	`floor` integer,
	PRIMARY KEY(`account`, `commodity`)
);
--> statement-breakpoint
CREATE INDEX `ledger_balances_scope_ix` ON `ledger_balances` (`book`,`scope`,`stage`);--> statement-breakpoint
CREATE INDEX `ledger_balances_owner_ix` ON `ledger_balances` (`owner`);--> statement-breakpoint
CREATE TABLE `ledger_entries` (
	`transfer_id` text NOT NULL,
	`seq` integer NOT NULL,
	`account` text NOT NULL,
	`commodity` text NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`transfer_id`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `ledger_entries_account_ix` ON `ledger_entries` (`account`,`commodity`);--> statement-breakpoint
CREATE TABLE `ledger_transfers` (
	`id` text PRIMARY KEY NOT NULL,
	`cause_kind` text NOT NULL,
	`cause_id` text NOT NULL,
	`effective_at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`reverses` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_transfers_cause_uq` ON `ledger_transfers` (`cause_kind`,`cause_id`);--> statement-breakpoint
CREATE TABLE `notices` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`code` text NOT NULL,
	`params` text NOT NULL,
	`request_id` text,
	`created_at` integer NOT NULL,
	`read_at` integer,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `notices_user_ix` ON `notices` (`user_id`,`read_at`);--> statement-breakpoint
CREATE TABLE `number_sequences` (
	`name` text PRIMARY KEY NOT NULL,
	`last` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`topic` text NOT NULL,
	`aggregate_id` text NOT NULL,
	`subject_id` text NOT NULL,
	`wake` integer NOT NULL,
	`created_at` integer NOT NULL,
	`next_at` integer NOT NULL,
	`done_at` integer,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `outbox_pending_ix` ON `outbox` (`done_at`,`next_at`);--> statement-breakpoint
CREATE INDEX `outbox_aggregate_ix` ON `outbox` (`aggregate_id`);--> statement-breakpoint
CREATE TABLE `pools` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`cloud_node_id` text NOT NULL,
	`cluster_id` text NOT NULL,
	`arch` text NOT NULL,
	`pool_class` text NOT NULL,
	`overcommit_permille` integer NOT NULL,
	`observed` text,
	`observed_at` integer,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pools_code_uq` ON `pools` (`code`);--> statement-breakpoint
CREATE INDEX `pools_node_ix` ON `pools` (`cloud_node_id`);--> statement-breakpoint
CREATE TABLE `provisioning_tasks` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`request_id` text NOT NULL,
	`allocation_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`target` text NOT NULL,
	`generation` integer NOT NULL,
	`step` text,
	`attempts` integer NOT NULL,
	`deadline_at` integer NOT NULL,
	`owner_role` text NOT NULL,
	`next_at` integer NOT NULL,
	`error_code` text,
	`error_params` text,
	`created_at` integer NOT NULL,
	`finished_at` integer,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `provisioning_tasks_request_ix` ON `provisioning_tasks` (`request_id`);--> statement-breakpoint
CREATE INDEX `provisioning_tasks_allocation_ix` ON `provisioning_tasks` (`allocation_id`);--> statement-breakpoint
CREATE INDEX `provisioning_tasks_state_ix` ON `provisioning_tasks` (`state`,`next_at`);--> statement-breakpoint
CREATE TABLE `quota_grants` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`request_id` text NOT NULL,
	`allocation_id` text NOT NULL,
	`amounts` text NOT NULL,
	`digest` text NOT NULL,
	`effective_from` integer NOT NULL,
	`effective_to` integer,
	`recorded_at` integer NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `quota_grants_request_uq` ON `quota_grants` (`request_id`,`allocation_id`);--> statement-breakpoint
CREATE INDEX `quota_grants_allocation_ix` ON `quota_grants` (`allocation_id`);--> statement-breakpoint
CREATE TABLE `quota_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text,
	`tenant_id` text NOT NULL,
	`department_id` text NOT NULL,
	`applicant_id` text NOT NULL,
	`system_id` text NOT NULL,
	`kind` text NOT NULL,
	`environment` text NOT NULL,
	`allocation_id` text,
	`state` text NOT NULL,
	`revision` integer NOT NULL,
	`content` text NOT NULL,
	`digest` text,
	`policy_version_id` text,
	`current_step_id` text,
	`due_at` integer,
	`submitted_at` integer,
	`decided_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `quota_requests_number_uq` ON `quota_requests` (`number`);--> statement-breakpoint
CREATE INDEX `quota_requests_tenant_ix` ON `quota_requests` (`tenant_id`,`state`);--> statement-breakpoint
CREATE INDEX `quota_requests_state_ix` ON `quota_requests` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `quota_requests_system_ix` ON `quota_requests` (`system_id`);--> statement-breakpoint
CREATE TABLE `request_events` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`tenant_id` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`actor_id` text,
	`params` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `request_events_request_ix` ON `request_events` (`request_id`,`id`);--> statement-breakpoint
CREATE TABLE `request_lines` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`revision` integer NOT NULL,
	`seq` integer NOT NULL,
	`resource` text NOT NULL,
	`item_version_id` text NOT NULL,
	`cloud_node_id` text NOT NULL,
	`pool_id` text,
	`amount` integer NOT NULL,
	`before` integer NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `request_lines_request_ix` ON `request_lines` (`request_id`,`revision`);--> statement-breakpoint
CREATE TABLE `request_revisions` (
	`request_id` text NOT NULL,
	`revision` integer NOT NULL,
	`content` text NOT NULL,
	`digest` text NOT NULL,
	`submitted_by` text NOT NULL,
	`submitted_at` integer NOT NULL,
	PRIMARY KEY(`request_id`, `revision`)
);
--> statement-breakpoint
CREATE TABLE `role_grants` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`department_id` text,
	`effective_from` integer NOT NULL,
	`effective_to` integer,
	`granted_by` text NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `role_grants_user_ix` ON `role_grants` (`user_id`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`secret_hash` text NOT NULL,
	`csrf_token` text NOT NULL,
	`user_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer,
	`source` text NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_secret_uq` ON `sessions` (`secret_hash`);--> statement-breakpoint
CREATE INDEX `sessions_user_ix` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE TABLE `settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`username` text NOT NULL,
	`display_name` text NOT NULL,
	`password_hash` text NOT NULL,
	`password_history` text NOT NULL,
	`password_changed_at` integer NOT NULL,
	`must_change_password` integer NOT NULL,
	`failed_logins` integer NOT NULL,
	`first_failed_at` integer,
	`locked_until` integer,
	`state` text NOT NULL,
	`locale` text NOT NULL,
	`created_at` integer NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_username_uq` ON `users` (`username`);--> statement-breakpoint
CREATE TABLE `versioned_documents` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`code` text NOT NULL,
	`revision` integer NOT NULL,
	`state` text NOT NULL,
	`body` text NOT NULL,
	`digest` text NOT NULL,
	`clause` text NOT NULL,
	`effective_from` integer NOT NULL,
	`effective_to` integer,
	`recorded_at` integer NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `versioned_documents_uq` ON `versioned_documents` (`kind`,`code`,`revision`);