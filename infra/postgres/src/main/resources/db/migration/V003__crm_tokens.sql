-- Rotating OAuth tokens of the accounts whose token_reference is 'store'. Encrypted by the application, never captured, never on a topic.
-- A refresh locks the row (SELECT … FOR UPDATE), looks at the version again, and writes the new pair with version + 1 before anybody uses it.

CREATE TABLE crm_tokens (
    tenant_id               text        NOT NULL,
    account_id              text        NOT NULL,
    access_token            bytea       NOT NULL CHECK (octet_length(access_token) BETWEEN 1 AND 65536),
    -- None for a long-lived token, which cannot be refreshed.
    refresh_token           bytea       CHECK (octet_length(refresh_token) BETWEEN 1 AND 65536),
    expires_at              timestamptz NOT NULL,
    version                 bigint      NOT NULL DEFAULT 1 CHECK (version >= 1),
    -- The OAuth client that a refresh speaks for: all three or none.
    client_id               text        CHECK (client_id <> ''),
    client_secret_reference text        CHECK (is_secret_reference(client_secret_reference)),
    redirect_uri            text        CHECK (redirect_uri ~ '^https?://'),
    updated_at              timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, account_id),
    FOREIGN KEY (tenant_id, account_id) REFERENCES crm_accounts ON DELETE CASCADE,
    CONSTRAINT crm_tokens_client_check CHECK (num_nulls(client_id, client_secret_reference, redirect_uri) IN (0, 3))
);

CREATE FUNCTION check_crm_token_version_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.version <= OLD.version AND (NEW.access_token, NEW.refresh_token) IS DISTINCT FROM (OLD.access_token, OLD.refresh_token) THEN
        RAISE check_violation USING MESSAGE = format('tokens of %s/%s: version %s is not above %s', NEW.tenant_id, NEW.account_id, NEW.version, OLD.version), CONSTRAINT = 'crm_tokens_version_check', TABLE = 'crm_tokens';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER check_version_grows BEFORE UPDATE ON crm_tokens
    FOR EACH ROW EXECUTE FUNCTION check_crm_token_version_grows();
