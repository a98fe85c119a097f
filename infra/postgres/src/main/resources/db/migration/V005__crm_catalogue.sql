-- What `voronka import` reads from a CRM: the catalogue of an account (pipelines, fields, users), and how far the import of its entities has come.
-- Rows follow the CRM; people do not write them. All ids are the vendor's.

-- Stages and choices are kept inside their row, so that one captured change carries the whole and a reader never sees half of a pipeline.
CREATE FUNCTION is_list_of_named_ids(list jsonb, name text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN jsonb_typeof(list) = 'array' AND NOT EXISTS (
        SELECT FROM jsonb_array_elements(CASE jsonb_typeof(list) WHEN 'array' THEN list ELSE '[]' END) AS item
        WHERE jsonb_typeof(item -> 'id') IS DISTINCT FROM 'number'
           OR item ->> 'id' !~ '^[1-9][0-9]{0,18}$'
           OR jsonb_typeof(item -> name) IS DISTINCT FROM 'string'
    );

CREATE TABLE crm_pipelines (
    tenant_id   text    NOT NULL,
    account_id  text    NOT NULL,
    pipeline_id bigint  NOT NULL CHECK (pipeline_id > 0),
    name        text    NOT NULL,
    sort        integer NOT NULL DEFAULT 0,
    main        boolean NOT NULL DEFAULT false,
    archived    boolean NOT NULL DEFAULT false,
    -- [{"id": 142, "name": "…", "sort": 10, "type": 0}, …] in the order of the columns.
    stages      jsonb   NOT NULL CHECK (is_list_of_named_ids(stages, 'name')),
    PRIMARY KEY (tenant_id, account_id, pipeline_id),
    FOREIGN KEY (tenant_id, account_id) REFERENCES crm_accounts ON DELETE CASCADE
);

CREATE TABLE crm_fields (
    tenant_id   text   NOT NULL,
    account_id  text   NOT NULL,
    -- The vendor's word, as in its paths.
    entity_type text   NOT NULL CHECK (entity_type IN ('leads', 'contacts', 'companies')),
    field_id    bigint NOT NULL CHECK (field_id > 0),
    code        text   CHECK (code <> ''),
    name        text   NOT NULL,
    -- The vendor's name of the type; new ones appear from time to time, so any will do.
    type        text   NOT NULL CHECK (type <> ''),
    -- [{"id": 700001, "value": "…", "sort": 1, "code": "WORK"}, …]; code may be missing.
    choices     jsonb  NOT NULL DEFAULT '[]' CHECK (is_list_of_named_ids(choices, 'value')),
    PRIMARY KEY (tenant_id, account_id, entity_type, field_id),
    FOREIGN KEY (tenant_id, account_id) REFERENCES crm_accounts ON DELETE CASCADE
);

CREATE TABLE crm_users (
    tenant_id  text    NOT NULL,
    account_id text    NOT NULL,
    user_id    bigint  NOT NULL CHECK (user_id > 0),
    name       text    NOT NULL,
    email      text    CHECK (email <> ''),
    active     boolean NOT NULL DEFAULT true,
    admin      boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, account_id, user_id),
    FOREIGN KEY (tenant_id, account_id) REFERENCES crm_accounts ON DELETE CASCADE
);

-- How far the import of one kind of entity has come. Entities are read in the order of their last change: everything changed before updated_from is on
-- crm.events. Not captured: nobody but the import needs it.
CREATE TABLE crm_imports (
    tenant_id    text        NOT NULL,
    account_id   text        NOT NULL,
    entity_type  text        NOT NULL CHECK (entity_type IN ('leads', 'contacts', 'companies')),
    -- Seconds since 1970, the vendor's resolution.
    updated_from bigint      NOT NULL DEFAULT 0 CHECK (updated_from >= 0),
    -- Of the oldest entity, for the progress bar; null before the first page.
    began_from   bigint      CHECK (began_from <= updated_from),
    published    bigint      NOT NULL DEFAULT 0 CHECK (published >= 0),
    -- Entities that could not be read.
    skipped      bigint      NOT NULL DEFAULT 0 CHECK (skipped >= 0),
    -- Null while the end has not been reached.
    finished_at  timestamptz,
    PRIMARY KEY (tenant_id, account_id, entity_type),
    FOREIGN KEY (tenant_id, account_id) REFERENCES crm_accounts ON DELETE CASCADE
);

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON crm_pipelines FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON crm_fields FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON crm_users FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();

ALTER TABLE crm_pipelines REPLICA IDENTITY FULL;
ALTER TABLE crm_fields REPLICA IDENTITY FULL;
ALTER TABLE crm_users REPLICA IDENTITY FULL;

ALTER PUBLICATION voronka_control ADD TABLE crm_pipelines, crm_fields, crm_users;
