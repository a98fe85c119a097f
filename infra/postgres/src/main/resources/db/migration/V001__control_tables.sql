-- The control tables: who uses Voronka, what it may do for them, and by which rules. capture-control is their only reader at run time.
--
-- Ids are slugs. They become parts of Kafka keys ('tenant|account|type|id') and sit beside the reserved key '!snapshot', so neither '|' nor '!'
-- can ever be part of one.

CREATE FUNCTION is_slug(id text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN id ~ '^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$';

CREATE FUNCTION is_secret_reference(reference text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN reference ~ '^(env:[A-Za-z_][A-Za-z0-9_]*|file:/[^[:cntrl:]]+)$';

CREATE TABLE tenants (
    tenant_id      text        PRIMARY KEY CHECK (is_slug(tenant_id)),
    name           text        NOT NULL CHECK (btrim(name) <> '' AND length(name) <= 200),
    -- IANA name; checked by trigger, because a CHECK must not read other tables.
    time_zone      text        NOT NULL,
    -- BCP 47: language, optional script, optional region.
    locale         text        NOT NULL CHECK (locale ~ '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$'),
    active         boolean     NOT NULL DEFAULT true,
    effects_paused boolean     NOT NULL DEFAULT false,
    created_at     timestamptz NOT NULL DEFAULT now()
);

-- PostgreSQL itself takes more than IANA names for a zone ('MSK', 'Foo+3'), and the JVM would refuse those. Only on a change of the zone, so that an
-- emergency stop does not wait for the zone files to be listed.
CREATE FUNCTION check_tenant_time_zone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.time_zone <> 'UTC' AND (
        NEW.time_zone !~ '^[A-Z][A-Za-z]+/[A-Za-z0-9_+/-]+$'
        OR NOT EXISTS (SELECT FROM pg_timezone_names WHERE name = NEW.time_zone)
    ) THEN
        RAISE check_violation USING MESSAGE = format('tenants.time_zone: %L is not an IANA zone name', NEW.time_zone), CONSTRAINT = 'tenants_time_zone_check', TABLE = 'tenants';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER check_time_zone BEFORE INSERT OR UPDATE OF time_zone ON tenants
    FOR EACH ROW EXECUTE FUNCTION check_tenant_time_zone();

CREATE TABLE crm_accounts (
    tenant_id                   text        NOT NULL REFERENCES tenants ON DELETE CASCADE,
    account_id                  text        NOT NULL CHECK (is_slug(account_id)),
    crm                         text        NOT NULL CHECK (crm IN ('kommo')),
    subdomain                   text        NOT NULL CHECK (subdomain ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    -- The vendor's number for the account; each webhook names it and is checked against it.
    vendor_account_id           bigint      NOT NULL CHECK (vendor_account_id > 0),
    -- Lower-case hex. The token itself is nowhere in the database.
    webhook_token_sha256        text        NOT NULL UNIQUE CHECK (webhook_token_sha256 ~ '^[0-9a-f]{64}$'),
    api_base_url                text        NOT NULL CHECK (api_base_url ~ '^https?://[A-Za-z0-9.:_-]+(/[A-Za-z0-9._~/-]*[A-Za-z0-9._~-])?$'),
    -- 'store' (crm_tokens), 'env:NAME' or 'file:/path': never a token.
    token_reference             text        NOT NULL CHECK (token_reference = 'store' OR is_secret_reference(token_reference)),
    -- The user under which our own writes come back as hooks.
    integration_user_id         bigint      CHECK (integration_user_id > 0),
    requests_per_second         integer     NOT NULL DEFAULT 7 CHECK (requests_per_second BETWEEN 1 AND 1000),
    account_requests_per_second integer     NOT NULL DEFAULT 50 CHECK (account_requests_per_second BETWEEN 1 AND 1000),
    active                      boolean     NOT NULL DEFAULT true,
    effects_paused              boolean     NOT NULL DEFAULT false,
    created_at                  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, account_id),
    UNIQUE (tenant_id, crm, vendor_account_id),
    CONSTRAINT crm_accounts_budget_check CHECK (requests_per_second <= account_requests_per_second)
);

CREATE TABLE agents (
    tenant_id      text        NOT NULL REFERENCES tenants ON DELETE CASCADE,
    agent_id       text        NOT NULL CHECK (is_slug(agent_id)),
    account_id     text        NOT NULL,
    name           text        NOT NULL CHECK (btrim(name) <> '' AND length(name) <= 200),
    active         boolean     NOT NULL DEFAULT true,
    effects_paused boolean     NOT NULL DEFAULT false,
    created_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, agent_id),
    FOREIGN KEY (tenant_id, account_id) REFERENCES crm_accounts
);
