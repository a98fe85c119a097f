-- What capture-control needs to read the control tables as a change stream.

-- One row per replication slot, written by capture-control alone: it finds the end of its first reading by seeing its own row come by in the
-- stream, and a row a minute lets the slot move on while nothing else changes.
CREATE TABLE capture_heartbeats (
    slot       text        PRIMARY KEY,
    generation bigint      NOT NULL CHECK (generation >= 1),
    beat       bigint      NOT NULL CHECK (beat >= 1),
    beaten_at  timestamptz NOT NULL DEFAULT now()
);

-- A delete carries only the replica identity. All keys would do for tombstones; the whole row lets the reader check what went.
ALTER TABLE tenants REPLICA IDENTITY FULL;
ALTER TABLE crm_accounts REPLICA IDENTITY FULL;
ALTER TABLE agents REPLICA IDENTITY FULL;
ALTER TABLE rules REPLICA IDENTITY FULL;
ALTER TABLE rule_sets REPLICA IDENTITY FULL;
ALTER TABLE capture_heartbeats REPLICA IDENTITY FULL;

-- crm_tokens is left out on purpose. So is rule_set_members: a rule set's row carries its members.
CREATE PUBLICATION voronka_control FOR TABLE tenants, crm_accounts, agents, rules, rule_sets, capture_heartbeats
    WITH (publish = 'insert, update, delete');
