-- A salesbot that says an account's messages: the text is put into a field of the lead, and the bot sends what the field holds.

ALTER TABLE crm_accounts
    ADD COLUMN message_bot_id       text CHECK (message_bot_id ~ '^[1-9][0-9]{0,17}$'),
    ADD COLUMN message_bot_field_id text CHECK (message_bot_field_id ~ '^[1-9][0-9]{0,17}$'),
    ADD CONSTRAINT crm_accounts_message_bot_check CHECK (num_nulls(message_bot_id, message_bot_field_id) IN (0, 2)),
    -- By two ways at once a client would not know whom to answer, nor we where to look.
    ADD CONSTRAINT crm_accounts_message_way_check CHECK (chat_scope_id IS NULL OR message_bot_id IS NULL);
