DROP INDEX "ledger_balances_scope_ix";--> statement-breakpoint
CREATE INDEX "ledger_balances_totals_ix" ON "ledger_balances" USING btree ("book","scope","stage","commodity","balance");