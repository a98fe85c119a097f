-- How often one contact is written to over all rules and sequences, and how long an agent keeps silent where a person has written.

ALTER TABLE tenants
    ADD COLUMN message_cap text CHECK (message_cap ~ '^[1-9][0-9]{0,2} per [1-9][0-9]{0,3}[mhd]$' AND split_part(message_cap, ' per ', 2)::interval <= '30 days'),
    ADD COLUMN mail_cap    text CHECK (mail_cap ~ '^[1-9][0-9]{0,2} per [1-9][0-9]{0,3}[mhd]$' AND split_part(mail_cap, ' per ', 2)::interval <= '30 days');

ALTER TABLE agents
    ADD COLUMN silent_after_human text CHECK (silent_after_human ~ '^[1-9][0-9]{0,3}[mhd]$' AND silent_after_human::interval <= '30 days');
