-- Who does not want to be written to, by phone number, mail address or contact.

CREATE TABLE opt_outs (
    tenant_id  text        NOT NULL REFERENCES tenants ON DELETE CASCADE,
    -- In the one form that RecipientKeys gives it.
    recipient  text        NOT NULL CHECK (recipient ~ '^(phone:[0-9]{5,15}|mail:[^@|[:space:]]+@[^@|[:space:]]+|contact:[a-z0-9._-]{1,64}/[1-9][0-9]{0,17})$' AND recipient = lower(recipient)),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, recipient)
);

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON opt_outs FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();

ALTER TABLE opt_outs REPLICA IDENTITY FULL;

ALTER PUBLICATION voronka_control ADD TABLE opt_outs;
