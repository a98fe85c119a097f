-- The check of the members looked through the whole set once for each of them: half a minute for one change among 10,000 rules.
DROP TRIGGER check_member ON rule_set_members;
DROP FUNCTION check_rule_set_member();

CREATE FUNCTION check_rule_set_members() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stranger rule_set_members;
BEGIN
    SELECT * INTO stranger FROM (
        SELECT tenant_id, set_version, rule_id, rule_version FROM added
        EXCEPT
        SELECT s.tenant_id, s.version, member ->> 'ruleId', (member ->> 'version')::bigint
        FROM rule_sets s, jsonb_array_elements(s.members) AS member
        WHERE (s.tenant_id, s.version) IN (SELECT tenant_id, set_version FROM added)
    ) AS strangers LIMIT 1;
    IF FOUND THEN
        RAISE foreign_key_violation USING MESSAGE = format('rule set %s of %s does not list rule %s version %s', stranger.set_version, stranger.tenant_id, stranger.rule_id, stranger.rule_version), TABLE = 'rule_set_members';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER check_members AFTER INSERT ON rule_set_members REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION check_rule_set_members();
