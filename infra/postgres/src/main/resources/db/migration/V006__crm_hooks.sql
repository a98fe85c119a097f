-- Where each connected account sends its webhooks, so that a subscription that was switched off or removed can be made again. Written by
-- 'voronka connect', read by 'voronka watch'. Not captured: no job needs it. The token is nowhere in it, only where the token can be found.

CREATE TABLE crm_hooks (
    tenant_id               text        NOT NULL,
    account_id              text        NOT NULL,
    -- The gateway as the vendor reaches it; path and token follow.
    gateway_url             text        NOT NULL CHECK (gateway_url ~ '^https?://[A-Za-z0-9.:_-]+(/[A-Za-z0-9._~/-]*[A-Za-z0-9._~-])?$'),
    webhook_token_reference text        NOT NULL CHECK (is_secret_reference(webhook_token_reference)),
    -- What the vendor took. A subscription with fewer is not ours any more.
    codes                   text[]      NOT NULL CHECK (cardinality(codes) >= 1),
    connected_at            timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, account_id),
    FOREIGN KEY (tenant_id, account_id) REFERENCES crm_accounts ON DELETE CASCADE
);
