-- A truncation would pass by the rules for each row (rule versions never go but with their tenant), and no reader of the change stream hears of
-- it: jobs would go on with rows that are not there any more. Rows leave by DELETE.

CREATE FUNCTION refuse_truncation() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION 'rows of % leave by DELETE: nobody hears of a truncation', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER no_truncation BEFORE TRUNCATE ON tenants EXECUTE FUNCTION refuse_truncation();
CREATE TRIGGER no_truncation BEFORE TRUNCATE ON crm_accounts EXECUTE FUNCTION refuse_truncation();
CREATE TRIGGER no_truncation BEFORE TRUNCATE ON agents EXECUTE FUNCTION refuse_truncation();
CREATE TRIGGER no_truncation BEFORE TRUNCATE ON rules EXECUTE FUNCTION refuse_truncation();
CREATE TRIGGER no_truncation BEFORE TRUNCATE ON rule_sets EXECUTE FUNCTION refuse_truncation();
CREATE TRIGGER no_truncation BEFORE TRUNCATE ON capture_heartbeats EXECUTE FUNCTION refuse_truncation();
CREATE TRIGGER no_truncation BEFORE TRUNCATE ON crm_pipelines EXECUTE FUNCTION refuse_truncation();
CREATE TRIGGER no_truncation BEFORE TRUNCATE ON crm_fields EXECUTE FUNCTION refuse_truncation();
CREATE TRIGGER no_truncation BEFORE TRUNCATE ON crm_users EXECUTE FUNCTION refuse_truncation();
CREATE TRIGGER no_truncation BEFORE TRUNCATE ON signing_keys EXECUTE FUNCTION refuse_truncation();
CREATE TRIGGER no_truncation BEFORE TRUNCATE ON mail_senders EXECUTE FUNCTION refuse_truncation();
CREATE TRIGGER no_truncation BEFORE TRUNCATE ON scripts EXECUTE FUNCTION refuse_truncation();
CREATE TRIGGER no_truncation BEFORE TRUNCATE ON opt_outs EXECUTE FUNCTION refuse_truncation();
CREATE TRIGGER no_truncation BEFORE TRUNCATE ON sequences EXECUTE FUNCTION refuse_truncation();
