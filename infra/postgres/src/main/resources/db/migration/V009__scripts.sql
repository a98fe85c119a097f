-- What agents say in typical situations.

CREATE FUNCTION is_list_of_texts(list jsonb, most integer) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN jsonb_typeof(list) = 'array'
        AND jsonb_array_length(CASE jsonb_typeof(list) WHEN 'array' THEN list ELSE '[]' END) <= most
        AND NOT EXISTS (
            SELECT FROM jsonb_array_elements(CASE jsonb_typeof(list) WHEN 'array' THEN list ELSE '[]' END) AS item
            WHERE jsonb_typeof(item) <> 'string' OR item #>> '{}' = ''
        );

CREATE TABLE scripts (
    tenant_id   text  NOT NULL,
    agent_id    text  NOT NULL,
    script_id   text  NOT NULL CHECK (is_slug(script_id)),
    title       text  NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    -- A text with variables, as in rules.
    body        text  NOT NULL CHECK (length(body) BETWEEN 1 AND 20000),
    category    text  NOT NULL CHECK (category IN ('greeting', 'qualification', 'offer', 'objection', 'closing', 'follow_up', 'service')),
    -- Only for leads in one of these stages; []: in any.
    stages      jsonb NOT NULL DEFAULT '[]' CHECK (is_list_of_texts(stages, 200)),
    key_phrases jsonb NOT NULL DEFAULT '[]' CHECK (is_list_of_texts(key_phrases, 100)),
    locale      text  NOT NULL CHECK (locale IN ('ru', 'en')),
    PRIMARY KEY (tenant_id, agent_id, script_id),
    FOREIGN KEY (tenant_id, agent_id) REFERENCES agents ON DELETE CASCADE
);

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON scripts FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();

ALTER TABLE scripts REPLICA IDENTITY FULL;

ALTER PUBLICATION voronka_control ADD TABLE scripts;
