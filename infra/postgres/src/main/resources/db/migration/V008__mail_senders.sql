-- The mail servers of tenants, and in whose name mail leaves them. The password is not here, only where the executor finds it.

CREATE FUNCTION is_mail_address(address text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN octet_length(address) <= 254 AND address ~ '^[A-Za-z0-9!#$%&''*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&''*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$';

CREATE TABLE mail_senders (
    tenant_id           text    NOT NULL REFERENCES tenants ON DELETE CASCADE,
    sender_id           text    NOT NULL CHECK (is_slug(sender_id)),
    host                text    NOT NULL CHECK (host ~ '^[A-Za-z0-9.-]{1,253}$'),
    port                integer NOT NULL CHECK (port BETWEEN 1 AND 65535),
    security            text    NOT NULL CHECK (security IN ('tls', 'starttls', 'none')),
    user_name           text    CHECK (user_name <> ''),
    password_reference  text    CHECK (is_secret_reference(password_reference)),
    from_address        text    NOT NULL CHECK (is_mail_address(from_address)),
    from_name           text    CHECK (from_name ~ '^[^[:cntrl:]]{1,200}$'),
    reply_to            text    CHECK (is_mail_address(reply_to)),
    -- One click has to be safe to follow and private: https. It may name {action} and {recipient}.
    unsubscribe_url     text    CHECK (unsubscribe_url ~ '^https://[^[:cntrl:][:space:]<>]+$'),
    unsubscribe_address text    CHECK (is_mail_address(unsubscribe_address)),
    messages_per_second integer NOT NULL DEFAULT 5 CHECK (messages_per_second BETWEEN 1 AND 1000),
    PRIMARY KEY (tenant_id, sender_id),
    CONSTRAINT mail_senders_login_check CHECK (num_nulls(user_name, password_reference) IN (0, 2)),
    -- A password is not said in the clear.
    CONSTRAINT mail_senders_secret_check CHECK (security <> 'none' OR user_name IS NULL)
);

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON mail_senders FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();

ALTER TABLE mail_senders REPLICA IDENTITY FULL;

ALTER PUBLICATION voronka_control ADD TABLE mail_senders;
