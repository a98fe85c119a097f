-- The last captured table that would have let itself be truncated, of which the change stream's reader hears nothing.
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON capture_heartbeats FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
