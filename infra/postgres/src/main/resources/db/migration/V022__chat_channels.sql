-- Our own chat channel in a CRM account: messages leave by it, signed with its secret, which is not here, only where the executor finds it.

ALTER TABLE crm_accounts
    ADD COLUMN chat_base_url         text CHECK (chat_base_url ~ '^https?://[A-Za-z0-9.:_-]+$'),
    ADD COLUMN chat_scope_id         text CHECK (chat_scope_id ~ '^[A-Za-z0-9_-]{1,128}$'),
    ADD COLUMN chat_secret_reference text CHECK (is_secret_reference(chat_secret_reference)),
    ADD COLUMN chat_sender_id        text CHECK (chat_sender_id ~ '^[A-Za-z0-9_-]{1,64}$'),
    ADD CONSTRAINT crm_accounts_chat_check CHECK (num_nulls(chat_base_url, chat_scope_id, chat_secret_reference, chat_sender_id) IN (0, 4));
