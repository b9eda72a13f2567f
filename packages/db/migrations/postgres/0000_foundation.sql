CREATE TABLE "access_tokens" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"secret_hash" text NOT NULL,
	"hint" text NOT NULL,
	"scopes" json NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "allocations" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"department_id" text NOT NULL,
	"system_id" text NOT NULL,
	"environment" text NOT NULL,
	"pool_id" text NOT NULL,
	"cluster_id" text NOT NULL,
	"namespace" text NOT NULL,
	"namespace_uid" text,
	"desired" json NOT NULL,
	"state" text NOT NULL,
	"generation" integer NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"activated_at" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "approval_steps" (
	"id" text PRIMARY KEY NOT NULL,
	"request_id" text NOT NULL,
	"revision" integer NOT NULL,
	"seq" integer NOT NULL,
	"roles" json NOT NULL,
	"code" text NOT NULL,
	"state" text NOT NULL,
	"started_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"opinion" text,
	"digest" text NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"via" text NOT NULL,
	"source" text NOT NULL,
	"http_request_id" text NOT NULL,
	"action" text NOT NULL,
	"outcome" text NOT NULL,
	"error_code" text,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"tenant_id" text,
	"detail" json NOT NULL,
	"content_hash" text NOT NULL,
	"seq" integer,
	"chain_hash" text
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"seq" integer PRIMARY KEY NOT NULL,
	"chain_hash" text NOT NULL,
	"signed_at" timestamp (3) with time zone NOT NULL,
	"key_id" text NOT NULL,
	"signature" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cloud_nodes" (
	"id" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"tier" text NOT NULL,
	"division_code" text NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clusters" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"uid" text,
	"kubernetes_version" text,
	"last_seen_at" timestamp (3) with time zone,
	"state" text NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "departments" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"division_code" text NOT NULL,
	"effective_from" timestamp (3) with time zone NOT NULL,
	"effective_to" timestamp (3) with time zone,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "holds" (
	"id" text PRIMARY KEY NOT NULL,
	"request_id" text NOT NULL,
	"line_id" text NOT NULL,
	"department_id" text NOT NULL,
	"pool_id" text NOT NULL,
	"resource" text NOT NULL,
	"amount" bigint NOT NULL,
	"attempt" integer NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"user_id" text NOT NULL,
	"key" text NOT NULL,
	"input_digest" text NOT NULL,
	"subject_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_user_id_key_pk" PRIMARY KEY("user_id","key")
);
--> statement-breakpoint
CREATE TABLE "information_systems" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"department_id" text NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"protection_level" integer NOT NULL,
	"dr_tier" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger_balances" (
	"account" text NOT NULL,
	"commodity" text NOT NULL,
	"book" text NOT NULL,
	"scope" text NOT NULL,
	"stage" text NOT NULL,
	"owner" text NOT NULL,
	"balance" bigint NOT NULL,
	"floor" bigint,
	CONSTRAINT "ledger_balances_account_commodity_pk" PRIMARY KEY("account","commodity")
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"transfer_id" text NOT NULL,
	"seq" integer NOT NULL,
	"account" text NOT NULL,
	"commodity" text NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "ledger_entries_transfer_id_seq_pk" PRIMARY KEY("transfer_id","seq")
);
--> statement-breakpoint
CREATE TABLE "ledger_transfers" (
	"id" text PRIMARY KEY NOT NULL,
	"cause_kind" text NOT NULL,
	"cause_id" text NOT NULL,
	"effective_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"reverses" text
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	"code" text NOT NULL,
	"params" json NOT NULL,
	"request_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "number_sequences" (
	"name" text PRIMARY KEY NOT NULL,
	"last" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" text PRIMARY KEY NOT NULL,
	"topic" text NOT NULL,
	"aggregate_id" text NOT NULL,
	"subject_id" text NOT NULL,
	"wake" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	"done_at" timestamp (3) with time zone,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pools" (
	"id" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"cloud_node_id" text NOT NULL,
	"cluster_id" text NOT NULL,
	"arch" text NOT NULL,
	"pool_class" text NOT NULL,
	"overcommit_permille" integer NOT NULL,
	"observed" json,
	"observed_at" timestamp (3) with time zone,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "provisioning_tasks" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"request_id" text NOT NULL,
	"allocation_id" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"target" json NOT NULL,
	"generation" integer NOT NULL,
	"step" text,
	"attempts" integer NOT NULL,
	"deadline_at" timestamp (3) with time zone NOT NULL,
	"owner_role" text NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	"error_code" text,
	"error_params" json,
	"created_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quota_grants" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"request_id" text NOT NULL,
	"allocation_id" text NOT NULL,
	"amounts" json NOT NULL,
	"digest" text NOT NULL,
	"effective_from" timestamp (3) with time zone NOT NULL,
	"effective_to" timestamp (3) with time zone,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quota_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"number" text,
	"tenant_id" text NOT NULL,
	"department_id" text NOT NULL,
	"applicant_id" text NOT NULL,
	"system_id" text NOT NULL,
	"kind" text NOT NULL,
	"environment" text NOT NULL,
	"allocation_id" text,
	"state" text NOT NULL,
	"revision" integer NOT NULL,
	"content" json NOT NULL,
	"digest" text,
	"policy_version_id" text,
	"current_step_id" text,
	"due_at" timestamp (3) with time zone,
	"submitted_at" timestamp (3) with time zone,
	"decided_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "request_events" (
	"id" text PRIMARY KEY NOT NULL,
	"request_id" text NOT NULL,
	"tenant_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"actor_id" text,
	"params" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "request_lines" (
	"id" text PRIMARY KEY NOT NULL,
	"request_id" text NOT NULL,
	"revision" integer NOT NULL,
	"seq" integer NOT NULL,
	"resource" text NOT NULL,
	"item_version_id" text NOT NULL,
	"cloud_node_id" text NOT NULL,
	"pool_id" text,
	"amount" bigint NOT NULL,
	"before" bigint NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "request_revisions" (
	"request_id" text NOT NULL,
	"revision" integer NOT NULL,
	"content" json NOT NULL,
	"digest" text NOT NULL,
	"submitted_by" text NOT NULL,
	"submitted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "request_revisions_request_id_revision_pk" PRIMARY KEY("request_id","revision")
);
--> statement-breakpoint
CREATE TABLE "role_grants" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"department_id" text,
	"effective_from" timestamp (3) with time zone NOT NULL,
	"effective_to" timestamp (3) with time zone,
	"granted_by" text NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"secret_hash" text NOT NULL,
	"csrf_token" text NOT NULL,
	"user_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"source" text NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"name" text PRIMARY KEY NOT NULL,
	"value" json NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"display_name" text NOT NULL,
	"password_hash" text NOT NULL,
	"password_history" json NOT NULL,
	"password_changed_at" timestamp (3) with time zone NOT NULL,
	"must_change_password" boolean NOT NULL,
	"failed_logins" integer NOT NULL,
	"first_failed_at" timestamp (3) with time zone,
	"locked_until" timestamp (3) with time zone,
	"state" text NOT NULL,
	"locale" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "versioned_documents" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"code" text NOT NULL,
	"revision" integer NOT NULL,
	"state" text NOT NULL,
	"body" json NOT NULL,
	"digest" text NOT NULL,
	"clause" text NOT NULL,
	"effective_from" timestamp (3) with time zone NOT NULL,
	"effective_to" timestamp (3) with time zone,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "access_tokens_secret_uq" ON "access_tokens" USING btree ("secret_hash");--> statement-breakpoint
CREATE INDEX "access_tokens_user_ix" ON "access_tokens" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "allocations_namespace_uq" ON "allocations" USING btree ("namespace");--> statement-breakpoint
CREATE INDEX "allocations_system_ix" ON "allocations" USING btree ("system_id","environment");--> statement-breakpoint
CREATE INDEX "allocations_tenant_ix" ON "allocations" USING btree ("tenant_id");--> statement-breakpoint
CREATE INDEX "allocations_pool_ix" ON "allocations" USING btree ("pool_id");--> statement-breakpoint
CREATE INDEX "allocations_cluster_ix" ON "allocations" USING btree ("cluster_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "approval_steps_uq" ON "approval_steps" USING btree ("request_id","revision","seq");--> statement-breakpoint
CREATE INDEX "approval_steps_state_ix" ON "approval_steps" USING btree ("state","due_at");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_entries_seq_uq" ON "audit_entries" USING btree ("seq");--> statement-breakpoint
CREATE INDEX "audit_entries_recorded_ix" ON "audit_entries" USING btree ("recorded_at","id");--> statement-breakpoint
CREATE INDEX "audit_entries_subject_ix" ON "audit_entries" USING btree ("subject_id");--> statement-breakpoint
CREATE INDEX "audit_entries_actor_ix" ON "audit_entries" USING btree ("actor_id");--> statement-breakpoint
CREATE INDEX "audit_entries_tenant_ix" ON "audit_entries" USING btree ("tenant_id");--> statement-breakpoint
CREATE UNIQUE INDEX "cloud_nodes_code_uq" ON "cloud_nodes" USING btree ("code");--> statement-breakpoint
CREATE UNIQUE INDEX "clusters_name_uq" ON "clusters" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "departments_code_uq" ON "departments" USING btree ("code");--> statement-breakpoint
CREATE UNIQUE INDEX "holds_line_attempt_uq" ON "holds" USING btree ("line_id","attempt");--> statement-breakpoint
CREATE INDEX "holds_request_ix" ON "holds" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "holds_pool_ix" ON "holds" USING btree ("pool_id","state");--> statement-breakpoint
CREATE INDEX "holds_expiry_ix" ON "holds" USING btree ("state","expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "information_systems_code_uq" ON "information_systems" USING btree ("department_id","code");--> statement-breakpoint
CREATE INDEX "information_systems_tenant_ix" ON "information_systems" USING btree ("tenant_id");--> statement-breakpoint
CREATE INDEX "ledger_balances_scope_ix" ON "ledger_balances" USING btree ("book","scope","stage");--> statement-breakpoint
CREATE INDEX "ledger_balances_owner_ix" ON "ledger_balances" USING btree ("owner");--> statement-breakpoint
CREATE INDEX "ledger_entries_account_ix" ON "ledger_entries" USING btree ("account","commodity");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_transfers_cause_uq" ON "ledger_transfers" USING btree ("cause_kind","cause_id");--> statement-breakpoint
CREATE INDEX "notices_user_ix" ON "notices" USING btree ("user_id","read_at");--> statement-breakpoint
CREATE INDEX "outbox_pending_ix" ON "outbox" USING btree ("done_at","next_at");--> statement-breakpoint
CREATE INDEX "outbox_aggregate_ix" ON "outbox" USING btree ("aggregate_id");--> statement-breakpoint
CREATE UNIQUE INDEX "pools_code_uq" ON "pools" USING btree ("code");--> statement-breakpoint
CREATE INDEX "pools_node_ix" ON "pools" USING btree ("cloud_node_id");--> statement-breakpoint
CREATE INDEX "provisioning_tasks_request_ix" ON "provisioning_tasks" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "provisioning_tasks_allocation_ix" ON "provisioning_tasks" USING btree ("allocation_id");--> statement-breakpoint
CREATE INDEX "provisioning_tasks_state_ix" ON "provisioning_tasks" USING btree ("state","next_at");--> statement-breakpoint
CREATE UNIQUE INDEX "quota_grants_request_uq" ON "quota_grants" USING btree ("request_id","allocation_id");--> statement-breakpoint
CREATE INDEX "quota_grants_allocation_ix" ON "quota_grants" USING btree ("allocation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "quota_requests_number_uq" ON "quota_requests" USING btree ("number");--> statement-breakpoint
CREATE INDEX "quota_requests_tenant_ix" ON "quota_requests" USING btree ("tenant_id","state");--> statement-breakpoint
CREATE INDEX "quota_requests_state_ix" ON "quota_requests" USING btree ("state","due_at");--> statement-breakpoint
CREATE INDEX "quota_requests_system_ix" ON "quota_requests" USING btree ("system_id");--> statement-breakpoint
CREATE INDEX "request_events_request_ix" ON "request_events" USING btree ("request_id","id");--> statement-breakpoint
CREATE INDEX "request_lines_request_ix" ON "request_lines" USING btree ("request_id","revision");--> statement-breakpoint
CREATE INDEX "role_grants_user_ix" ON "role_grants" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_secret_uq" ON "sessions" USING btree ("secret_hash");--> statement-breakpoint
CREATE INDEX "sessions_user_ix" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_username_uq" ON "users" USING btree ("username");--> statement-breakpoint
CREATE UNIQUE INDEX "versioned_documents_uq" ON "versioned_documents" USING btree ("kind","code","revision");