-- A rule's version never changes, so what pauses the effects of a rule stands beside its tenant's own pause.

ALTER TABLE tenants ADD COLUMN paused_rules jsonb NOT NULL DEFAULT '[]' CHECK (is_list_of_texts(paused_rules, 10000));
