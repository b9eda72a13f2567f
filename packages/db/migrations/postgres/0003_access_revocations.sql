CREATE TABLE "access_revocations" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"cluster_id" text NOT NULL,
	"department_id" text,
	"reason" text NOT NULL,
	"epoch" integer NOT NULL,
	"ordered_by" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"deadline_at" timestamp (3) with time zone NOT NULL,
	"owner_role" text NOT NULL,
	"error_code" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX "access_revocations_user_ix" ON "access_revocations" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "access_revocations_state_ix" ON "access_revocations" USING btree ("state","deadline_at");