DROP INDEX `approval_steps_state_ix`;--> statement-breakpoint
DROP INDEX `audit_entries_actor_ix`;--> statement-breakpoint
DROP INDEX `audit_entries_tenant_ix`;