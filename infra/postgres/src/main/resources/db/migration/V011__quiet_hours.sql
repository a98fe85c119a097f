-- When a tenant's clients are left in peace, in the tenant's time zone; quiet_to before quiet_from is the next day.

ALTER TABLE tenants
    ADD COLUMN quiet_from text CHECK (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    ADD COLUMN quiet_to   text CHECK (quiet_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    ADD CONSTRAINT tenants_quiet_check CHECK (num_nulls(quiet_from, quiet_to) IN (0, 2) AND quiet_from IS DISTINCT FROM quiet_to OR quiet_from IS NULL AND quiet_to IS NULL);
