-- Sequences. As with rules, a version never changes once it is written: leads go on by the one that they entered with.

CREATE TABLE sequences (
    tenant_id   text        NOT NULL REFERENCES tenants ON DELETE CASCADE,
    sequence_id text        NOT NULL CHECK (is_slug(sequence_id)),
    version     bigint      NOT NULL CHECK (version >= 1),
    name        text        NOT NULL CHECK (btrim(name) <> '' AND length(name) <= 200),
    -- Valid under the sequence's JSON Schema, which the writer has checked.
    definition  jsonb       NOT NULL CHECK (jsonb_typeof(definition) = 'object' AND octet_length(definition::text) <= 262144),
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, sequence_id, version)
);

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON sequences
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON sequences FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();

-- Versions grow in the order of their commits, as those of rules.
CREATE FUNCTION check_sequence_version_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM tenants WHERE tenant_id = NEW.tenant_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM sequences WHERE tenant_id = NEW.tenant_id AND sequence_id = NEW.sequence_id AND version >= NEW.version) THEN
        RAISE unique_violation USING MESSAGE = format('sequence %s of %s: version %s is not above the newest', NEW.sequence_id, NEW.tenant_id, NEW.version), TABLE = 'sequences';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER check_version_grows BEFORE INSERT ON sequences
    FOR EACH ROW EXECUTE FUNCTION check_sequence_version_grows();

ALTER TABLE sequences REPLICA IDENTITY FULL;

ALTER PUBLICATION voronka_control ADD TABLE sequences;
