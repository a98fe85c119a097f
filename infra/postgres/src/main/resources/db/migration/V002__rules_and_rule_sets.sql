-- Rules and rule sets. A version, once written, never changes: decisions name the versions they were made by, and must mean the same for ever.

CREATE TABLE rules (
    tenant_id  text        NOT NULL REFERENCES tenants ON DELETE CASCADE,
    rule_id    text        NOT NULL CHECK (is_slug(rule_id)),
    version    bigint      NOT NULL CHECK (version >= 1),
    name       text        NOT NULL CHECK (btrim(name) <> '' AND length(name) <= 200),
    -- Valid under the rule's JSON Schema, which the writer has checked. The limit keeps one rule well below one Kafka record.
    definition jsonb       NOT NULL CHECK (jsonb_typeof(definition) = 'object' AND octet_length(definition::text) <= 262144),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, rule_id, version)
);

CREATE TABLE rule_sets (
    tenant_id    text        NOT NULL REFERENCES tenants ON DELETE CASCADE,
    version      bigint      NOT NULL CHECK (version >= 1),
    -- [{"ruleId": "…", "version": 3}, …]: the whole set in one row, so that one captured change carries it. rule_set_members follows from it.
    members      jsonb       NOT NULL CHECK (jsonb_typeof(members) = 'array'),
    published_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, version)
);

-- The members once more, as rows, for the foreign keys: a set cannot name a rule version that is not there, nor one rule twice.
CREATE TABLE rule_set_members (
    tenant_id    text   NOT NULL,
    set_version  bigint NOT NULL,
    rule_id      text   NOT NULL,
    rule_version bigint NOT NULL,
    PRIMARY KEY (tenant_id, set_version, rule_id),
    FOREIGN KEY (tenant_id, set_version) REFERENCES rule_sets ON DELETE CASCADE,
    -- Deferred: when a tenant goes, its rules may go before its sets.
    FOREIGN KEY (tenant_id, rule_id, rule_version) REFERENCES rules DEFERRABLE INITIALLY DEFERRED
);

-- Rows of these three tables change only in one way: they go together with their tenant.
CREATE FUNCTION refuse_change_of_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM tenants WHERE tenant_id = OLD.tenant_id) THEN
        RETURN OLD;
    END IF;
    RAISE restrict_violation USING MESSAGE = format('%s: a version is immutable; write a new one', TG_TABLE_NAME), TABLE = TG_TABLE_NAME::text;
END $$;

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON rules
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON rule_sets
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON rule_set_members
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();

CREATE FUNCTION refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE restrict_violation USING MESSAGE = format('%s: truncating would leave no trace in the change stream; delete rows instead', TG_TABLE_NAME);
END $$;

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON tenants FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON crm_accounts FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON agents FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON rules FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON rule_sets FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON rule_set_members FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();

-- Versions grow in the order of their commits: the tenant's row is locked until the writer is done, so that two writers cannot pass each other.
CREATE FUNCTION check_rule_version_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM tenants WHERE tenant_id = NEW.tenant_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM rules WHERE tenant_id = NEW.tenant_id AND rule_id = NEW.rule_id AND version >= NEW.version) THEN
        RAISE unique_violation USING MESSAGE = format('rule %s of %s: version %s is not above the newest', NEW.rule_id, NEW.tenant_id, NEW.version), TABLE = 'rules';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER check_version_grows BEFORE INSERT ON rules
    FOR EACH ROW EXECUTE FUNCTION check_rule_version_grows();

CREATE FUNCTION check_rule_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM tenants WHERE tenant_id = NEW.tenant_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM rule_sets WHERE tenant_id = NEW.tenant_id AND version >= NEW.version) THEN
        RAISE unique_violation USING MESSAGE = format('rule set of %s: version %s is not above the newest', NEW.tenant_id, NEW.version), TABLE = 'rule_sets';
    END IF;
    IF EXISTS (
        SELECT FROM jsonb_array_elements(NEW.members) AS member
        WHERE jsonb_typeof(member) <> 'object'
           OR member - 'ruleId' - 'version' <> '{}'
           OR jsonb_typeof(member -> 'ruleId') IS DISTINCT FROM 'string'
           OR jsonb_typeof(member -> 'version') IS DISTINCT FROM 'number'
           OR member ->> 'version' !~ '^[1-9][0-9]{0,17}$'
    ) THEN
        RAISE check_violation USING MESSAGE = 'members must be [{"ruleId": text, "version": whole number above 0}, …]', CONSTRAINT = 'rule_sets_members_check', TABLE = 'rule_sets';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER check_set BEFORE INSERT ON rule_sets
    FOR EACH ROW EXECUTE FUNCTION check_rule_set();

CREATE FUNCTION spread_rule_set_members() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO rule_set_members (tenant_id, set_version, rule_id, rule_version)
    SELECT NEW.tenant_id, NEW.version, member ->> 'ruleId', (member ->> 'version')::bigint
    FROM jsonb_array_elements(NEW.members) AS member;
    RETURN NULL;
END $$;

CREATE TRIGGER spread_members AFTER INSERT ON rule_sets
    FOR EACH ROW EXECUTE FUNCTION spread_rule_set_members();

-- Rows of rule_set_members follow from rule_sets.members and from nothing else.
CREATE FUNCTION check_rule_set_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM rule_sets
        WHERE tenant_id = NEW.tenant_id AND version = NEW.set_version
          AND members @> jsonb_build_array(jsonb_build_object('ruleId', NEW.rule_id, 'version', NEW.rule_version))
    ) THEN
        RAISE foreign_key_violation USING MESSAGE = format('rule set %s of %s does not list rule %s version %s', NEW.set_version, NEW.tenant_id, NEW.rule_id, NEW.rule_version), TABLE = 'rule_set_members';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER check_member BEFORE INSERT ON rule_set_members
    FOR EACH ROW EXECUTE FUNCTION check_rule_set_member();
