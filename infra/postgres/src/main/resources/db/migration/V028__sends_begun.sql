-- What execute-actions is about to send of what leaves no trace that could be read: salesbots, mails. Written before each attempt leaves, so that after a crash it is known of which nothing can be known.
-- Never captured. The job deletes rows that are older than anything it could still ask about.

CREATE TABLE sends_begun (
    action_id text        NOT NULL CHECK (action_id <> ''),
    attempt   integer     NOT NULL CHECK (attempt >= 1),
    begun_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (action_id, attempt)
);

CREATE INDEX sends_begun_by_time ON sends_begun (begun_at);
