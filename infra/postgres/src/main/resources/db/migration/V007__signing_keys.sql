-- What a tenant's webhooks are signed with. The secrets are not here, only where the executor finds them.

CREATE FUNCTION is_list_of_secret_references(list jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN jsonb_typeof(list) = 'array' AND NOT EXISTS (
        SELECT FROM jsonb_array_elements(CASE jsonb_typeof(list) WHEN 'array' THEN list ELSE '[]' END) AS item
        WHERE jsonb_typeof(item) <> 'string' OR NOT is_secret_reference(item #>> '{}')
    );

CREATE TABLE signing_keys (
    tenant_id         text  NOT NULL REFERENCES tenants ON DELETE CASCADE,
    key_id            text  NOT NULL CHECK (is_slug(key_id)),
    -- ["file:/run/secrets/new", "file:/run/secrets/old"]: all of them sign, so that a receiver can change from one to the other at any time.
    secret_references jsonb NOT NULL CHECK (is_list_of_secret_references(secret_references) AND jsonb_array_length(secret_references) BETWEEN 1 AND 5),
    PRIMARY KEY (tenant_id, key_id)
);

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON signing_keys FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();

ALTER TABLE signing_keys REPLICA IDENTITY FULL;

ALTER PUBLICATION voronka_control ADD TABLE signing_keys;
